"""Code that type checkers accept at their strictest."""

from typing import assert_type, assert_never

import aiohttp
import fastapi
import flask
import flask.typing
import httpx
import openai
import requests
from tensorloop_errors import (
    After,
    Backoff,
    CatalogError,
    Never,
    RetryAdvice,
    inference,
    management,
    retrying,
    retrying_async,
)


def one(client: httpx.Client) -> httpx.Response:
    return retrying(lambda: management.ApiError.raise_for(client.get("/")))


def two(response: requests.Response) -> requests.Response:
    return management.ApiError.raise_for(response)


async def three(session: aiohttp.ClientSession) -> aiohttp.ClientResponse:
    async def send() -> aiohttp.ClientResponse:
        async with session.get("/") as response:
            return management.ApiError.raise_for(response, await response.read())

    return await retrying_async(send)


def four(error: openai.APIError) -> inference.ApiError:
    return inference.ApiError.from_openai(error)


def five(error: CatalogError) -> fastapi.Response:
    return fastapi.Response(*error.response())


app = flask.Flask("x")


@app.errorhandler(CatalogError)
def send(error: CatalogError) -> flask.typing.ResponseReturnValue:
    return error.response()


def six(error: management.ApiError) -> str:
    assert_type(error.code, management.Code | None)
    assert_type(error.detail, str | None)
    assert_type(error.errors, tuple[management.ApiError, ...])
    match error.code:
        case management.Code.PLAN_LIMIT_KEYS | management.Code.PLAN_LIMIT_RPM:
            return "limit"
        case None:
            return error.code_text or ""
        case code:
            return code.entry.fix or ""


def seven(advice: RetryAdvice) -> float:
    match advice:
        case Never():
            return 0
        case After(after_s=wait):
            return wait
        case Backoff():
            return advice.initial_s
        case _:
            assert_never(advice)


def eight(error: CatalogError) -> None:
    match error:
        case management.ApiError(management.Code.INTERNAL, 500):
            assert_type(error, management.ApiError)
        case _:
            pass
    raise management.internal(detail="x", retry_after_s=1) from error

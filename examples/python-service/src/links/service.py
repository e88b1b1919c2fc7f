"""The service: handlers raise errors, and one function sends them all."""

import logging
from collections import Counter
from typing import Annotated

from fastapi import FastAPI, Header, Request, Response
from fastapi.exceptions import RequestValidationError

from .errors import CatalogError, admin, api

app = FastAPI()
links: dict[str, str] = {}
sent: Counter[str] = Counter()
"""How often each error was sent."""


@app.exception_handler(CatalogError)
def send(_: Request, error: CatalogError) -> Response:
    """Send any error of the catalog, count it, and keep its cause for the log."""
    if error.entry is not None:
        sent[error.entry.name] += 1
    logging.getLogger("links").warning("%s", error, exc_info=error.__cause__)
    return Response(*error.response())


@app.exception_handler(RequestValidationError)
def send_invalid(request: Request, error: RequestValidationError) -> Response:
    """Send what FastAPI finds wrong as an error of the catalog."""
    fields = [
        {"field": str(one["loc"][-1]), "problem": str(one["msg"])}
        for one in error.errors()
    ]
    return send(
        request, api.invalid_fields(fields=[api.FieldsItem(**one) for one in fields])
    )


@app.put("/links/{name}")
def create(name: str, to: str) -> None:
    """Make a link."""
    if not to.startswith("https://"):
        problem = api.FieldsItem(field="to", problem="doesn't start with https://")
        raise api.invalid_fields(fields=[problem])
    if name in links:
        raise api.name_taken(detail=name)
    links[name] = to


@app.get("/links/{name}")
def read(name: str) -> str:
    """Look a link up."""
    try:
        return links[name]
    except KeyError as cause:
        raise api.link_not_found(detail=name) from cause


@app.get("/admin/errors")
def errors(authorization: Annotated[str, Header()] = "") -> dict[str, int]:
    """Say how often each error was sent."""
    if authorization != "Bearer secret":
        raise admin.unauthorized()
    return dict(sent)

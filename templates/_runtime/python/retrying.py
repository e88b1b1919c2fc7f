"""Repeats a call as long as the catalog says that this may help."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from .catalog_error import CatalogError
from .next_delay import MAX_REQUESTED_WAIT_S, GaveUp

_T = TypeVar("_T")
from .record import Record


class RetryNotice(Record):
    """What `on_retry` is called with, before each wait."""

    attempt: int
    """The number of the attempt that failed. The first is 1."""
    wait_s: float
    """How long the wait is, in seconds."""
    error: CatalogError
    """What went wrong."""


def retrying(
    send: Callable[[], _T],
    *,
    max_requested_wait_s: float = MAX_REQUESTED_WAIT_S,
    on_retry: Callable[[RetryNotice], object] | None = None,
    sleep: Callable[[float], object] | None = None,
    random: Callable[[], int] | None = None,
) -> _T:
    """Call `send` until it returns, or until another attempt wouldn't help.

    An attempt failed if it raises an error of this package, as `ApiError.raise_for`
    does. Any other exception, such as one for a lost connection, ends the loop at once.

    The last error is raised as it is. Its `gave_up` says why there was no further
    attempt, and so does a note if the error could have been retried.

    A retry repeats the request. If it must not run twice, send the same idempotency key
    with each attempt. Retry in one layer only: turn off the retries of clients below.

    `max_requested_wait_s` is the longest wait to accept from a server or the catalog.
    `on_retry` is called before each wait. `sleep` waits for a number of seconds, by
    default `time.sleep`, and `random` returns a whole number below 2**32.
    """
    attempt = 1
    while True:
        try:
            return send()
        except CatalogError as error:
            wait_s = _next_wait_s(error, attempt, max_requested_wait_s, random)
            if wait_s is None:
                raise
            notice = RetryNotice(attempt, wait_s, error)
        if on_retry is not None:
            on_retry(notice)
        (sleep or time.sleep)(wait_s)
        attempt += 1


async def retrying_async(
    send: Callable[[], Awaitable[_T]],
    *,
    max_requested_wait_s: float = MAX_REQUESTED_WAIT_S,
    on_retry: Callable[[RetryNotice], object] | None = None,
    sleep: Callable[[float], Awaitable[object]] | None = None,
    random: Callable[[], int] | None = None,
) -> _T:
    """Do the same as `retrying`, for a `send` that is awaited.

    `sleep` is `asyncio.sleep` by default; trio and anyio have their own.
    """
    if sleep is None:
        import asyncio  # noqa: PLC0415 - it is slow to import

        sleep = asyncio.sleep
    attempt = 1
    while True:
        try:
            return await send()
        except CatalogError as error:
            wait_s = _next_wait_s(error, attempt, max_requested_wait_s, random)
            if wait_s is None:
                raise
            notice = RetryNotice(attempt, wait_s, error)
        if on_retry is not None:
            on_retry(notice)
        await sleep(wait_s)
        attempt += 1


def _next_wait_s(
    error: CatalogError,
    attempt: int,
    max_requested_wait_s: float,
    random: Callable[[], int] | None,
) -> float | None:
    """How long to wait before the next attempt. None to give up."""
    delay = error.next_delay(
        attempt - 1,
        max_requested_wait_s=max_requested_wait_s,
        random=None if random is None else random(),
    )
    if delay.give_up is not None:
        error.gave_up = GaveUp(delay.give_up, attempt, delay.requested_s)
        if error.retryable:
            error.add_note(str(error.gave_up))
    return delay.wait_s

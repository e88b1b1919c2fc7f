"""Reads responses of HTTP libraries without importing any, and makes some to send."""

from __future__ import annotations

from typing import Final, NamedTuple, Protocol, cast

from .retry_after import Headers, _fields
from .values import _NOTHING

_JSON_TYPE: Final = r"(?i:[^;]*[/+]json[ \t]*(?:;|$))"


class ReadResponse(Protocol):
    """A response with its body, such as one of requests or httpx."""

    @property
    def status_code(self) -> int:
        """The HTTP status."""
        ...

    @property
    def headers(self) -> Headers:
        """The headers."""
        ...

    @property
    def content(self) -> bytes:
        """The body."""
        ...


class ErrorResponse(NamedTuple):
    """A response to send, in the order in which web frameworks take its parts."""

    content: bytes
    """The body."""
    status: int
    """The HTTP status."""
    headers: dict[str, str]
    """`Content-Type`, and `Retry-After` if there is a wait."""


def _status_of(response: object) -> int:
    """The status of a response. Raises `TypeError` if it has none."""
    for name in ("status_code", "status"):
        status = getattr(response, name, None)
        if isinstance(status, int):
            return status
    message = f"a {type(response).__name__} has neither `status_code` nor `status`"
    raise TypeError(message)


def _headers_of(response: object) -> dict[str, str]:
    """The headers of a response, by their names in lower case."""
    return _fields(cast("Headers", getattr(response, "headers", {})))


def _check_readable(response: object, body: object) -> None:
    """Raises `TypeError` for a response with a body that can only be awaited."""
    is_readable = hasattr(response, "status_code") or hasattr(type(response), "data")
    if body is _NOTHING and not is_readable:
        message = (
            f"the body of a {type(response).__name__} can't be read from here: "
            "pass it as the second argument, as in `await response.read()`"
        )
        raise TypeError(message)


def _content_of(response: object, body: object) -> object:
    """The body of a response. One that was not read, or breaks off, is empty."""
    if body is not _NOTHING:
        return body
    try:
        content: object = getattr(response, "content", None)
        if not isinstance(content, bytes | str):
            content = getattr(response, "data", None)
    except Exception:  # noqa: BLE001 - each library has its own
        content = None
    return content if isinstance(content, bytes | str) else b""

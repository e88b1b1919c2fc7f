"""The base of all errors: how they are read, what they say, and how they are sent."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, ClassVar, Final, Protocol, Self, TypeVar, cast, overload

from .entry import Entry
from .json_text import Json, _one_line, _written
from .next_delay import (
    MAX_REQUESTED_WAIT_S,
    FailedAttempt,
    GaveUp,
    NextDelay,
    next_delay,
)
from .responses import (
    _JSON_TYPE,
    ErrorResponse,
    ReadResponse,
    _check_readable,
    _content_of,
    _headers_of,
    _status_of,
)
from .retry_advice import After, Never, RetryAdvice, _joined
from .retry_after import parse_retry_after
from .shape import List, Slot
from .surface import Said, Surface, _read
from .values import _NOTHING, _Nothing
from .writing import _Fill, _wait_in, _Writer

_AnyT = TypeVar("_AnyT")
_ReadT = TypeVar("_ReadT", bound=ReadResponse)
_ErrorT = TypeVar("_ErrorT", bound="CatalogError")

_LONGEST_BODY: Final = 65_536
_LONGEST_VALUE: Final = 300
_MOST_ITEMS: Final = 10


class OpenAIError(Protocol):
    """An `openai.APIError`, or one of another client that Stainless makes."""

    @property
    def body(self) -> object:
        """The parsed body, without the object around the error."""
        ...


class CatalogError(Exception):
    """An error of any API of the catalog: to raise, or as it was read.

    `args` holds all of it as one JSON object, so it survives pickling, copying, and task
    queues that send exceptions as JSON.
    """

    _surface: ClassVar[Surface[Any]]

    headers: Mapping[str, str] = MappingProxyType({})
    """The headers of the response that it was read from, by names in lower case."""
    gave_up: GaveUp | None = None
    """Why `retrying` made no further attempt. None if it didn't get that far."""

    # Reading

    @classmethod
    def read(cls, status: int, body: object) -> Self:
        """Read an error response.

        Never raises, whatever the body is: text, bytes or parsed JSON, the page of a
        proxy, nothing at all, a code that is newer than this package.
        """
        return cls(_read(cls._surface, status, body))

    @classmethod
    def read_event(cls, data: object) -> Self:
        """Read an error in an event stream, which has no HTTP status of its own.

        `matches` tells an error from other events. What was streamed before it is
        incomplete.
        """
        return cls(_read(cls._surface, None, data))

    @classmethod
    def detect(cls, status: int, body: object) -> Self | None:
        """Read a response that may be an error: None for a success.

        From status 400 on, each is an error. Below, the body must say so.
        """
        return cls._if_error(status, cls.read(status, body))

    @overload
    @classmethod
    def from_response(cls, response: ReadResponse) -> Self: ...
    @overload
    @classmethod
    def from_response(cls, response: object, body: object) -> Self: ...
    @classmethod
    def from_response(cls, response: object, body: object = _NOTHING) -> Self:
        """Read an error response of requests, httpx, or any library like them.

        Pass the body of a response that must be awaited, as in aiohttp:
        `ApiError.from_response(response, await response.read())`.
        """
        _check_readable(response, body)
        headers = _headers_of(response)
        content = _content_of(response, body)
        said = _read(cls._surface, _status_of(response), content)
        wait_s = parse_retry_after(headers)
        if wait_s is not None:
            said["retry_after_s"] = max(wait_s, said.get("retry_after_s", 0))
        error = cls(said)
        error.headers = headers
        return error

    @overload
    @classmethod
    def detect_response(cls, response: ReadResponse) -> Self | None: ...
    @overload
    @classmethod
    def detect_response(cls, response: object, body: object) -> Self | None: ...
    @classmethod
    def detect_response(cls, response: object, body: object = _NOTHING) -> Self | None:
        """Read a response that may be an error: None for a success.

        Below status 400, it looks only into JSON of at most 64 kB, and only where the
        catalog has errors with that status.
        """
        _check_readable(response, body)
        status = _status_of(response)
        if status < 400:
            if status not in cls._surface.low_statuses:
                return None
            content_type = _headers_of(response).get("content-type", "")
            if re.match(_JSON_TYPE, content_type) is None:
                return None
            body = _content_of(response, body)
            if isinstance(body, bytes | str) and len(body) > _LONGEST_BODY:
                return None
        return cls._if_error(status, cls.from_response(response, body))

    @overload
    @classmethod
    def raise_for(cls, response: _ReadT) -> _ReadT: ...
    @overload
    @classmethod
    def raise_for(cls, response: _AnyT, body: object) -> _AnyT: ...
    @classmethod
    def raise_for(cls, response: _AnyT, body: object = _NOTHING) -> _AnyT:
        """Return a response that is a success, and raise any other as an error.

        It takes what `from_response` takes:
        `response = ApiError.raise_for(httpx.get(url))`.
        """
        error = cls.detect_response(response, body)
        if error is not None:
            raise error
        return response

    @classmethod
    def from_openai(cls, error: OpenAIError) -> Self:
        """Read the error of an openai client, or of another that Stainless makes.

        Reads the whole response: the client's own `body` lacks the outer object. An
        error within a stream has no response; one that got no response at all has no
        status either.
        """
        response: Any = getattr(error, "response", None)
        if response is not None:
            return cls.from_response(response)
        if error.body is not None:
            return cls.read_event({"error": error.body})
        text = _one_line(str(error))
        return cls({} if text is None else {"text": text})

    def __init__(self, said: Said | str = "") -> None:
        """Not to be called: functions make errors, and class methods read them."""
        super().__init__(said)

    # What it says

    @property
    def code_text(self) -> str | None:
        """The code as it was sent, known or not. None if there was none."""
        return self._said.get("code")

    @property
    def status(self) -> int | None:
        """The HTTP status. None for an event that doesn't name one."""
        return self._said.get("status")

    @property
    def entry(self) -> Entry | None:
        """What the catalog says. None if this version of the package doesn't know it."""
        return self._surface.by_name.get(self._said.get("name", ""))

    @property
    def retry_advice(self) -> RetryAdvice:
        """Whether and when to send the same request again."""
        joined = _joined(error.retry_advice for error in self._listed)
        if joined is not None:
            return joined
        entry = self.entry
        own = None if entry is None else entry.retry_advice
        return own or self._surface.strategy.advice_for(self.status)

    @property
    def retryable(self) -> bool:
        """Whether the same request may succeed later."""
        return not isinstance(self.retry_advice, Never)

    @property
    def retry_after_s(self) -> float | None:
        """The wait that the body or the headers ask for, in seconds. 0 is a wait."""
        return self._said.get("retry_after_s")

    @property
    def matches(self) -> bool:
        """Whether the body has the shape of this API. False for a proxy's page."""
        return self._said.get("matches", False)

    @property
    def text(self) -> str | None:
        """The start of a body that isn't JSON, such as a proxy's page, as one line."""
        return self._said.get("text")

    @property
    def params(self) -> Mapping[str, Json]:
        """The values of this occurrence, by the names of their placeholders."""
        return self._said.get("params", {})

    @property
    def errors(self) -> tuple[Self, ...]:
        """Each error in the response.

        Just this one, unless bodies of the API have a list of errors.
        """
        return self._listed if "errors" in self._said else (self,)

    def __str__(self) -> str:
        """One line that is safe to log."""
        status = "" if self.status is None else f" ({self.status})"
        if self.entry is not None:
            name = self.code_text or self.entry.name
            line = f"{name}{status}: {self.entry.meaning}"
        elif self.code_text is not None:
            line = f"unknown code {_cut(self.code_text)}{status}"
        else:
            line = "unknown error" if self.status is None else f"HTTP {self.status}"
        values = [*self.params.values(), self.text]
        line += "".join(f" [{_shown(value)}]" for value in values if value is not None)
        more = len(self._listed) - 1
        line += f" (and {more} more)" if more > 0 else ""
        return "".join(c if c.isprintable() else " " for c in line)

    def __repr__(self) -> str:
        """One line that is safe to log, with the name of the class."""
        return f"<{type(self).__qualname__} {self}>"

    # Retrying

    def next_delay(
        self,
        retries: int,
        *,
        max_requested_wait_s: float = MAX_REQUESTED_WAIT_S,
        random: int | None = None,
    ) -> NextDelay:
        """Decide whether to retry, and when: for the loop of another library.

        `retries` is the number of retries so far: 0 after the first attempt. The other
        arguments are those of `FailedAttempt`.
        """
        failed = FailedAttempt(
            retry_advice=self.retry_advice,
            retries=retries,
            retry_after_s=self.retry_after_s,
            max_requested_wait_s=max_requested_wait_s,
            random=random,
        )
        return next_delay(failed)

    # Sending

    def body(self) -> Json:
        """Build the body that a server sends, to be written as JSON."""
        fill = _filler(self)
        errors = self.errors or (self,)
        writer = _Writer(fill, [_filler(error) for error in errors])
        body = writer.built(self._surface.shape)
        return None if isinstance(body, _Nothing) else body

    def response(self) -> ErrorResponse:
        """Build the response that a server sends: `(content, status, headers)`.

        - FastAPI and Starlette: `Response(*error.response())`
        - Flask: `error.response()`
        - Django: `HttpResponse(**error.response()._asdict())`
        """
        headers = {"Content-Type": self._surface.media_type}
        waits = [_wait_of(error) for error in (self, *self._listed)]
        wait_s = max((wait for wait in waits if wait is not None), default=None)
        if wait_s is not None:
            # In whole seconds: RFC 9110, section 10.2.3.
            headers["Retry-After"] = str(math.ceil(wait_s))
        return ErrorResponse(_written(self.body()), self.status or 500, headers)

    # Parts of the above

    @classmethod
    def _if_error(cls, status: int, error: Self) -> Self | None:
        """The error, if a response with this status is one."""
        is_known = error.entry is not None or cls._surface.has_literal
        is_error = error.matches and error.code_text is not None and is_known
        return error if status >= 400 or is_error else None

    @property
    def _said(self) -> Said:
        said: Said | str = self.args[0] if self.args else ""
        return said if isinstance(said, dict) else {"text": said}

    @property
    def _listed(self) -> tuple[Self, ...]:
        return tuple(type(self)(one) for one in self._said.get("errors", []))

    def _join(self, others: Sequence[Self]) -> Self:
        """One error that holds those of several, with the status of this one."""
        errors = [error for one in (self, *others) for error in one.errors]
        said = Said(**self._said)
        said["errors"] = [error._said for error in errors]  # noqa: SLF001 - its own class
        return type(self)(said)

    def _has_tag(self, tag: str) -> bool:
        return self.entry is not None and tag in self.entry.tags


def new_error(
    kind: Callable[[Said], _ErrorT],
    surface: Surface[Any],
    name: str,
    params: Mapping[str, object],
    *,
    status: int | None = None,
    retry_after_s: float | None = None,
) -> _ErrorT:
    """Make an error of the catalog, for a server to raise."""
    entry = surface.by_name[name]
    if status is not None and status not in entry.statuses:
        statuses = " or ".join(str(one) for one in entry.statuses)
        message = f"{name} is sent with status {statuses}, not {status}"
        raise ValueError(message)
    given = {
        param: cast("Json", value)
        for param, value in params.items()
        if value is not None
    }
    said = Said(name=name, status=status or entry.status, params=given, matches=True)
    if entry.code is not None:
        said["code"] = str(entry.code)
    if retry_after_s is not None:
        said["retry_after_s"] = retry_after_s
    fixed = surface.values.get(name)
    if fixed:
        fill = _filler(kind(said))
        writer = _Writer(fill, [fill])
        given |= {
            param: value
            for param, shape in fixed.items()
            if not isinstance(value := writer.built(shape), _Nothing)
        }
    if surface.has_errors:
        said["errors"] = [Said(**said)]
    return kind(said)


def _filler(error: CatalogError) -> _Fill:
    """What fills the places in the body of an error."""
    entry, params = error.entry, error.params

    def fill(place: Slot | List) -> Json:
        if isinstance(place, List):
            return params.get(place.param)
        value: Json
        match place.filled_by:
            case "param" if place.type == "wait":
                value = _wait_in(place.unit_ms, _wait_of(error))
            case "param":
                value = params.get(place.param)
            case "code":
                value = error.code_text
                if value is not None and place.type == "integer":
                    value = int(value)
            case "status":
                value = error.status
                if value is not None and place.type == "status_text":
                    value = str(value)
            case "meaning":
                value = None if entry is None else entry.meaning
            case "fix":
                value = None if entry is None else entry.fix
            case "docs":
                value = None if entry is None else entry.docs
        return value

    return fill


def _wait_of(error: CatalogError) -> float | None:
    """The wait that an error asks for, or else that of its entry."""
    advice = None if error.entry is None else error.entry.retry_advice
    after_s = advice.after_s if isinstance(advice, After) else None
    return after_s if error.retry_after_s is None else error.retry_after_s


def _shown(value: Json) -> str:
    """A value as a short text."""
    if isinstance(value, str):
        return _cut(value)
    if isinstance(value, list | tuple):
        shown = [_shown(item) for item in value[:_MOST_ITEMS]]
        return _cut("; ".join(shown + ["…"] * (len(value) > _MOST_ITEMS)))
    if isinstance(value, dict):
        return _cut(": ".join(_shown(member) for member in value.values()))
    return json.dumps(value, default=str)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"

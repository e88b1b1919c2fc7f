"""Error responses: what the catalog says of an error, and how a response is read. Reading never raises."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Self, TypeVar

from .json_text import NotJson, decoded, one_line, parsed
from .reading import Found, Reader
from .retry import Verdict, joined
from .server_wait import server_wait_ms
from .shape import Shape

KeyT = TypeVar("KeyT")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalog says of an error. Texts may hold `code spans`."""

    code: str | int | None
    name: str
    statuses: tuple[int, ...]
    meaning: str
    fix: str | None
    retryable: bool | None
    verdict: Verdict | None
    """None if the catalog doesn't say. Then the status of each response decides."""
    tags: tuple[str, ...] = ()
    docs_url: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What a response says of one error."""

    status: int | None = None
    """The HTTP status. None for an event that doesn't name one."""
    code_text: str | None = None
    """The code, even if this version of the package doesn't know it."""
    matches: bool = False
    """Whether the body has the shape of this API's errors. It may have other members too."""
    params: Mapping[str, object] = field(default_factory=dict)
    """The values of this occurrence, by the names of the placeholders. A wait is in milliseconds."""
    text: str | None = None
    """The start of a body that isn't JSON, such as a proxy's page, as one safe line."""


class ErrorResponse(Exception, Generic[KeyT]):
    """An error response of one of the APIs: to look at, or to raise."""

    def __init__(
        self,
        said: Said,
        key: KeyT | None,
        entry: Entry | None,
        own_verdict: Verdict,
        errors: tuple[Self, ...] | None,
    ) -> None:
        super().__init__(said, key, entry, own_verdict, errors)
        self._key: Final = key
        self._errors: Final = errors
        self.entry: Final = entry
        """What the catalog says of the error. None if this version of the package doesn't know it."""
        self.status: Final = said.status
        self.code_text: Final = said.code_text
        self.matches: Final = said.matches
        self.params: Final = said.params
        self.text: Final = said.text
        self.verdict: Final[Verdict] = joined(error.verdict for error in errors) if errors else own_verdict
        """Whether and when to send the request again."""

    @property
    def errors(self) -> tuple[Self, ...]:
        """Each error in the response. Empty if the body should have a list of them, and hasn't."""
        return (self,) if self._errors is None else self._errors

    def wait_ms(self, headers: Mapping[str, str], now_ms: int | None = None) -> int | None:
        """The wait that the server asks for: in the body or its headers, whichever is longer."""
        waits = [self.params.get("wait"), server_wait_ms(headers, now_ms)]
        return max((wait for wait in waits if isinstance(wait, int)), default=None)

    def __str__(self) -> str:
        """One line that is safe to log."""
        if self.entry is None:
            line = f"{self.code_text or 'an unknown error'} ({self.status})"
        else:
            line = f"{self.entry.name} ({self.status}): {self.entry.meaning}"
        texts = [text for text in self.params.values() if isinstance(text, str)]
        texts += [self.text] if self.text else []
        line += f" [{', '.join(texts)}]" if texts else ""
        return "".join(c if c.isprintable() else "\ufffd" for c in line)


ErrorT = TypeVar("ErrorT", bound=ErrorResponse[Any])


class Api(Generic[KeyT, ErrorT]):
    """Reads the error responses of one API."""

    def __init__(
        self,
        error: Callable[[Said, KeyT | None, Entry | None, Verdict, tuple[ErrorT, ...] | None], ErrorT],
        shape: Shape,
        entries: Mapping[KeyT, Entry],
        fallback: Callable[[int | None], Verdict],
        *,
        has_error_list: bool = False,
        has_literal: bool = False,
        absent: Container[str] = (),
    ) -> None:
        self._error = error
        self._reader = Reader(shape, absent)
        self._entries = entries
        self._fallback = fallback
        self._has_error_list = has_error_list
        self._has_literal = has_literal
        self._by_code = {str(entry.code): key for key, entry in entries.items() if entry.code is not None}
        self._by_status = {
            status: key for key, entry in entries.items() if entry.code is None for status in entry.statuses
        }

    def read(self, status: int, body: object) -> ErrorT:
        """Reads an error response: text, bytes or parsed JSON."""
        return self._read(status, body)

    def read_event(self, data: object) -> ErrorT:
        """Reads an error in an event stream, which has no HTTP status of its own."""
        return self._read(None, data)

    def detect(self, status: int, body: object) -> ErrorT | None:
        """Reads a response that may be an error. Below 400, its body must say so."""
        error = self._read(status, body)
        if status >= 400:
            return error
        is_error = error.matches and error.code_text is not None
        return error if is_error and (self._has_literal or error.entry is not None) else None

    def _read(self, status: int | None, body: object) -> ErrorT:
        if isinstance(body, str | bytes | bytearray | memoryview):
            text = decoded(body)
            try:
                body = parsed(text)
            except NotJson:
                return self._response(status, Found(), False, one_line(text), [])
        matches = self._reader.matches(body)
        errors = self._reader.errors(body) if self._has_error_list else []
        return self._response(status, self._reader.error(body), matches, None, errors)

    def _response(
        self, status: int | None, outer: Found, matches: bool, text: str | None, errors: list[Found]
    ) -> ErrorT:
        """A response, which is the first of its errors that is known, or else its first one."""

        def key_of(found: Found, outer_status: int | None) -> KeyT | None:
            return self._key(found.code, _first(found.own_statuses, outer_status))

        def is_known(found: Found) -> bool:
            return key_of(found, base) is not None

        base = _first(outer.statuses, None) if status is None else status
        chosen = next((found for found in errors if is_known(found)), errors[0] if errors else outer)
        key = key_of(chosen, base)
        if status is None:
            status = _first(chosen.statuses, None)
        if status is None and key is not None:
            status = self._entries[key].statuses[0]

        def make(
            found: Found, key: KeyT | None, status: int | None, errors: tuple[ErrorT, ...] | None
        ) -> ErrorT:
            said = Said(status, found.code, matches, found.params, text)
            entry = None if key is None else self._entries[key]
            verdict = None if entry is None else entry.verdict
            return self._error(said, key, entry, verdict or self._fallback(status), errors)

        if not self._has_error_list:
            return make(chosen, key, status, None)
        listed = tuple(
            make(found, key_of(found, status), _first(found.own_statuses, status), None) for found in errors
        )
        return make(chosen, key, status, listed)

    def _key(self, code: str | None, status: int | None) -> KeyT | None:
        """The error with a code, or the one without a code that has a status."""
        if code is not None:
            return self._by_code.get(code)
        return None if status is None else self._by_status.get(status)


def _first(statuses: list[int], other: int | None) -> int | None:
    return statuses[0] if statuses else other

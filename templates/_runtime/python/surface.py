"""What is known of a surface, and what a body says of its errors."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Generic, NotRequired, TypedDict, TypeVar, cast

from .entry import Entry
from .json_text import Json, _decoded, _NotJsonError, _one_line, _parsed
from .reading import _Found, _Reader
from .retry_advice import RetryStrategy
from .shape import Shape

_Key = TypeVar("_Key")


class Said(TypedDict):
    """All that an error holds, as JSON: what is missing is unknown or false."""

    name: NotRequired[str]
    code: NotRequired[str]
    status: NotRequired[int]
    params: NotRequired[dict[str, Json]]
    retry_after_s: NotRequired[float]
    matches: NotRequired[bool]
    text: NotRequired[str]
    errors: NotRequired[list[Said]]


@dataclass(frozen=True, kw_only=True)
class Surface(Generic[_Key]):
    """One API of the catalog."""

    entries: Mapping[_Key, Entry]
    shape: Shape
    strategy: RetryStrategy
    media_type: str = "application/json"
    has_errors: bool = False
    """Whether a body has a list of errors."""
    has_literal: bool = False
    """Whether a constant of the body tells errors from successes."""
    absent: Collection[str] = ()
    """Texts that mean that an optional member is absent."""
    low_statuses: Collection[int] = ()
    """The statuses below 400 that errors come with too."""
    values: Mapping[str, Mapping[str, Shape]] = field(
        default_factory=dict[str, Mapping[str, Shape]]
    )
    """What params always hold, by the names of errors."""
    by_name: dict[str, Entry] = field(init=False, default_factory=dict[str, Entry])
    keys: dict[str, _Key] = field(init=False, default_factory=dict[str, _Key])
    """The members of the enum, by the names of errors."""
    by_code: dict[str, Entry] = field(init=False, default_factory=dict[str, Entry])
    by_status: dict[int, Entry] = field(init=False, default_factory=dict[int, Entry])
    """The errors without a code."""

    def __post_init__(self) -> None:
        """Fill the tables."""
        for key, entry in self.entries.items():
            self.by_name[entry.name] = entry
            self.keys[entry.name] = key
            if entry.code is not None:
                self.by_code[str(entry.code)] = entry
            else:
                self.by_status.update(dict.fromkeys(entry.statuses, entry))

    def entry_of(self, code: str | None, status: int | None) -> Entry | None:
        """The error with a code, or the one without a code that has a status."""
        if code is not None:
            return self.by_code.get(code)
        return None if status is None else self.by_status.get(status)


def _read(surface: Surface[_Key], status: int | None, body: object) -> Said:
    """What a body says: text, bytes or parsed JSON. `status` is None for an event."""
    if isinstance(body, bytearray | memoryview):
        body = bytes(cast("bytes", body))
    if isinstance(body, str | bytes):
        text = _decoded(body)
        try:
            body = _parsed(text)
        except _NotJsonError:
            return _not_json(surface, status, text)
    value = cast("Json", body)  # whatever it is, nothing breaks
    reader = _Reader(surface.shape, surface.absent)
    outer = reader.error(value)
    listed = reader.errors(value) if surface.has_errors else []

    # The first error that the catalog lists speaks for the whole body.
    base = _first(outer.statuses, None) if status is None else status
    known = (one for one in listed if _entry(surface, one, base) is not None)
    main = next(known, listed[0] if listed else outer)
    entry = _entry(surface, main, base)
    if status is None:
        status = _first(main.statuses, None)
    if status is None and entry is not None:
        status = entry.status
    said = _said(main, entry, status)
    if surface.has_errors:
        said["errors"] = [
            _said(one, _entry(surface, one, status), _first(one.own_statuses, status))
            for one in listed
        ]
    if reader.matches(value):
        for one in [said, *said.get("errors", [])]:
            one["matches"] = True
    return said


def _not_json(surface: Surface[_Key], status: int | None, text: str) -> Said:
    said = _said(_Found(), surface.entry_of(None, status), status)
    line = _one_line(text)
    if line is not None:
        said["text"] = line
    if surface.has_errors:
        said["errors"] = []
    return said


def _said(found: _Found, entry: Entry | None, status: int | None) -> Said:
    said = Said(params=found.params)
    if entry is not None:
        said["name"] = entry.name
    if found.code is not None:
        said["code"] = found.code
    if status is not None:
        said["status"] = status
    if found.wait_ms is not None:
        said["retry_after_s"] = found.wait_ms / 1000
    return said


def _entry(surface: Surface[_Key], one: _Found, status: int | None) -> Entry | None:
    return surface.entry_of(one.code, _first(one.own_statuses, status))


def _first(statuses: list[int], other: int | None) -> int | None:
    return statuses[0] if statuses else other

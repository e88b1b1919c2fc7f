"""What is known about a surface, and what a body says about its errors."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Generic, NotRequired, TypedDict, TypeVar, cast

from .entry import Entry
from .json_text import Json, _decoded, _NotJsonError, _one_line, _parsed
from .reading import _Found, _Reader
from .record import Record
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


class Surface(Record, Generic[_Key]):
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
    values: Mapping[str, Mapping[str, Shape]] = {}
    """What params always hold, by the names of errors."""

    @cached_property
    def by_name(self) -> Mapping[str, Entry]:
        """The entries by their names."""
        return {entry.name: entry for entry in self.entries.values()}

    @cached_property
    def keys(self) -> Mapping[str, _Key]:
        """The members of the enum, by the names of errors."""
        return {entry.name: key for key, entry in self.entries.items()}

    @cached_property
    def _by_code(self) -> Mapping[str, Entry]:
        entries = self.entries.values()
        return {str(entry.code): entry for entry in entries if entry.code is not None}

    @cached_property
    def _by_status(self) -> Mapping[int, Entry]:
        """The errors without a code."""
        return {
            status: entry
            for entry in self.entries.values()
            if entry.code is None
            for status in entry.statuses
        }

    def entry_of(self, code: str | None, status: int | None) -> Entry | None:
        """The error with a code, or the one without a code that has a status."""
        if code is not None:
            return self._by_code.get(code)
        return None if status is None else self._by_status.get(status)


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

"""Reads the errors in a body, as its shape says. Nothing here raises."""

from __future__ import annotations

from collections.abc import Collection

from .json_text import Json
from .record import Record
from .shape import Constant, List, Member, Object, Shape, Slot, Text
from .values import (
    _NOTHING,
    _equals,
    _Nothing,
    _only_slot,
    _read_parts,
    _read_slot,
)


class _Found:
    """What a body says about one error."""

    def __init__(self) -> None:
        self.code: str | None = None
        self.statuses: list[int] = []
        """The error statuses that it names, in order."""
        self.own_statuses: list[int] = []
        """Those within its element of the list of errors."""
        self.params: dict[str, Json] = {}
        self.wait_ms: int | None = None


class _Reader(Record):
    """Reads bodies of one shape."""

    shape: Shape
    absent: Collection[str]
    """Texts that mean that an optional member is absent."""

    def matches(self, body: Json) -> bool:
        """Whether a body has the shape. It may have other members too."""
        return self._matches(self.shape, body)

    def errors(self, body: Json) -> list[_Found]:
        """What a body says about each of its errors.

        Each object in its list of errors is one, or each code in a list of codes.
        """
        of, elements = _errors(self.shape, body)
        if isinstance(of, Object):
            elements = [element for element in elements if isinstance(element, dict)]
        found = [self._found(body, element) for element in elements]
        if isinstance(of, Object):
            return found
        return [one for one in found if one.code is not None]

    def error(self, body: Json) -> _Found:
        """What a body says outside of its list of errors."""
        return self._found(body, _NOTHING)

    def _found(self, body: Json, element: Json | _Nothing) -> _Found:
        found = _Found()
        self._read(self.shape, body, element, found, is_own=False)
        return found

    def _is_absent(self, member: Member, value: Json) -> bool:
        is_absent = value is None or (isinstance(value, str) and value in self.absent)
        return member.optional and is_absent

    def _matches(self, shape: Shape, value: Json) -> bool:
        match shape:
            case Slot():
                return _read_slot(shape, value)[1]
            case Text():
                return _read_parts(shape, value)[1]
            case Constant():
                return _equals(shape, value)
            case List():
                if not isinstance(value, list):
                    return False
                return all(self._matches(shape.of, element) for element in value)
            case Object():
                if not isinstance(value, dict):
                    return False
                for member in shape.members:
                    inner = value.get(member.key)
                    if self._is_absent(member, inner):
                        continue
                    is_there = member.key in value
                    if not is_there or not self._matches(member.shape, inner):
                        return False
                return True

    def _read(
        self,
        shape: Shape,
        value: Json,
        element: Json | _Nothing,
        found: _Found,
        *,
        is_own: bool,
    ) -> None:
        """Reads a value and those in it. Of the list of errors, only `element`."""
        match shape:
            case Slot():
                _keep(shape, _read_slot(shape, value)[0], found, is_own=is_own)
            case Text():
                slot = _only_slot(shape)
                if slot is not None:
                    _keep(slot, _read_parts(shape, value)[0], found, is_own=is_own)
            case List(is_errors=True):
                if isinstance(value, list) and not isinstance(element, _Nothing):
                    self._read(shape.of, element, _NOTHING, found, is_own=True)
            case List():
                if shape.param and isinstance(value, list):
                    items = self._items(shape.of, value)
                    found.params.setdefault(shape.param, items)
            case Object():
                if isinstance(value, dict):
                    self._read_members(shape, value, element, found, is_own=is_own)
            case Constant():
                pass

    def _read_members(
        self,
        shape: Object,
        value: dict[str, Json],
        element: Json | _Nothing,
        found: _Found,
        *,
        is_own: bool,
    ) -> None:
        for member in shape.members:
            inner = value.get(member.key)
            if member.key in value and not self._is_absent(member, inner):
                self._read(member.shape, inner, element, found, is_own=is_own)

    def _items(self, of: Shape, values: list[Json]) -> list[Json]:
        """The items of a list: objects, or single values."""
        items: list[Json] = []
        for value in values:
            found = _Found()
            if isinstance(of, Object) and not isinstance(value, dict):
                continue
            self._read(of, value, _NOTHING, found, is_own=False)
            if isinstance(of, Object):
                items.append(found.params)
            else:
                items.extend(found.params.values())
        return items


def _keep(slot: Slot, value: Json | _Nothing, found: _Found, *, is_own: bool) -> None:
    """Keeps a value that was read."""
    if isinstance(value, _Nothing) or not slot.is_read:
        return
    if slot.type == "wait":
        if found.wait_ms is None and isinstance(value, int):
            found.wait_ms = value
    elif slot.filled_by == "code":
        found.code = str(value) or None
    elif slot.filled_by == "status":
        status = int(str(value))
        if 400 <= status <= 599:
            found.statuses.append(status)
            if is_own:
                found.own_statuses.append(status)
    elif slot.filled_by == "param":
        found.params.setdefault(slot.param, value)


def _errors(shape: Shape, value: Json) -> tuple[Shape | None, list[Json]]:
    """The shape of each element of a body's list of errors, and its elements."""
    match shape:
        case List(is_errors=True):
            if isinstance(value, list):
                return shape.of, value
        case Object():
            members = value if isinstance(value, dict) else {}
            for member in shape.members:
                of, elements = _errors(member.shape, members.get(member.key))
                if elements:
                    return of, elements
        case _:
            pass
    return None, []

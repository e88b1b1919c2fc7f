"""Builds the body of an error, as its shape says."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from typing import TypeAlias

from .json_text import Json
from .shape import Constant, List, Object, Shape, Slot, Text
from .values import _NOTHING, _Nothing

# What fills a place in a body. None if nothing does.
_Fill: TypeAlias = "Callable[[Slot | List], Json]"
from .record import Record


class _Writer(Record):
    """Builds a body, or a part of it."""

    fill: _Fill
    elements: Sequence[_Fill]
    """What fills each element in the list of errors."""

    def built(self, shape: Shape, *, optional: bool = False) -> Json | _Nothing:
        """A value as it is sent. Nothing, if it is optional and nothing fills it."""
        match shape:
            case Constant():
                return shape.value
            case Slot():
                value = self.fill(shape)
                return _NOTHING if value is None and optional else value
            case Text():
                return self._text(shape, optional=optional)
            case Object():
                return self._object(shape, optional=optional)
            case List():
                if shape.param:
                    return self._items(shape, optional=optional)
                return self._list(shape, optional=optional)

    def _text(self, shape: Text, *, optional: bool) -> Json | _Nothing:
        parts = [
            self.fill(part) if isinstance(part, Slot) else part for part in shape.parts
        ]
        if optional and None in parts:
            return _NOTHING
        return "".join(_as_text(part) for part in parts)

    def _object(self, shape: Object, *, optional: bool) -> Json | _Nothing:
        members: dict[str, Json] = {}
        for member in shape.members:
            value = self.built(member.shape, optional=optional or member.optional)
            if not isinstance(value, _Nothing):
                members[member.key] = value
            elif not member.optional:
                return _NOTHING
        return members if members or not optional else _NOTHING

    def _list(self, shape: List, *, optional: bool) -> Json | _Nothing:
        """The list of errors, or a list with a single element."""
        fills = self.elements if shape.is_errors else [self.fill]
        elements: list[Json] = []
        for fill in fills:
            element = _Writer(fill, [fill]).built(shape.of, optional=optional)
            if not isinstance(element, _Nothing):
                elements.append(element)
        return elements or _NOTHING

    def _items(self, shape: List, *, optional: bool) -> Json | _Nothing:
        """A list of values that the caller gives."""
        items = self.fill(shape)
        if not isinstance(items, list | tuple):
            return _NOTHING if optional else []
        return [self._item(shape.of, item) for item in items]

    def _item(self, shape: Shape, item: Json) -> Json:
        def fill(place: Slot | List) -> Json:
            if not place.param:
                return self.fill(place)
            if not isinstance(shape, Object):
                return item
            return item.get(place.param) if isinstance(item, dict) else None

        value = _Writer(fill, [fill]).built(shape)
        return None if isinstance(value, _Nothing) else value


def _as_text(value: Json) -> str:
    """A part of a text: text as it is, nothing for None, anything else as JSON."""
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, separators=(",", ":"))


def _wait_in(unit_ms: int, seconds: float | None) -> Json:
    """A wait in its unit: a whole number where that is exact."""
    if seconds is None:
        return None
    value = math.ceil(round(seconds * 1000, 6)) / unit_ms
    return int(value) if value.is_integer() else value

"""Reads single values of a body, by the type that they should have."""

from __future__ import annotations

import enum
import math
import re
from typing import Final, TypeAlias

from .json_text import Json, _well_formed
from .shape import Constant, Slot, Text, _Type


class _Nothing(enum.Enum):
    """What is read where nothing can be read. `None` could be a value."""

    NOTHING = 0


_NOTHING: Final = _Nothing.NOTHING

# The value that was read, and whether it has the right type.
_Read: TypeAlias = "tuple[Json | _Nothing, bool]"

_MAX_INTEGER: Final = 2**53 - 1
_MAX_WAIT_MS: Final = 2**31 - 1

_INTEGER: Final = "-?(?:0|[1-9][0-9]*)"
_NUMBER: Final = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
_STATUS: Final = "[0-9]{3}"


def _read_slot(slot: Slot, value: Json) -> _Read:
    """Reads a value that fills its place whole."""
    match slot.type:
        case "text":
            return _read_text(value)
        case "integer":
            return _read_integer(value)
        case "number":
            return _read_number(value)
        case "boolean":
            return (value, True) if isinstance(value, bool) else (_NOTHING, False)
        case "wait":
            return _read_wait(value, slot.unit_ms)
        case "status_text":
            return _read_status(value)
        case _:
            return value, True


def _read_parts(text: Text, value: Json) -> _Read:
    """Reads a text with values in it. One with several can't be taken apart."""
    if not isinstance(value, str):
        return _NOTHING, False
    slot = _only_slot(text)
    if slot is None:
        return _NOTHING, True
    before, after = text.parts[0], text.parts[-1]
    prefix = before if isinstance(before, str) else ""
    suffix = after if isinstance(after, str) else ""
    value = _well_formed(value)
    is_long = len(value) >= len(prefix) + len(suffix)
    if not (is_long and value.startswith(prefix) and value.endswith(suffix)):
        return _NOTHING, False
    return _read_part(slot.type, value[len(prefix) : len(value) - len(suffix)])


def _only_slot(text: Text) -> Slot | None:
    """The value in a text that has only one."""
    slots = [part for part in text.parts if isinstance(part, Slot)]
    return slots[0] if len(slots) == 1 else None


def _equals(constant: Constant, value: Json) -> bool:
    """Whether a value is the one of every body. Numbers are compared by value."""
    wanted = constant.value
    if isinstance(wanted, dict | list):
        return isinstance(value, type(wanted))
    number = _number(wanted)
    if number is not None:
        return number == _number(value)
    return type(wanted) is type(value) and wanted == value


def _read_part(kind: _Type, text: str) -> _Read:
    match kind:
        case "integer" | "status_text":
            if re.fullmatch(_INTEGER, text):
                return _in_text(text), True
        case "number":
            number = float(text) if re.fullmatch(_NUMBER, text) else math.inf
            if math.isfinite(number):
                return number, True
        case "boolean":
            if text in {"true", "false"}:
                return text == "true", True
        case _:
            return text, True
    return _NOTHING, False


def _read_text(value: Json) -> _Read:
    if isinstance(value, str):
        return _well_formed(value), True
    integer = _whole(value)
    return _NOTHING if integer is None else str(integer), False


def _read_integer(value: Json) -> _Read:
    if isinstance(value, str):
        return _in_text(value), False
    integer = _whole(value)
    if integer is not None:
        return integer, True
    number = _number(value)
    return _NOTHING, number is not None and number.is_integer()


def _read_number(value: Json) -> _Read:
    if isinstance(value, str):
        return _in_text(value), False
    return (_NOTHING, False) if _number(value) is None else (value, True)


def _read_status(value: Json) -> _Read:
    text, is_text = _read_text(value)
    is_status = isinstance(text, str) and re.fullmatch(_STATUS, text) is not None
    return text if is_status else _NOTHING, is_text and is_status


def _read_wait(value: Json, unit_ms: int) -> _Read:
    """Reads a wait as milliseconds."""
    is_number = not isinstance(value, str)
    number = _number(_in_text(value) if isinstance(value, str) else value)
    if number is None or number < 0:
        return _NOTHING, False
    return math.ceil(min(number * unit_ms, _MAX_WAIT_MS)), is_number


def _in_text(text: str) -> int | _Nothing:
    """The integer that a text spells."""
    if len(text) > len(str(-_MAX_INTEGER)) or not re.fullmatch(_INTEGER, text):
        return _NOTHING
    integer = int(text)
    return integer if abs(integer) <= _MAX_INTEGER else _NOTHING


def _whole(value: object) -> int | None:
    """The integer that a number is, if every language can hold it."""
    number = _number(value)
    if number is None or not number.is_integer() or abs(number) > _MAX_INTEGER:
        return None
    return int(number)


def _number(value: object) -> float | None:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None

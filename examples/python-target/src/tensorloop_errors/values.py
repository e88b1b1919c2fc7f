"""Reads single values of a body, by the type that they should have."""

import math
import re
from collections.abc import Callable
from enum import Enum
from typing import Final, TypeAlias

from .json_text import well_formed
from .shape import Constant, Slot, Text, Type


class Nothing(Enum):
    """What is read where there is nothing to read: any JSON value could be one, so could `None`."""

    NOTHING = 0


NOTHING: Final = Nothing.NOTHING

Read: TypeAlias = tuple[object, bool]
"""The value that was read, and whether it has the right type."""

MAX_INTEGER: Final = 2**53 - 1
MAX_WAIT: Final = 2**31 - 1

INTEGER: Final = re.compile("-?(?:0|[1-9][0-9]*)")
NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
STATUS: Final = re.compile("[0-9]{3}")


def read_slot(slot: Slot, value: object) -> Read:
    """Reads a value that a placeholder fills whole."""
    if slot.type == "wait":
        return _wait(value, slot.ms)
    return READERS[slot.type](value)


def read_text(text: Text, value: object) -> Read:
    """Reads a text with values in it. A text with several values can't be taken apart."""
    if not isinstance(value, str):
        return NOTHING, False
    slot = only_slot(text)
    if slot is None:
        return NOTHING, True
    before, after = text.parts[0], text.parts[-1]
    prefix = before if isinstance(before, str) else ""
    suffix = after if isinstance(after, str) else ""
    value = well_formed(value)
    if len(value) < len(prefix) + len(suffix) or not value.startswith(prefix) or not value.endswith(suffix):
        return NOTHING, False
    return _middle(slot.type, value[len(prefix) : len(value) - len(suffix)])


def only_slot(text: Text) -> Slot | None:
    """The value in a text that has only one."""
    slots = [part for part in text.parts if isinstance(part, Slot)]
    return slots[0] if len(slots) == 1 else None


def equals(constant: Constant, value: object) -> bool:
    """Whether a value is the one that every body has. Numbers are compared by value."""
    number = _number(constant.value)
    if number is not None:
        return number == _number(value)
    return type(constant.value) is type(value) and constant.value == value


def _middle(kind: Type, text: str) -> Read:
    """Reads a value within a text."""
    match kind:
        case "integer" | "status_text":
            return (_of_text(text), True) if INTEGER.fullmatch(text) else (NOTHING, False)
        case "number":
            number = float(text) if NUMBER.fullmatch(text) else math.inf
            return (number, True) if math.isfinite(number) else (NOTHING, False)
        case "boolean":
            return (text == "true", True) if text in {"true", "false"} else (NOTHING, False)
    return text, True


def _text(value: object) -> Read:
    if isinstance(value, str):
        return well_formed(value), True
    integer = _whole(value)
    return NOTHING if integer is None else str(integer), False


def _integer(value: object) -> Read:
    if isinstance(value, str):
        return _of_text(value), False
    integer = _whole(value)
    if integer is not None:
        return integer, True
    number = _number(value)
    return NOTHING, number is not None and number.is_integer()


def _any_number(value: object) -> Read:
    if isinstance(value, str):
        return _of_text(value), False
    return (NOTHING, False) if _number(value) is None else (value, True)


def _boolean(value: object) -> Read:
    return (value, True) if isinstance(value, bool) else (NOTHING, False)


def _any(value: object) -> Read:
    return value, True


def _status_text(value: object) -> Read:
    is_text = isinstance(value, str)
    text, _ = _text(value)
    is_status = isinstance(text, str) and STATUS.fullmatch(text) is not None
    return text if is_status else NOTHING, is_text and is_status


def _wait(value: object, ms: int) -> Read:
    is_number = not isinstance(value, str)
    number = _number(_of_text(value)) if isinstance(value, str) else _number(value)
    if number is None or number < 0:
        return NOTHING, False
    return math.ceil(min(number * ms, MAX_WAIT)), is_number


def _of_text(text: str) -> int | Nothing:
    """The integer that a text spells."""
    if len(text) > 17 or not INTEGER.fullmatch(text):
        return NOTHING
    integer = int(text)
    return integer if abs(integer) <= MAX_INTEGER else NOTHING


def _whole(value: object) -> int | None:
    """The integer that a number is, if every language can hold it."""
    number = _number(value)
    if number is None or not number.is_integer() or abs(number) > MAX_INTEGER:
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


READERS: Final[dict[Type, Callable[[object], Read]]] = {
    "text": _text,
    "integer": _integer,
    "number": _any_number,
    "boolean": _boolean,
    "any": _any,
    "status_text": _status_text,
}

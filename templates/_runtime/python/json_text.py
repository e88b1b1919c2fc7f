"""Reads and writes JSON, and makes other texts safe to log."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final, NoReturn, TypeAlias

Json: TypeAlias = (
    "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
)
"""A value that JSON can hold."""

_MAX_DEPTH: Final = 127
_LONGEST_LINE: Final = 100
_BRACKETS: Final = r'(?s:"(?:[^"\\]|\\.)*"?|[\[\]{}])'

# An escaped backslash, the escapes of a pair of surrogates, or of a single one.
_SURROGATES: Final = (
    r"\\\\"
    r"|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)

_TAGS: Final = "<[^>]*>?"
_CONTROLS: Final = (
    "[\\x00-\\x1f\\x7f-\\x9f\\xad\\u061c\\u200b-\\u200f\\u2028-\\u202e"
    "\\u2060-\\u206f\\ufeff]"
)


class _NotJsonError(Exception):
    """A body that isn't JSON."""


def _decoded(body: str | bytes) -> str:
    """A body as text, without a byte order mark. What isn't Unicode becomes U+FFFD."""
    if isinstance(body, str):
        text = _well_formed(body)
    else:
        text = body.decode("utf-8", "replace")
    return text.removeprefix("\ufeff")


def _well_formed(text: str) -> str:
    """A text in which each surrogate without its partner is U+FFFD."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _parsed(text: str) -> object:
    """The value that a JSON text holds. Raises `_NotJsonError` for any other text."""
    brackets = text.count("[") + text.count("{")
    if brackets > _MAX_DEPTH and _depth(text) > _MAX_DEPTH:
        raise _NotJsonError
    if "\\u" in text:
        text = re.sub(_SURROGATES, lambda at: r"\ufffd" if at[1] else at[0], text)
    try:
        value: object = json.loads(
            text, parse_int=_integer, parse_float=_float, parse_constant=_refuse
        )
    except (ValueError, RecursionError):
        raise _NotJsonError from None
    return value


def _written(value: Json) -> bytes:
    """JSON as it is sent.

    What JSON can't hold becomes text, so that a server that reports an error makes no
    second one. Raises `ValueError` for NaN and the infinities.
    """
    text = json.dumps(
        value,
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
        default=str,
    )
    return _well_formed(text).encode()


def _one_line(text: str) -> str | None:
    """The start of a text as one safe line, without tags. None if nothing is left."""
    words = re.sub(_CONTROLS, " ", re.sub(_TAGS, " ", text)).split()
    return " ".join(words)[:_LONGEST_LINE].rstrip() or None


def _depth(text: str) -> int:
    depth = deepest = 0
    for found in re.finditer(_BRACKETS, text):
        match found[0]:
            case "[" | "{":
                depth += 1
                deepest = max(deepest, depth)
            case "]" | "}":
                depth -= 1
            case _:
                pass
    return deepest


def _integer(text: str) -> int:
    # Longer numbers are beyond a float, and slow to convert.
    _float(text)
    return int(text)


def _float(text: str) -> float:
    number = float(text)
    if number in {float("inf"), float("-inf")}:
        message = "a number is beyond the range of a float"
        raise ValueError(message)
    return number


def _refuse(constant: str) -> NoReturn:
    message = f"{constant} is not JSON"
    raise ValueError(message)

"""Parses the JSON of a body, and makes other bodies safe to log. Nothing here raises."""

import json
import re
from typing import Final, NoReturn

MAX_DEPTH: Final = 127
"""How deeply arrays and objects may be nested."""

LONGEST_LINE: Final = 100
"""How many characters of a body that isn't JSON are kept."""

BRACKETS: Final = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.DOTALL)

# A backslash that is escaped, a pair of surrogates, or a surrogate alone.
SURROGATES: Final = re.compile(
    r"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)

TAGS: Final = re.compile("<[^>]*>?")
CONTROLS: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)


class NotJson(Exception):
    """A body that isn't JSON."""


def decoded(body: str | bytes | bytearray | memoryview) -> str:
    """A body as text, without a byte order mark. What isn't Unicode becomes U+FFFD."""
    text = well_formed(body) if isinstance(body, str) else bytes(body).decode("utf-8", "replace")
    return text.removeprefix("\ufeff")


def well_formed(text: str) -> str:
    """A text in which each surrogate without its partner is U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def parsed(text: str) -> object:
    """The value that a JSON text holds. Raises `NotJson` for anything else."""
    if text.count("[") + text.count("{") > MAX_DEPTH and _depth(text) > MAX_DEPTH:
        raise NotJson
    if "\\u" in text:
        text = SURROGATES.sub(lambda found: r"\ufffd" if found[1] else found[0], text)
    try:
        return json.loads(text, parse_int=_integer, parse_float=_float, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise NotJson from None


def one_line(text: str) -> str | None:
    """The start of a text as one line, without tags and control characters. None if nothing is left."""
    words = CONTROLS.sub(" ", TAGS.sub(" ", text)).split()
    return " ".join(words)[:LONGEST_LINE].rstrip() or None


def _depth(text: str) -> int:
    depth = deepest = 0
    for found in BRACKETS.finditer(text):
        match found[0]:
            case "[" | "{":
                depth += 1
                deepest = max(deepest, depth)
            case "]" | "}":
                depth -= 1
    return deepest


def _integer(text: str) -> int:
    # Longer numbers are beyond a float, and slow to convert.
    _float(text)
    return int(text)


def _float(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{text[:20]} is beyond the range of a number")
    return number


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")

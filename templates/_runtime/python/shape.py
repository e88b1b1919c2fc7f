"""The shape of a body: what is at each place of it."""

from __future__ import annotations

from typing import Literal, TypeAlias

from .json_text import Json

_Type: TypeAlias = Literal[
    "text", "integer", "number", "boolean", "any", "wait", "status_text"
]
_FilledBy: TypeAlias = Literal["param", "code", "status", "meaning", "fix", "docs"]
from .record import Record


class Slot(Record):
    """A value that differs from body to body."""

    type: _Type
    filled_by: _FilledBy
    param: str = ""
    """The name of the param."""
    is_read: bool = True
    """Whether readers read it. A code can be in several places."""
    unit_ms: int = 1
    """How many milliseconds the unit of a wait has."""


class Text(Record):
    """A text with values in it."""

    parts: tuple[str | Slot, ...]


class Constant(Record):
    """A value that is the same in every body. `{}` is any object, and `[]` any list."""

    value: Json


class Member(Record):
    """A member of an object."""

    key: str
    shape: Shape
    optional: bool = False


class Object(Record):
    """An object. It may have other members too."""

    members: tuple[Member, ...]


class List(Record):
    """A list of elements of one shape."""

    of: Shape
    param: str = ""
    """The name of the list, if it is a param."""
    is_errors: bool = False
    """Whether each element is an error."""


Shape: TypeAlias = Slot | Text | Constant | Object | List

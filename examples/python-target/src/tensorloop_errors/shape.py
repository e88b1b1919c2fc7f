"""The shape of a body: what is at each place of it."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Type: TypeAlias = Literal["text", "integer", "number", "boolean", "any", "wait", "status_text"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A value that differs from body to body."""

    type: Type
    fills: str | None = None
    """What it is: `code`, `status` or `param`. None if readers don't need it."""
    param: str = ""
    """The name of a param."""
    ms: int = 1
    """How many milliseconds the unit of a wait has."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text with values in it."""

    parts: tuple[str | Slot, ...]


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that is the same in every body."""

    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an object."""

    key: str
    shape: "Shape"
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Object:
    """An object. It may have other members too."""

    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class List:
    """An array, in which each element has the same shape."""

    of: "Shape | None" = None
    """None if the elements may be anything."""
    param: str = ""
    """The name of the list, if it is a param."""


@dataclass(frozen=True, slots=True)
class Errors:
    """An array in which each element is an error."""

    of: "Shape"


Shape: TypeAlias = Slot | Text | Constant | Object | List | Errors

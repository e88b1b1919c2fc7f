"""Frozen records: what `dataclasses` makes, without the time that they take to import."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn, dataclass_transform


@dataclass_transform(frozen_default=True)
class Record:
    """A value with named fields, which can't be changed."""

    _names: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        """Collect the names of the fields, those of base classes first."""
        names = dict.fromkeys((*cls._names, *cls.__annotations__))
        cls._names = tuple(names)
        cls.__match_args__ = cls._names  # type: ignore[attr-defined, misc]

    def __init__(self, *values: object, **fields: object) -> None:
        """Take a value for each field that has no default."""
        names = self._names
        given = dict(zip(names, values, strict=False))
        twice = given.keys() & fields.keys()
        given |= fields
        missing = [
            name
            for name in names
            if name not in given and not hasattr(type(self), name)
        ]
        if len(values) > len(names) or twice or missing or given.keys() - names:
            message = f"{type(self).__name__} takes {', '.join(names)}"
            raise TypeError(message)
        self.__dict__.update(given)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        """Refuse."""
        message = f"can't change {name} of a {type(self).__name__}"
        raise AttributeError(message)

    def __delattr__(self, name: str) -> NoReturn:
        """Refuse."""
        message = f"can't delete {name} of a {type(self).__name__}"
        raise AttributeError(message)

    def __eq__(self, other: object) -> bool:
        """Whether the other is of the same type, and has equal fields."""
        if not isinstance(other, Record) or type(self) is not type(other):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        """Equal records have equal hashes."""
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        """Show it as the call that makes it."""
        named = zip(self._names, self._values(), strict=True)
        fields = ", ".join(f"{name}={value!r}" for name, value in named)
        return f"{type(self).__qualname__}({fields})"

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self._names)

"""Reads a body by its shape. Nothing here raises, or looks at the wording of a message."""

from collections.abc import Container
from dataclasses import dataclass, field

from .shape import Constant, Errors, List, Object, Shape, Slot, Text
from .values import NOTHING, equals, only_slot, read_slot, read_text


@dataclass(slots=True)
class Found:
    """What a body says of one error."""

    code: str | None = None
    statuses: list[int] = field(default_factory=list)
    """The error statuses that it names, in order."""
    own_statuses: list[int] = field(default_factory=list)
    """Those within its element of the list of errors."""
    params: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads bodies of one shape."""

    shape: Shape
    absent: Container[str] = ()
    """Texts that mean that an optional member is absent."""

    def matches(self, body: object) -> bool:
        """Whether a body has the shape. It may have other members too."""
        return self._matches(self.shape, body)

    def errors(self, body: object) -> list[Found]:
        """What a body says of each of its errors: of each object in its list of errors, or of each code if
        that is a list of codes."""
        of, elements = _errors(self.shape, body)
        if isinstance(of, Object):
            return [self._found(body, element) for element in elements if isinstance(element, dict)]
        found = [self._found(body, element) for element in elements]
        return [one for one in found if one.code is not None]

    def error(self, body: object) -> Found:
        """What a body says outside of its list of errors."""
        return self._found(body, NOTHING)

    def _found(self, body: object, element: object) -> Found:
        found = Found()
        self._read(self.shape, body, element, found, is_own=False)
        return found

    def _is_absent(self, value: object, optional: bool) -> bool:
        return value is None or optional and isinstance(value, str) and value in self.absent

    def _matches(self, shape: Shape, value: object) -> bool:
        match shape:
            case Slot():
                return read_slot(shape, value)[1]
            case Text():
                return read_text(shape, value)[1]
            case Constant():
                return equals(shape, value)
            case List(of) | Errors(of):
                if not isinstance(value, list):
                    return False
                return of is None or all(self._matches(of, element) for element in value)
            case Object(members):
                if not isinstance(value, dict):
                    return False
                for member in members:
                    inner = value.get(member.key)
                    if member.optional and self._is_absent(inner, optional=True):
                        continue
                    if member.key not in value or not self._matches(member.shape, inner):
                        return False
                return True

    def _read(self, shape: Shape, value: object, element: object, found: Found, is_own: bool) -> None:
        """Reads a value and those in it. Of the list of errors, only `element` is read."""
        match shape:
            case Slot():
                self._keep(shape, read_slot(shape, value)[0], found, is_own)
            case Text():
                if slot := only_slot(shape):
                    self._keep(slot, read_text(shape, value)[0], found, is_own)
            case Errors(of) if isinstance(value, list) and element is not NOTHING:
                self._read(of, element, NOTHING, found, is_own=True)
            case List(of, param) if param and isinstance(value, list):
                found.params.setdefault(param, self._items(of, value))
            case Object(members) if isinstance(value, dict):
                for member in members:
                    inner = value.get(member.key, NOTHING)
                    if inner is NOTHING or member.optional and self._is_absent(inner, optional=True):
                        continue
                    self._read(member.shape, inner, element, found, is_own)

    def _keep(self, slot: Slot, value: object, found: Found, is_own: bool) -> None:
        if value is NOTHING:
            return
        match slot.fills:
            case "code":
                found.code = str(value) or None
            case "status":
                status = int(str(value))
                if 400 <= status <= 599:
                    found.statuses.append(status)
                    if is_own:
                        found.own_statuses.append(status)
            case "param":
                found.params.setdefault(slot.param, value)

    def _items(self, of: Shape | None, values: list[object]) -> list[object]:
        """The items of a list: objects, or single values."""
        items: list[object] = []
        for value in values:
            found = Found()
            match of:
                case Object() if isinstance(value, dict):
                    self._read(of, value, NOTHING, found, is_own=False)
                    items.append(found.params)
                case Slot() | Text():
                    self._read(of, value, NOTHING, found, is_own=False)
                    items.extend(found.params.values())
        return items


def _errors(shape: Shape, value: object) -> tuple[Shape | None, list[object]]:
    """The shape of each element of a body's list of errors, and its elements."""
    match shape:
        case Errors(of) if isinstance(value, list):
            return of, value
        case Object(members) if isinstance(value, dict):
            for member in members:
                found = _errors(member.shape, value.get(member.key))
                if found[1]:
                    return found
    return None, []

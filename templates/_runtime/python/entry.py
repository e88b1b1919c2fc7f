"""What the catalog says about an error."""

from __future__ import annotations

from .record import Record
from .retry_advice import RetryAdvice


class Deprecation(Record):
    """Since when an error is deprecated, and what to use instead."""

    since: str | None = None
    """The version that deprecated it."""
    use: str | None = None
    """The name of the error to use instead."""
    note: str | None = None
    """More about it."""


class Entry(Record):
    """What the catalog says about an error. Its texts may hold `code spans`."""

    surface: str
    """The id of its API."""
    code: str | int | None
    """The code in the body. None if only the status tells the error."""
    name: str
    """The name, which is unique in its API."""
    status: int
    """The HTTP status that a server sends by default."""
    statuses: tuple[int, ...]
    """Every HTTP status that it can have."""
    meaning: str
    """What went wrong."""
    fix: str | None
    """What to do about it."""
    retryable: bool | None
    """Whether the same request may succeed later. None if the catalog doesn't say."""
    retry_advice: RetryAdvice | None
    """Whether and when to retry. None if the status of each response decides."""
    sample: str
    """The JSON text of a sample body."""
    docs: str | None = None
    """The URL of its section in the docs."""
    tags: tuple[str, ...] = ()
    """The groups that it belongs to."""
    since: str | None = None
    """The version that introduced it."""
    deprecated: Deprecation | None = None
    """None if it isn't deprecated."""

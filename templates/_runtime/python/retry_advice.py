"""Whether and when to send a request again: what the catalog says about an error."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from .record import Record


class Never(Record):
    """Don't send the same request again: it can't succeed."""


class Backoff(Record):
    """Send the request again, each time after a longer wait."""

    initial_s: float
    """The wait before the first retry, in seconds."""
    max_delay_s: float
    """The longest wait, in seconds, unless a server asks for more."""
    factor: int
    """What each wait is multiplied by to get the next."""
    retries: int
    """The number of retries after the first attempt."""


class After(Backoff):
    """The same, but no wait is shorter than `after_s`."""

    after_s: float
    """The shortest wait, in seconds, even beyond `max_delay_s`."""


RetryAdvice: TypeAlias = Never | Backoff | After
"""Whether and when to send a request again. An `After` is a `Backoff` too."""


class RetryStrategy(Record):
    """How to retry errors for which the catalog has no advice of their own."""

    statuses: tuple[int | str, ...]
    """The statuses to retry, and classes of them, such as `"5xx"`."""
    retry_advice: RetryAdvice
    """The advice for these statuses. For all others, it is `Never`."""

    def advice_for(self, status: int | None) -> RetryAdvice:
        """The advice for a response by its status."""
        if status is None:
            return Never()
        is_retried = status in self.statuses or f"{status // 100}xx" in self.statuses
        return self.retry_advice if is_retried else Never()


def _joined(advice: Iterable[RetryAdvice]) -> RetryAdvice | None:
    """The advice for several errors in one response.

    Never, if one of them says so; otherwise the one with the longest wait.
    """
    longest: Backoff | None = None
    for one in advice:
        if isinstance(one, Never):
            return one
        if longest is None or _waits(one) > _waits(longest):
            longest = one
    return longest


def _waits(advice: Backoff) -> tuple[float, float]:
    """The wait before the first retry, and the longest one."""
    after_s = advice.after_s if isinstance(advice, After) else 0
    return max(after_s, advice.initial_s), advice.max_delay_s

"""Whether to send a request again, and when.

Nothing but the arguments counts: clock, randomness and sleep are the caller's. All times are whole
milliseconds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from .server_wait import server_wait_ms

__all__ = [
    "NEVER", "WAIT_LIMIT_MS", "After", "Backoff", "Never", "Stop", "Verdict", "Wait",
    "decide", "joined", "server_wait_ms",
]


@dataclass(frozen=True, slots=True)
class Never:
    """To send the request again cannot help."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """To send it again may help, each time after a longer wait."""

    initial_ms: int
    max_delay_ms: int
    factor: int
    retries: int


@dataclass(frozen=True, slots=True)
class After(Backoff):
    """The same, but no sooner than after `after_ms`."""

    after_ms: int


Verdict: TypeAlias = Never | Backoff
"""Retry advice. An `After` is a `Backoff` too."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Send the request again after `ms`."""

    ms: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Do not send it again. `asked_ms` is the wait that was too long."""

    reason: Literal["permanent", "exhausted", "wait_too_long"]
    asked_ms: int | None = None


WAIT_LIMIT_MS: Final = 120_000
"""The longest wait to accept unless a caller says otherwise: two minutes."""

NEVER: Final = Never()

def joined(verdicts: Iterable[Verdict]) -> Verdict:
    """The advice for several errors in one response: never if one of them says so, else the one with the
    longest wait."""
    longest: Backoff | None = None
    for verdict in verdicts:
        if isinstance(verdict, Never):
            return NEVER
        if longest is None or _wait(verdict) > _wait(longest):
            longest = verdict
    return longest or NEVER


def _wait(verdict: Backoff) -> tuple[int, int]:
    """The wait before the first retry, and the longest one."""
    after_ms = verdict.after_ms if isinstance(verdict, After) else 0
    return max(after_ms, verdict.initial_ms), verdict.max_delay_ms


def decide(
    verdict: Verdict,
    retry: int,
    random: int,
    hint_ms: int | None = None,
    limit_ms: int = WAIT_LIMIT_MS,
) -> Wait | Stop:
    """Whether to send a request again, and when.

    The wait grows with each retry up to the longest, and has a random share of up to half of itself
    on top: never below, for a retry that comes too soon is lost. A server's wait, or the error's
    own (`After`), is the least; it is not shortened to the longest wait, and one above the limit is
    not waited for at all.

    `retry` is how many retries were made already: 0 before the first. `random` is a whole number
    below 2**32, such as `random.getrandbits(32)`. `hint_ms` is what `server_wait_ms` returned: 0 is
    a wait, and None is none. `limit_ms` is the longest wait to accept.
    """
    if isinstance(verdict, Never):
        return Stop("permanent")
    if retry >= verdict.retries:
        return Stop("exhausted")
    grown = verdict.initial_ms
    for _ in range(retry):
        if grown >= verdict.max_delay_ms or verdict.factor <= 1:
            break
        grown *= verdict.factor
    grown = min(grown, verdict.max_delay_ms)
    spread = random * (grown // 2) >> 32
    after_ms = verdict.after_ms if isinstance(verdict, After) else None
    asked = [ms for ms in (hint_ms, after_ms) if ms is not None]
    if not asked:
        return Wait(min(verdict.max_delay_ms, grown + spread))
    least = max(asked)
    if least > limit_ms:
        return Stop("wait_too_long", least)
    return Wait(max(least, grown) + spread)

"""Decides whether to make another attempt, and when. Nothing here waits or sends."""

from __future__ import annotations

import enum
import math
import os
from typing import Final

from .retry_advice import After, Never, RetryAdvice

MAX_REQUESTED_WAIT_S: Final = 120.0
"""The longest wait to accept from a server or the catalog by default, in seconds."""
from .record import Record


class GiveUpReason(enum.StrEnum):
    """Why there is no further attempt."""

    PERMANENT = "permanent"
    """The same request would fail again."""
    EXHAUSTED = "exhausted"
    """No retries are left."""
    WAIT_TOO_LONG = "wait_too_long"
    """The server or the catalog asks for a longer wait than the caller accepts."""


class FailedAttempt(Record):
    """An attempt that failed: everything that decides whether there is another."""

    retry_advice: RetryAdvice
    """The advice for the error."""
    retries: int
    """The number of retries so far: 0 after the first attempt."""
    retry_after_s: float | None = None
    """The wait that the server asks for, in seconds. 0 is a wait."""
    max_requested_wait_s: float = MAX_REQUESTED_WAIT_S
    """The longest wait to accept from a server or the catalog, in seconds."""
    random: int | None = None
    """A whole number below 2**32, for the random share. Without it, a random one."""


class NextDelay(Record):
    """What to do after a failed attempt: wait, or give up."""

    wait_s: float | None
    """How long to wait before the next attempt, in seconds. None to give up."""
    give_up: GiveUpReason | None = None
    """Why there is no further attempt. None if there is one."""
    requested_s: float | None = None
    """The wait that was too long, in seconds."""


class GaveUp(Record):
    """Why a call was not repeated again."""

    reason: GiveUpReason
    """Why there was no further attempt."""
    attempts: int
    """The number of attempts, including the first."""
    requested_s: float | None = None
    """The wait that was too long, in seconds."""

    def __str__(self) -> str:
        """One line for a log."""
        plural = "" if self.attempts == 1 else "s"
        wait = f"{self.requested_s or 0:.3f}".rstrip("0").rstrip(".")
        why = {
            GiveUpReason.PERMANENT: "the same request would fail again",
            GiveUpReason.EXHAUSTED: "no retries are left",
            GiveUpReason.WAIT_TOO_LONG: f"a retry must wait {wait} s, which is too long",
        }
        return f"gave up after {self.attempts} attempt{plural}: {why[self.reason]}"


def next_delay(failed: FailedAttempt) -> NextDelay:
    """Decide whether to make another attempt, and when.

    The wait grows with each retry, up to the longest. A random share of up to half of
    it is added, never subtracted, because a retry that comes too early is wasted. No
    wait is shorter than the server and the advice ask for. If that is longer than
    `max_requested_wait_s`, give up.
    """
    advice = failed.retry_advice
    if isinstance(advice, Never):
        return NextDelay(None, GiveUpReason.PERMANENT)
    if failed.retries >= advice.retries:
        return NextDelay(None, GiveUpReason.EXHAUSTED)
    longest_ms = _ms(advice.max_delay_s)
    grown_ms = _ms(advice.initial_s)
    for _ in range(failed.retries):
        if grown_ms >= longest_ms or advice.factor <= 1:
            break
        grown_ms *= advice.factor
    grown_ms = min(grown_ms, longest_ms)
    random = failed.random
    if random is None:
        random = int.from_bytes(os.urandom(4), "big")
    spread_ms = random * (grown_ms // 2) >> 32
    after_s = advice.after_s if isinstance(advice, After) else None
    requested = [s for s in (failed.retry_after_s, after_s) if s is not None]
    if not requested:
        return NextDelay(min(longest_ms, grown_ms + spread_ms) / 1000)
    requested_s = max(requested)
    if requested_s > failed.max_requested_wait_s:
        return NextDelay(None, GiveUpReason.WAIT_TOO_LONG, requested_s)
    return NextDelay((max(_ms(requested_s), grown_ms) + spread_ms) / 1000)


def _ms(seconds: float) -> int:
    """Seconds in whole milliseconds, rounded up."""
    return math.ceil(round(seconds * 1000, 6))

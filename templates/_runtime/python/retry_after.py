"""How long a server asks to wait: RFC 9110, and what real servers send."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from typing import Final, Protocol


class Headers(Protocol):
    """The headers of a response, such as those of requests, httpx or aiohttp."""

    def items(self) -> Iterable[tuple[str, str]]:
        """Each name and its value."""
        ...


_LONGEST_WAIT_MS: Final = 2_147_483_647
_TIME: Final = (
    "(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9]|60)"
)
_MONTHS: Final = "JanFebMarAprMayJunJulAugSepOctNovDec"
_DECIMAL: Final = r"([0-9]+)(?:\.([0-9]+))?"
_REPEATED: Final = r"(.+?)(?:, \1)+"

# The second and third formats are obsolete, but recipients must accept them. The day
# of the week may be wrong. Second 60 is a leap second.
_WEEKDAY: Final = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_LONG_WEEKDAY: Final = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATES: Final = tuple(
    form.replace("TIME", _TIME)
    .replace("MONTH", "(?P<month>[A-Z][a-z]{2})")
    .replace("DAY", "(?P<day>[0-9]{2})")
    for form in (
        f"{_WEEKDAY}, DAY MONTH (?P<year>[0-9]{{4}}) TIME GMT",
        f"{_LONG_WEEKDAY}, DAY-MONTH-(?P<year>[0-9]{{2}}) TIME GMT",
        f"{_WEEKDAY} MONTH (?P<day>[ 0-9][0-9]) TIME (?P<year>[0-9]{{4}})",
    )
)


def parse_retry_after(headers: Headers, now_s: float | None = None) -> float | None:
    """The wait that response headers ask for, in seconds.

    Reads `retry-after-ms`, then `retry-after`: seconds, which real servers send with
    decimals too, or a date in one of the three formats of RFC 9110. Rounds up to whole
    milliseconds; the longest wait is 24.8 days.

    `now_s` is the time to compare a date with, in seconds since 1970. Without it, that
    is the response's own `date`, which doesn't depend on the local clock, else the
    time of this machine.

    Returns None if the headers ask for no wait, or for one that can't be read. 0 is a
    wait.
    """
    fields = _fields(headers)
    wait_ms = _decimal(fields.get("retry-after-ms", ""), 0)
    if wait_ms is None:
        after = fields.get("retry-after", "")
        wait_ms = _decimal(after, 3)
        if wait_ms is None and after:
            wait_ms = _until_ms(after, fields.get("date", ""), now_s)
    return None if wait_ms is None else wait_ms / 1000


def _fields(headers: Headers) -> dict[str, str]:
    """Headers by their names in lower case. Several of one name are joined."""
    fields: dict[str, str] = {}
    for name, value in headers.items():
        key = name.lower()
        text = value.strip(" \t")
        fields[key] = f"{fields[key]}, {text}" if key in fields else text
    return fields


def _once(value: str) -> str:
    """A value that several equal fields repeat, once."""
    repeated = re.fullmatch(_REPEATED, value)
    return repeated[1] if repeated else value


def _decimal(text: str, power: int) -> int | None:
    """A decimal number times a power of ten, rounded up. No float sees it."""
    number = re.fullmatch(_DECIMAL, _once(text))
    if number is None:
        return None
    whole, fraction = number[1].lstrip("0"), number[2] or ""
    if len(whole) > 10:
        return _LONGEST_WAIT_MS
    shifted = int("0" + whole + fraction[:power].ljust(power, "0"))
    rest = 1 if fraction[power:].strip("0") else 0
    return min(shifted + rest, _LONGEST_WAIT_MS)


def _until_ms(after: str, date: str, now_s: float | None) -> int | None:
    """How long it is until a date, in milliseconds."""
    own_s = time.time() if now_s is None else now_s
    start_s = _date_s(date, own_s) if now_s is None else None
    from_ms = round(1000 * (own_s if start_s is None else start_s))
    until_s = _date_s(after, from_ms / 1000)
    if until_s is None:
        return None
    return min(max(1000 * until_s - from_ms, 0), _LONGEST_WAIT_MS)


def _date_s(text: str, now_s: float) -> int | None:
    """An HTTP date in seconds since 1970. None for any other text."""
    # Slow to import, and rarely needed.
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415

    found = next((m for m in (re.fullmatch(d, _once(text)) for d in _DATES) if m), None)
    if found is None:
        return None
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    year = int(found["year"])
    if len(found["year"]) == 2:
        # A year more than 50 years ahead is a past one (RFC 9110, section 5.6.7).
        this_year = (epoch + timedelta(seconds=now_s)).year
        year += this_year - this_year % 100
        if year > this_year + 50:
            year -= 100
        elif year <= this_year - 50:
            year += 100
    month = _MONTHS.find(found["month"]) // 3 + 1
    try:
        day = datetime(year, month, int(found["day"]), tzinfo=UTC)
    except ValueError:
        return None
    hours = (day - epoch).days * 24 + int(found["hour"])
    return (hours * 60 + int(found["minute"])) * 60 + int(found["second"])

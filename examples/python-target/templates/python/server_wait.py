"""How long a server asks to wait: RFC 9110, and what real servers send."""

import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

LONGEST_WAIT_MS: Final = 2_147_483_647
"""A longer wait counts as this one: 24.8 days."""

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()

# The second and the third are obsolete, but recipients must accept them. The day of the week need
# not fit the date, and a leap second is the 60th.
DATES: Final = [
    re.compile(pattern.replace("TIME", "(?P<h>[01][0-9]|2[0-3]):(?P<m>[0-5][0-9]):(?P<s>[0-5][0-9]|60)"))
    for pattern in (
        "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?P<day>[0-9]{2}) (?P<month>[A-Z][a-z]{2}) (?P<year>[0-9]{4}) TIME GMT",
        "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, "
        "(?P<day>[0-9]{2})-(?P<month>[A-Z][a-z]{2})-(?P<year>[0-9]{2}) TIME GMT",
        "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?P<month>[A-Z][a-z]{2}) (?P<day>[ 0-9][0-9]) TIME (?P<year>[0-9]{4})",
    )
]


def server_wait_ms(headers: Mapping[str, str], now_ms: int | None = None) -> int | None:
    """The wait that response headers ask for, in milliseconds; None if they ask for none, or for
    one that cannot be read. 0 is a wait.

    That is `retry-after-ms`, else `retry-after` as seconds (with decimals, which real servers send)
    or as a date in one of the three forms of RFC 9110, sections 10.2.3 and 5.6.7. Rounded up.

    `now_ms` is the time that a date is compared with, in milliseconds since 1970: by default the
    response's own `date`, so that no clock of another machine matters, else this machine's.
    """
    values = {name.lower(): _once(value.strip(" \t")) for name, value in headers.items()}
    ms = _decimal(values.get("retry-after-ms", ""), 0)
    if ms is not None:
        return ms
    after = values.get("retry-after", "")
    seconds = _decimal(after, 3)
    if seconds is not None:
        return seconds
    if now_ms is None:
        now_ms = time.time_ns() // 1_000_000
        own_ms = _date_ms(values.get("date", ""), now_ms)
        now_ms = now_ms if own_ms is None else own_ms
    date_ms = _date_ms(after, now_ms)
    return None if date_ms is None else min(max(date_ms - now_ms, 0), LONGEST_WAIT_MS)


def _once(value: str) -> str:
    """Several fields of one name are joined by `, `. If all are equal, they count as one."""
    repeated = re.fullmatch(r"(.+?)(?:, \1)+", value)
    return repeated[1] if repeated else value


def _decimal(text: str, power: int) -> int | None:
    """A decimal number times a power of ten, rounded up; None if it is none. No float sees it."""
    number = re.fullmatch(r"([0-9]+)(?:\.([0-9]+))?", text)
    if number is None:
        return None
    whole, fraction = number[1].lstrip("0"), number[2] or ""
    if len(whole) > 10:
        return LONGEST_WAIT_MS
    shifted = int("0" + whole + fraction[:power].ljust(power, "0"))
    rest = 1 if fraction[power:].strip("0") else 0
    return min(shifted + rest, LONGEST_WAIT_MS)


def _date_ms(text: str, now_ms: int) -> int | None:
    """An HTTP date in milliseconds since 1970; None if it is none."""
    date = next((match for match in (form.fullmatch(text) for form in DATES) if match), None)
    if date is None or date["month"] not in MONTHS:
        return None
    year = int(date["year"])
    if len(date["year"]) == 2:
        # It lies in the 50 years to come, else it has passed.
        this_year = (EPOCH + timedelta(milliseconds=now_ms)).year
        year += this_year - this_year % 100
        year += 100 if year <= this_year - 50 else -100 if year > this_year + 50 else 0
    try:
        day = datetime(year, MONTHS.index(date["month"]) + 1, int(date["day"]), tzinfo=UTC)
    except ValueError:
        return None
    time_of_day = timedelta(hours=int(date["h"]), minutes=int(date["m"]), seconds=int(date["s"]))
    return (day - EPOCH + time_of_day) // timedelta(milliseconds=1)

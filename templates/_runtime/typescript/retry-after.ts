// How long a server asks to wait: RFC 9110, and what real servers send.

import type { HeadersLike } from "./web.ts";

/**
 * The wait that response headers ask for, in milliseconds: `retry-after-ms`, else `retry-after` as
 * seconds (with decimals, which real servers send) or as a date in one of the three forms of RFC
 * 9110, sections 10.2.3 and 5.6.7. Rounded up; at most 2147483647, the longest wait of a timer.
 *
 * @param headers - those of a response, or an object
 * @param nowMs - the time that a date is compared with, in milliseconds since 1970: by default the
 * response's own `Date`, so that no clock of another machine matters, else `Date.now()`
 * @returns null if they ask for none, or for one that cannot be read; 0 is a wait, and not null
 */
export function serverWaitMs(
  headers: HeadersLike,
  nowMs: number = ownTimeMs(headers, Date.now()),
): number | null {
  const ms = decimal(header(headers, "retry-after-ms"), 0);
  if (ms !== null) return ms;
  const after = header(headers, "retry-after");
  const seconds = decimal(after, 3);
  if (seconds !== null) return seconds;
  const date = dateMs(after, nowMs);
  if (date === null) return null;
  return Math.min(Math.max(Math.ceil(date - nowMs), 0), LONGEST_WAIT_MS);
}

/** The time that a response says it was sent at, else the time given. */
export function ownTimeMs(headers: HeadersLike, nowMs: number): number {
  return dateMs(header(headers, "date"), nowMs) ?? nowMs;
}

/** The value of a header, without the spaces and tabs around it; empty if there is none. */
function header(headers: HeadersLike, name: string): string {
  if (typeof headers.get === "function") return trimmed(headers.get(name));
  for (const [key, value] of Object.entries(headers)) {
    if (key.toLowerCase() === name) {
      return trimmed(value as string | readonly string[] | undefined);
    }
  }
  return "";
}

function trimmed(value: string | readonly string[] | null | undefined): string {
  return String(value ?? "").replace(/^[ \t]+|[ \t]+$/g, "");
}

/** A decimal number times a power of ten, rounded up; null if it is none. No float sees its digits. */
function decimal(text: string, power: number): number | null {
  const [, whole = "", fraction = ""] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === "") return null;
  const shifted = Number(whole + fraction.slice(0, power).padEnd(power, "0"));
  const rest = /[1-9]/.test(fraction.slice(power)) ? 1 : 0;
  return Math.min(shifted + rest, LONGEST_WAIT_MS);
}

/** An HTTP date in milliseconds since 1970; null if it is none. `Date.parse` takes much more. */
function dateMs(text: string, nowMs: number): number | null {
  const fields =
    IMF_FIXDATE.exec(text) ??
    RFC_850_DATE.exec(text) ??
    ASCTIME_DATE.exec(text);
  const { day, month = "", year = "", time = "" } = fields?.groups ?? {};
  const monthIndex = MONTHS.indexOf(month);
  const [, hour, minute, second] = TIME.exec(time) ?? [];
  if (monthIndex < 0 || second === undefined) return null;
  const thisYear = new Date(nowMs).getUTCFullYear();
  let fullYear = Number(year);
  if (year.length === 2) {
    // It lies in the 50 years to come, else it has passed.
    fullYear += thisYear - (thisYear % 100);
    if (fullYear > thisYear + 50) fullYear -= 100;
    if (fullYear <= thisYear - 50) fullYear += 100;
  }
  const date = new Date(0);
  date.setUTCFullYear(fullYear, monthIndex, Number(day));
  // The 31st of November would be the 1st of December.
  if (date.getUTCDate() !== Number(day)) return null;
  return date.setUTCHours(Number(hour), Number(minute), Number(second));
}

/** The longest wait that `setTimeout` takes: a longer one would end at once. */
export const LONGEST_WAIT_MS = 2_147_483_647;

const MONTHS = [
  "Jan",
  "Feb",
  "Mar",
  "Apr",
  "May",
  "Jun",
  "Jul",
  "Aug",
  "Sep",
  "Oct",
  "Nov",
  "Dec",
];

// The second and the third are obsolete, but recipients must accept them. The day of the week need
// not fit the date, and a leap second is the 60th.
const IMF_FIXDATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\d\d) (?<month>\w+) (?<year>\d{4}) (?<time>\S+) GMT$/;
const RFC_850_DATE =
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\d\d)-(?<month>\w+)-(?<year>\d\d) (?<time>\S+) GMT$/;
const ASCTIME_DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?<month>\w+) (?<day>[ \d]\d) (?<time>\S+) (?<year>\d{4})$/;
const TIME = /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)$/;

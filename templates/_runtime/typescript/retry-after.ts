// The wait that a server asks for: as in RFC 9110, and as real servers send it.

import type { HeadersLike } from "./web.ts";

/**
 * The wait that response headers ask for, in milliseconds. Rounded up; at most 2147483647, the
 * longest wait of a timer.
 *
 * Reads `retry-after-ms`, then `retry-after`: seconds (real servers also send decimals), or a date
 * in one of the three formats of RFC 9110, sections 10.2.3 and 5.6.7.
 *
 * @param headers - the headers of a response, or an object; null or undefined if there are none
 * @param nowMs - the time to compare a date with, in milliseconds since 1970. Default: the
 * response's own `Date`, which doesn't depend on the local clock, else `Date.now()`
 * @returns undefined if the headers ask for no wait, or for one that can't be read; 0 is a valid wait
 */
export function parseRetryAfter(
  headers: HeadersLike | null | undefined,
  nowMs: number = ownTimeMs(headers, Date.now()),
): number | undefined {
  const ms = decimal(header(headers, "retry-after-ms"), 0);
  if (ms !== undefined) return ms;
  const after = header(headers, "retry-after");
  const seconds = decimal(after, 3);
  if (seconds !== undefined) return seconds;
  const date = dateMs(after, nowMs);
  if (date === undefined) return undefined;
  return Math.min(Math.max(Math.ceil(date - nowMs), 0), LONGEST_WAIT_MS);
}

/** The time in the `Date` header, else `nowMs`. In milliseconds since 1970. */
export function ownTimeMs(
  headers: HeadersLike | null | undefined,
  nowMs: number,
): number {
  return dateMs(header(headers, "date"), nowMs) ?? nowMs;
}

/** The value of a header without surrounding spaces and tabs; empty if it is missing. */
export function header(
  headers: HeadersLike | null | undefined,
  name: string,
): string {
  if (typeof headers?.get === "function") return fieldValue(headers.get(name));
  for (const [key, value] of Object.entries(headers ?? {})) {
    if (key.toLowerCase() === name) {
      return fieldValue(value as string | readonly string[] | undefined);
    }
  }
  return "";
}

/** Several fields of one name are joined by `, `. If all are equal, they count as one. */
function fieldValue(
  fields: string | readonly string[] | null | undefined,
): string {
  const joined = Array.isArray(fields) ? fields.join(", ") : fields;
  const value = String(joined ?? "").replace(/^[ \t]+|[ \t]+$/g, "");
  return /^(.+?)(?:, \1)+$/.exec(value)?.[1] ?? value;
}

/**
 * A decimal number times 10^`power`, rounded up; undefined if the text isn't one. Shifts the digits,
 * because a float would round them.
 */
function decimal(text: string, power: number): number | undefined {
  const [, whole = "", fraction = ""] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === "") return undefined;
  const shifted = Number(whole + fraction.slice(0, power).padEnd(power, "0"));
  const rest = /[1-9]/.test(fraction.slice(power)) ? 1 : 0;
  return Math.min(shifted + rest, LONGEST_WAIT_MS);
}

/** An HTTP date in milliseconds since 1970; undefined for other text. `Date.parse` is too lenient. */
function dateMs(text: string, nowMs: number): number | undefined {
  const [day, month = "", year = "", time = ""] = dateFields(text);
  const monthIndex = MONTHS.indexOf(month);
  const [, hour, minute, second] = TIME.exec(time) ?? [];
  if (monthIndex < 0 || second === undefined) return undefined;
  const thisYear = new Date(nowMs).getUTCFullYear();
  let fullYear = Number(year);
  if (year.length === 2) {
    // A year more than 50 years ahead is a past one (RFC 9110, section 5.6.7).
    fullYear += thisYear - (thisYear % 100);
    if (fullYear > thisYear + 50) fullYear -= 100;
    if (fullYear <= thisYear - 50) fullYear += 100;
  }
  const date = new Date(0);
  date.setUTCFullYear(fullYear, monthIndex, Number(day));
  // Rejects November 31, which JavaScript would turn into December 1.
  if (date.getUTCDate() !== Number(day)) return undefined;
  return date.setUTCHours(Number(hour), Number(minute), Number(second));
}

/** The day, month, year and time in an HTTP date, as text; nothing for other text. */
function dateFields(text: string): readonly string[] {
  const asctime = ASCTIME_DATE.exec(text);
  if (asctime === null) {
    const fields = IMF_FIXDATE.exec(text) ?? RFC_850_DATE.exec(text);
    return fields?.slice(1) ?? [];
  }
  const [, month = "", day = "", time = "", year = ""] = asctime;
  return [day, month, year, time];
}

/** The longest wait of `setTimeout`, in milliseconds. A longer one would end at once. */
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

// The second and third formats are obsolete, but recipients must accept them. The day of the week
// may be wrong. Second 60 is a leap second. Named groups would need the target ES2018.
const IMF_FIXDATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d) (\w+) (\d{4}) (\S+) GMT$/;
const RFC_850_DATE =
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (\d\d)-(\w+)-(\d\d) (\S+) GMT$/;
const ASCTIME_DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\w+) ([ \d]\d) (\S+) (\d{4})$/;
const TIME = /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)$/;

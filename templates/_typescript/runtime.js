// What follows is the same for every catalog.

// Whether to send a request again, and when. Nothing here waits or sends.

/** The longest wait to accept unless a caller says otherwise: two minutes, in milliseconds. */
export const WAIT_LIMIT_MS = 120_000;

/**
 * Whether to send a request again, and when. Nothing but the arguments counts, and all times are
 * whole milliseconds.
 *
 * The wait grows with each retry up to the longest, and has a random share of up to half of itself
 * on top: never below, for a retry that comes too soon is lost. A server's wait, or the error's
 * own (`after`), is the least; it is not shortened to the longest wait, and one above the limit is
 * not waited for at all.
 *
 * @param verdict - the advice for the error
 * @param retry - how many retries were made already: 0 before the first
 * @param random - a whole number from 0 to 2^32 - 1, from which the random share is taken
 * @param hintMs - the wait that the server asked for; null or undefined if it asked for none. 0 is
 * a wait, and not none
 * @param limitMs - the longest wait to accept
 */
export function decide(
  verdict,
  retry,
  random,
  hintMs,
  limitMs = WAIT_LIMIT_MS,
) {
  if (verdict.kind === "never") return { stop: "permanent" };
  if (retry >= verdict.retries) return { stop: "exhausted" };
  const { initialMs, maxMs, factor } = verdict;
  let grown = initialMs;
  for (let i = 0; i < retry && grown < maxMs && factor > 1; i++) {
    grown *= factor;
  }
  grown = Math.min(grown, maxMs);
  // Exact: the product is below 2^53, because a wait that grows is at most an hour.
  const spread = Math.floor((random * Math.floor(grown / 2)) / 0x1_0000_0000);
  const afterMs = verdict.kind === "after" ? verdict.afterMs : undefined;
  if (hintMs == null && afterMs === undefined) {
    return { wait: Math.min(maxMs, grown + spread) };
  }
  const least = Math.max(hintMs ?? 0, afterMs ?? 0);
  if (least > limitMs) return { stop: "wait_too_long", askedMs: least };
  return { wait: Math.max(least, grown) + spread };
}

/**
 * The waits of one piece of advice, in milliseconds, one after the other until it says to stop:
 * for a library that retries by itself, such as p-retry.
 *
 * @param verdict - the advice
 * @param random - gives whole numbers from 0 to 2^32 - 1
 * @param limitMs - the longest wait to accept
 */
export function* delays(verdict, random = random32, limitMs = WAIT_LIMIT_MS) {
  for (let retry = 0; ; retry++) {
    const decision = decide(verdict, retry, random(), null, limitMs);
    if (decision.stop !== undefined) return;
    yield decision.wait;
  }
}

/**
 * The advice for an error response that no table lists.
 *
 * @param status - its HTTP status: `retryStrategy` says which are worth a retry; none, without it
 */
export function fallbackVerdict(status) {
  const isRetried = retryStrategy.statuses.some(
    // A status, or a class of them, such as `5xx`.
    (one) => one === status || one === `${(status / 100) | 0}xx`,
  );
  return isRetried ? retryStrategy.retry : { kind: "never" };
}

function random32() {
  return Math.floor(Math.random() * 0x1_0000_0000);
}

// A loop around `fetch` that sends a request again as the advice says.

/**
 * Sends a request, and sends it again as the advice for its error responses says.
 *
 * A retry repeats the request. A call that must not run twice needs an idempotency key, the same
 * in every attempt, or a `verdict` of `{ kind: "never" }`. Let one layer retry: a client that
 * retries by itself, under this, multiplies the attempts. A body is kept for the next attempt, a
 * stream too, which takes as much memory.
 *
 * Only responses with a status from 400 on are errors. A request that gets none (no network, an
 * aborted signal) rejects as `fetch` does, and is not sent again.
 *
 * @param input - what `fetch` takes
 * @param init - what `fetch` takes; its `signal` ends a wait as well
 * @param options - the advice, the limit, an observer
 * @returns the last response, unread, and why no further request was sent
 */
export async function fetchWithRetry(input, init, options = {}) {
  const {
    verdict: advise,
    limitMs = WAIT_LIMIT_MS,
    onRetry,
    fetch: send = globalThis.fetch,
    sleep: wait = sleep,
    random = random32,
    now = Date.now,
  } = options;
  const request = new Request(input, init);
  const signal = init?.signal ?? request.signal;
  // What is waited for, and the random share on top, must fit a timer.
  const limit = Math.min(limitMs, 2_000_000_000);
  for (let attempts = 1; ; attempts++) {
    const response = await send(request.clone());
    if (response.status < 400) return { response, attempts };
    const verdict =
      (await advise?.(response)) ?? fallbackVerdict(response.status);
    const { headers } = response;
    const hintMs = serverWaitMs(headers, ownTimeMs(headers, now()));
    const decision = decide(verdict, attempts - 1, random(), hintMs, limit);
    if (decision.stop !== undefined) {
      const { stop: stopped, askedMs } = decision;
      return askedMs === undefined
        ? { response, attempts, stopped }
        : { response, attempts, stopped, askedMs };
    }
    const waitMs = decision.wait;
    onRetry?.({ attempt: attempts, waitMs, hintMs, verdict, response });
    // This frees the connection. Waiting for it could last for ever: a clone may be unread.
    response.body?.cancel().catch(() => {
      // The body broke, or the caller is reading it.
    });
    await wait(waitMs, signal);
  }
}

/**
 * Waits, and leaves neither a timer nor a listener.
 *
 * @param ms - how long, in milliseconds
 * @param signal - ends the wait at once when it is aborted
 * @returns a promise that is rejected with the signal's reason when it is aborted
 */
export function sleep(ms, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const end = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener("abort", end);
        resolve();
      },
      Math.min(ms, LONGEST_WAIT_MS),
    );
    signal?.addEventListener("abort", end, { once: true });
  });
}

// How long a server asks to wait: RFC 9110, and what real servers send.

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
export function serverWaitMs(headers, nowMs = ownTimeMs(headers, Date.now())) {
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
function ownTimeMs(headers, nowMs) {
  return dateMs(header(headers, "date"), nowMs) ?? nowMs;
}

/** The value of a header, without the spaces and tabs around it; empty if there is none. */
function header(headers, name) {
  if (typeof headers.get === "function") return trimmed(headers.get(name));
  for (const [key, value] of Object.entries(headers)) {
    if (key.toLowerCase() === name) {
      return trimmed(value);
    }
  }
  return "";
}

function trimmed(value) {
  return String(value ?? "").replace(/^[ \t]+|[ \t]+$/g, "");
}

/** A decimal number times a power of ten, rounded up; null if it is none. No float sees its digits. */
function decimal(text, power) {
  const [, whole = "", fraction = ""] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === "") return null;
  const shifted = Number(whole + fraction.slice(0, power).padEnd(power, "0"));
  const rest = /[1-9]/.test(fraction.slice(power)) ? 1 : 0;
  return Math.min(shifted + rest, LONGEST_WAIT_MS);
}

/** An HTTP date in milliseconds since 1970; null if it is none. `Date.parse` takes much more. */
function dateMs(text, nowMs) {
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
const LONGEST_WAIT_MS = 2_147_483_647;

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

// Sending an error: the pieces of its body, and the response.

/** An error as a response, with the headers that the catalog knows. */
function respond(entry, body, mediaType, init) {
  const headers = new Headers({ "content-type": mediaType });
  const { retry } = entry;
  if (retry.kind === "after") {
    // RFC 9110, section 10.2.3: whole seconds.
    headers.set("retry-after", String(Math.ceil(retry.afterMs / 1000)));
  }
  const own = new Headers(init?.headers);
  own.forEach((value, name) => {
    headers.set(name, value);
  });
  const status = init?.status ?? entry.status;
  return new Response(JSON.stringify(body), { ...init, status, headers });
}

/** The members of an object that are neither undefined nor null. */
function present(members) {
  const there = Object.entries(members).filter(([, value]) => value != null);
  return Object.fromEntries(there);
}

/** An object that has members; undefined instead of one that has none. */
function someOf(members) {
  return Object.keys(members).length > 0 ? members : undefined;
}

/** A list with an element; undefined if that is absent. */
function listOf(element) {
  return element == null ? undefined : [element];
}

/** Values as one text; undefined if one of them is absent. */
function joined(...parts) {
  return parts.some((part) => part == null)
    ? undefined
    : parts.map(asText).join("");
}

/** A value inside of a text: a text as it is, all else as JSON. */
function asText(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}

// Checks of single values. The check of a body is made of them.

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isListOf(value, check) {
  return Array.isArray(value) && value.every((element) => check(element));
}

function isAbsentOr(value, check) {
  return value === undefined || value === null || check(value);
}

function isPresent(value) {
  return value !== undefined;
}

function isString(value) {
  return typeof value === "string";
}

function isNumber(value) {
  return typeof value === "number";
}

function isBoolean(value) {
  return typeof value === "boolean";
}

function isNull(value) {
  return value === null;
}

// Reading a body: from text, bytes or JSON to the values in it. Nothing here throws.

/** A body as JSON; the text itself if it is none; undefined if it is empty. Parsed ones stay as they are. */
function parsed(body) {
  const text = decoded(body);
  if (typeof text !== "string") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text.trim() === "" ? undefined : text;
  }
}

/** Bytes as text, and a text without the mark that some servers put before it (U+FEFF). */
function decoded(body) {
  if (typeof body === "string") return body.replace(/^\uFEFF/, "");
  const isBuffer = /^\[object (Shared)?ArrayBuffer\]$/.test(
    Object.prototype.toString.call(body),
  );
  if (!isBuffer && !ArrayBuffer.isView(body)) return body;
  try {
    return new TextDecoder().decode(body);
  } catch {
    // The memory was handed to somebody else.
    return undefined;
  }
}

/** A response's body as text, while the response stays unread: up to where it broke, or a million bytes. */
async function peeked(response) {
  let text = "";
  try {
    const reader = response.clone().body?.getReader();
    const decoder = new TextDecoder();
    for (let bytes = 0; reader !== undefined && bytes < 1_000_000;) {
      const { done, value } = await reader.read();
      if (done) return text;
      text += decoder.decode(value, { stream: true });
      bytes += value.byteLength;
    }
    // Not waited for: it lasts until the response itself is read.
    reader?.cancel().catch(() => {
      // The body broke, after the bytes that count.
    });
  } catch {
    // What came is all there is to know.
  }
  return text;
}

/** What stands at a path in parsed JSON, own members only; undefined if nothing does. */
function at(value, ...path) {
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    if (!Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** What stands between two parts of a text; undefined if they are not there. */
function between(before, text, after) {
  if (!isString(text) || text.length < before.length + after.length) {
    return undefined;
  }
  if (!text.startsWith(before) || !text.endsWith(after)) return undefined;
  return text.slice(before.length, text.length - after.length);
}

/** A text, or a number as text. The text `None` is what a Python server made of nothing. */
function textOf(value) {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "None" ? value : undefined;
}

/** The integer that a text is, as JavaScript writes it. */
function integer(text) {
  const number = Number(text);
  return String(number) === text ? number : NaN;
}

/** The status that an event stream names, as a number or as text: the first that is one of errors. */
function eventStatus(...values) {
  const status = values
    .map(textOf)
    .find((text) => text !== undefined && /^[45]\d\d$/.test(text));
  return status === undefined ? undefined : Number(status);
}

/** Of values that may stand in a body, those that do, the first of each name. */
function given(places) {
  const values = {};
  for (const [name, isRight, value] of places) {
    const isAbsent = value === undefined || value === null || value === "None";
    if (isAbsent || !isRight(value) || Object.hasOwn(values, name)) continue;
    values[name] = value;
  }
  return values;
}

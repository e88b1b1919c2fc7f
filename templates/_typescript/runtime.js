// What follows is the same for every catalog.

// Decides whether and when to retry. Nothing here waits or sends.

/** The longest wait to accept by default, in milliseconds: two minutes. */
// prettier-ignore
// biome-ignore format: generated
export const WAIT_LIMIT_MS = 120_000;

/**
 * Decides whether and when to retry. A pure function. All times are whole milliseconds.
 *
 * The wait grows with each retry, up to `maxMs`. A random share of up to half of it is added, never
 * subtracted, because a retry that comes too early is wasted. If the server (`hintMs`) or the
 * advice (`afterMs`) asks for a wait, no wait is shorter, even beyond `maxMs`. If that is longer
 * than `limitMs`, the decision is to stop.
 *
 * @param verdict - the retry advice for the error
 * @param retry - the number of retries so far: 0 before the first
 * @param random - an integer from 0 to 2^32 - 1, which determines the random share
 * @param hintMs - the wait that the server asked for; null or undefined if it didn't ask for one. 0
 * is a valid wait
 * @param limitMs - the longest wait to accept
 */
// prettier-ignore
// biome-ignore format: generated
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
  // Exact: a growing wait is at most an hour, so the product is below 2^53.
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
 * Yields the wait before each retry, in milliseconds, and ends when there are no more retries. For
 * libraries that retry by themselves, such as p-retry.
 *
 * @param verdict - the retry advice
 * @param random - returns integers from 0 to 2^32 - 1
 * @param limitMs - the longest wait to accept, in milliseconds
 */
// prettier-ignore
// biome-ignore format: generated
export function* delays(verdict, random = random32, limitMs = WAIT_LIMIT_MS) {
  for (let retry = 0; ; retry++) {
    const decision = decide(verdict, retry, random(), null, limitMs);
    if (decision.stop !== undefined) return;
    yield decision.wait;
  }
}

/**
 * The retry advice for an error response that no table lists. The catalog's retry strategy says
 * which statuses to retry; without a strategy, the advice is always `never`.
 *
 * @param status - the HTTP status of the response
 */
// prettier-ignore
// biome-ignore format: generated
export function fallbackVerdict(status) {
  const isRetried = retryStrategy.statuses.some(
    // A status, or a class such as `5xx`.
    (one) => one === status || one === `${(status / 100) | 0}xx`,
  );
  return isRetried ? retryStrategy.retry : { kind: "never" };
}

// prettier-ignore
// biome-ignore format: generated
function random32() {
  return Math.floor(Math.random() * 0x1_0000_0000);
}

// `fetch` with retries, as the catalog advises.

/**
 * Sends a request, and retries it as the advice for its error responses says.
 *
 * A retry repeats the request. A call that must not run twice needs an idempotency key, the same
 * in every attempt, or a `verdict` that returns `{ kind: "never" }`. Retry in one layer only: a
 * client below this one that retries by itself multiplies the attempts.
 *
 * `fetch` gets `init` as it is, in every attempt. The body of a `Request`, and a body that is a
 * `ReadableStream`, are kept in memory for the next attempt. Other streams can't be sent again: an
 * error response is then the last one.
 *
 * Only responses with a status of 400 or above are errors. If a request gets no response (no
 * network, an aborted signal), the promise rejects as with `fetch`, without a retry.
 *
 * @param input - as for `fetch`
 * @param init - as for `fetch`; its `signal` also ends a wait
 * @param options - the retry advice, the longest wait to accept, an observer
 * @returns the last response, unread, and why there was no further attempt
 */
// prettier-ignore
// biome-ignore format: generated
export async function fetchWithRetry(input, init, options = {}) {
  const {
    verdict: advise,
    limitMs = WAIT_LIMIT_MS,
    onRetry,
    fetch: given = fetch,
    sleep: wait = sleep,
    random = random32,
    now = Date.now,
  } = options;
  const send = given;
  const own = init;
  const { signal = input.signal } = own ?? {};
  // Leaves room for the random share: the whole wait must fit a timer.
  const limit = Math.min(limitMs, 2_000_000_000);
  let kept = [input, init];
  for (let attempts = 1; ; attempts++) {
    const parts = kept.map(split);
    kept = parts.map(([, later]) => later);
    const response = await send(parts[0]?.[0], parts[1]?.[0]);
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
    if (isSentOnce(own)) return { response, attempts, stopped: "body_used" };
    const waitMs = decision.wait;
    onRetry?.({ attempt: attempts, waitMs, hintMs, verdict, response });
    void discard(response);
    await wait(waitMs, signal);
  }
}

/** Splits an argument of `fetch` into one to send and one to keep. Sending uses up some bodies. */
// prettier-ignore
// biome-ignore format: generated
function split(argument) {
  const sendable = argument;
  const body = sendable?.body;
  // A request without a body goes as it is: a clone lacks what others added to it.
  if (typeof sendable?.clone === "function") {
    return [body === null ? argument : sendable.clone(), argument];
  }
  if (typeof body?.tee !== "function") return [argument, argument];
  const [now, later] = body.tee();
  return [
    { ...sendable, body: now },
    { ...sendable, body: later },
  ];
}

/** Whether the body is a stream that `split` can't copy. */
// prettier-ignore
// biome-ignore format: generated
function isSentOnce(init = {}) {
  const { body } = init;
  if ("clone" in init || !isObject(body)) return false;
  return !("tee" in body) && ("pipe" in body || Symbol.asyncIterator in body);
}

/** Frees the connection of a response. Never rejects. */
// prettier-ignore
// biome-ignore format: generated
async function discard(response) {
  try {
    const { body } = response;
    // It may never resolve while a clone is unread.
    if (typeof body?.cancel === "function") await body.cancel();
    // A Node stream may be a copy. Destroying that would leave the original waiting.
    else body?.resume?.();
  } catch {
    // The stream failed, or the caller is reading it.
  }
}

/**
 * Waits, and leaves no timer or listener behind.
 *
 * @param ms - how long, in milliseconds; at most 2147483647, the longest wait of a timer
 * @param signal - ends the wait when it is aborted
 * @returns a promise that rejects with the signal's reason if the signal is aborted
 */
// prettier-ignore
// biome-ignore format: generated
export function sleep(ms, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(reasonOf(signal));
      return;
    }
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      reject(reasonOf(signal));
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener("abort", end);
        resolve();
      },
      Math.min(ms, LONGEST_WAIT_MS),
    );
    signal?.addEventListener("abort", end);
  });
}

/** Why a signal was aborted. React Native and older polyfills don't say. */
// prettier-ignore
// biome-ignore format: generated
function reasonOf(signal) {
  if (signal?.reason !== undefined) return signal.reason;
  const error = new Error("The operation was aborted.");
  error.name = "AbortError";
  return error;
}

// The wait that a server asks for: as in RFC 9110, and as real servers send it.

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
 * @returns null if the headers ask for no wait, or for one that can't be read; 0 is a valid wait
 */
// prettier-ignore
// biome-ignore format: generated
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

/** The time in the `Date` header, else `nowMs`. In milliseconds since 1970. */
// prettier-ignore
// biome-ignore format: generated
function ownTimeMs(headers, nowMs) {
  return dateMs(header(headers, "date"), nowMs) ?? nowMs;
}

/** The value of a header without surrounding spaces and tabs; empty if it is missing. */
// prettier-ignore
// biome-ignore format: generated
function header(headers, name) {
  if (typeof headers?.get === "function") return trimmed(headers.get(name));
  for (const [key, value] of Object.entries(headers ?? {})) {
    if (key.toLowerCase() === name) {
      return trimmed(value);
    }
  }
  return "";
}

// prettier-ignore
// biome-ignore format: generated
function trimmed(value) {
  return String(value ?? "").replace(/^[ \t]+|[ \t]+$/g, "");
}

/**
 * A decimal number times 10^`power`, rounded up; null if the text isn't one. Shifts the digits,
 * because a float would round them.
 */
// prettier-ignore
// biome-ignore format: generated
function decimal(text, power) {
  const [, whole = "", fraction = ""] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === "") return null;
  const shifted = Number(whole + fraction.slice(0, power).padEnd(power, "0"));
  const rest = /[1-9]/.test(fraction.slice(power)) ? 1 : 0;
  return Math.min(shifted + rest, LONGEST_WAIT_MS);
}

/** An HTTP date in milliseconds since 1970; null for other text. `Date.parse` is too lenient. */
// prettier-ignore
// biome-ignore format: generated
function dateMs(text, nowMs) {
  const [day, month = "", year = "", time = ""] = dateFields(text);
  const monthIndex = MONTHS.indexOf(month);
  const [, hour, minute, second] = TIME.exec(time) ?? [];
  if (monthIndex < 0 || second === undefined) return null;
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
  if (date.getUTCDate() !== Number(day)) return null;
  return date.setUTCHours(Number(hour), Number(minute), Number(second));
}

/** The day, month, year and time in an HTTP date, as text; nothing for other text. */
// prettier-ignore
// biome-ignore format: generated
function dateFields(text) {
  const asctime = ASCTIME_DATE.exec(text);
  if (asctime === null) {
    const fields = IMF_FIXDATE.exec(text) ?? RFC_850_DATE.exec(text);
    return fields?.slice(1) ?? [];
  }
  const [, month = "", day = "", time = "", year = ""] = asctime;
  return [day, month, year, time];
}

/** The longest wait of `setTimeout`, in milliseconds. A longer one would end at once. */
// prettier-ignore
// biome-ignore format: generated
const LONGEST_WAIT_MS = 2_147_483_647;

// prettier-ignore
// biome-ignore format: generated
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
// prettier-ignore
// biome-ignore format: generated
const IMF_FIXDATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d) (\w+) (\d{4}) (\S+) GMT$/;
// prettier-ignore
// biome-ignore format: generated
const RFC_850_DATE =
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (\d\d)-(\w+)-(\d\d) (\S+) GMT$/;
// prettier-ignore
// biome-ignore format: generated
const ASCTIME_DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\w+) ([ \d]\d) (\S+) (\d{4})$/;
// prettier-ignore
// biome-ignore format: generated
const TIME = /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)$/;

// Builds the body of an error, and the response to send.

/** Builds the response for an error, with the headers that the catalog sets. */
// prettier-ignore
// biome-ignore format: generated
function respond(entry, body, mediaType, init) {
  const headers = new Headers({ "content-type": mediaType });
  const { retry } = entry;
  if (retry.kind === "after") {
    // In whole seconds: RFC 9110, section 10.2.3.
    headers.set("retry-after", String(Math.ceil(retry.afterMs / 1000)));
  }
  const own = new Headers(init?.headers);
  own.forEach((value, name) => {
    headers.set(name, value);
  });
  const status = init?.status ?? entry.status;
  return new Response(JSON.stringify(body), { ...init, status, headers });
}

/** Copies an object without its undefined and null members. */
// prettier-ignore
// biome-ignore format: generated
function present(members) {
  const there = Object.entries(members).filter(([, value]) => value != null);
  return Object.fromEntries(there);
}

/** Returns the object; undefined if one of its members is undefined, or it has none. */
// prettier-ignore
// biome-ignore format: generated
function whole(members) {
  const values = Object.values(members);
  return values.length > 0 && !values.includes(undefined) ? members : undefined;
}

/** A list of one element; undefined if the element is undefined or null. */
// prettier-ignore
// biome-ignore format: generated
function listOf(element) {
  return element == null ? undefined : [element];
}

/** Joins values into one text; undefined if one of them is undefined or null. */
// prettier-ignore
// biome-ignore format: generated
function joined(...parts) {
  return parts.some((part) => part == null)
    ? undefined
    : parts.map(asText).join("");
}

/** A value as part of a text: text as it is, anything else as JSON. */
// prettier-ignore
// biome-ignore format: generated
function asText(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}

// Checks of single values. The generated check of a body calls them.

// prettier-ignore
// biome-ignore format: generated
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// prettier-ignore
// biome-ignore format: generated
function isListOf(value, check) {
  return Array.isArray(value) && value.every((element) => check(element));
}

// prettier-ignore
// biome-ignore format: generated
function isAbsentOr(value, check) {
  return value === undefined || value === null || check(value);
}

// prettier-ignore
// biome-ignore format: generated
function isPresent(value) {
  return value !== undefined;
}

/** Whether an object has a member of its own. `Object.hasOwn` needs ES2022. */
// prettier-ignore
// biome-ignore format: generated
function hasOwn(object, key) {
  return Object.prototype.hasOwnProperty.call(object, key);
}

// prettier-ignore
// biome-ignore format: generated
function isString(value) {
  return typeof value === "string";
}

// prettier-ignore
// biome-ignore format: generated
function isNumber(value) {
  return typeof value === "number";
}

// prettier-ignore
// biome-ignore format: generated
function isBoolean(value) {
  return typeof value === "boolean";
}

// prettier-ignore
// biome-ignore format: generated
function isNull(value) {
  return value === null;
}

// Reads a body (text, bytes or parsed JSON) and the values in it. Nothing here throws.

/**
 * Parses a body as JSON. Returns the text itself if it isn't JSON, undefined if it is empty. A body
 * that is already parsed is returned unchanged.
 */
// prettier-ignore
// biome-ignore format: generated
function parsed(body) {
  const text = decoded(body);
  if (typeof text !== "string") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text.trim() === "" ? undefined : text;
  }
}

/** Decodes bytes, and removes the byte order mark (U+FEFF) that some servers send. */
// prettier-ignore
// biome-ignore format: generated
function decoded(body) {
  if (typeof body === "string") return body.replace(/^\uFEFF/, "");
  const isBuffer = /^\[object (Shared)?ArrayBuffer\]$/.test(
    Object.prototype.toString.call(body),
  );
  if (!isBuffer && !ArrayBuffer.isView(body)) return body;
  try {
    return new TextDecoder().decode(body);
  } catch {
    // The buffer is detached: its memory was transferred. Or the runtime has no decoder.
    return undefined;
  }
}

/**
 * Reads a response's body as text, from a clone: the response stays unread. Stops where the body
 * breaks off, or after about a million bytes.
 */
// prettier-ignore
// biome-ignore format: generated
async function peeked(response) {
  let text = "";
  try {
    const clone = response.clone();
    const body = clone.body;
    // React Native has no streams.
    if (body == null) return await clone.text();
    let left = 1_000_000;
    if (!("getReader" in body)) {
      // A clone gets no more than fits the buffer of its unread original, 16 KiB.
      left = 16_000;
      // If the connection breaks, node-fetch only tells the original, which nobody reads yet.
      response.body.on?.("error", () => body.destroy?.());
    }
    const decoder = new TextDecoder();
    for await (const chunk of chunksOf(body)) {
      text += decoder.decode(chunk, { stream: true });
      left -= chunk.byteLength;
      if (left <= 0) break;
    }
  } catch {
    // The stream failed: use what arrived.
  }
  return text;
}

// prettier-ignore
// biome-ignore format: generated
async function* chunksOf(body) {
  if (!("getReader" in body)) {
    yield* body;
    return;
  }
  const reader = body.getReader();
  try {
    for (;;) {
      const { value } = await reader.read();
      if (value === undefined) return;
      yield value;
    }
  } finally {
    // Not awaited: it doesn't resolve before the response itself is read.
    reader.cancel().catch(() => {
      // The stream failed, after the bytes that matter.
    });
  }
}

/** The value at a path in parsed JSON; undefined if there is none. Ignores inherited members. */
// prettier-ignore
// biome-ignore format: generated
function at(value, ...path) {
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    if (!hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** The text between a prefix and a suffix; undefined if either is missing. */
// prettier-ignore
// biome-ignore format: generated
function between(before, text, after) {
  if (!isString(text) || text.length < before.length + after.length) {
    return undefined;
  }
  if (!text.startsWith(before) || !text.endsWith(after)) return undefined;
  return text.slice(before.length, text.length - after.length);
}

/**
 * Text, or a number as text; undefined for anything else. The text `None` counts as no value:
 * Python servers send it for one that is missing.
 */
// prettier-ignore
// biome-ignore format: generated
function textOf(value) {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "None" ? value : undefined;
}

/** The number that a text spells, if JavaScript writes it the same way; otherwise NaN. */
// prettier-ignore
// biome-ignore format: generated
function integer(text) {
  const number = Number(text);
  return String(number) === text ? number : NaN;
}

/** The first of the values, numbers or text, that is an error status (400 to 599). */
// prettier-ignore
// biome-ignore format: generated
function eventStatus(...values) {
  const status = values
    .map(textOf)
    .find((text) => text !== undefined && /^[45]\d\d$/.test(text));
  return status === undefined ? undefined : Number(status);
}

/** The values found in a body. If a name has several places, the first valid value counts. */
// prettier-ignore
// biome-ignore format: generated
function given(places) {
  const values = {};
  for (const [name, isRight, value] of places) {
    const isAbsent = value === undefined || value === null || value === "None";
    if (isAbsent || !isRight(value) || hasOwn(values, name)) continue;
    values[name] = value;
  }
  return values;
}

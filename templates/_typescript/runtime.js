// What follows is the same for every catalog.

// An error in a table, and an error as a client reads it.

/** Whether an error belongs to a group. */
// prettier-ignore
// biome-ignore format: generated
function hasTag({ entry }, tag) {
  return entry?.tags?.includes(tag) === true;
}

// Whether to retry, and how: what the catalog says about an error.

/**
 * The retry advice for an error response by its status: for errors that no table lists, and those
 * that the catalog doesn't call retryable or not. The catalog's retry strategy says which statuses
 * to retry; without a strategy, the advice is always `never`.
 *
 * @param status - the HTTP status of the response
 */
// prettier-ignore
// biome-ignore format: generated
export function retryAdviceForStatus(status) {
  const isRetried = retryStrategy.statuses.some(
    // A status, or a class such as `5xx`.
    (one) => one === status || one === `${(status / 100) | 0}xx`,
  );
  return isRetried ? retryStrategy.retryAdvice : never;
}

// Decides whether to retry a failed attempt, and when. Nothing here waits or sends.

/** The longest wait to accept by default, in milliseconds: two minutes. */
// prettier-ignore
// biome-ignore format: generated
export const MAX_REQUESTED_WAIT_MS = 120_000;

/**
 * Decides whether and when to retry, as in `nextDelay({ ...failure, retries })`. All times are whole
 * milliseconds.
 *
 * The wait grows with each retry, up to `maxDelayMs`. A random share of up to half of it is added,
 * never subtracted, because a retry that comes too early is wasted. If the headers, the body or the
 * advice (`afterMs`) ask for a wait, no wait is shorter than the longest of them, even beyond
 * `maxDelayMs`. If that is longer than `maxRequestedWaitMs`, give up.
 *
 * @param failed - the attempt that failed
 */
// prettier-ignore
// biome-ignore format: generated
export function nextDelay(failed) {
  const {
    retryAdvice,
    retries,
    bodyWaitMs,
    maxRequestedWaitMs = MAX_REQUESTED_WAIT_MS,
    random = random32(),
  } = failed;
  if (retryAdvice.kind === "never") return { giveUp: "permanent" };
  if (retries >= retryAdvice.retries) return { giveUp: "exhausted" };
  const { initialMs, maxDelayMs, factor } = retryAdvice;
  let grown = initialMs;
  for (let i = 0; i < retries && grown < maxDelayMs && factor > 1; i++) {
    grown *= factor;
  }
  grown = Math.min(grown, maxDelayMs);
  // Exact: a growing wait is at most an hour, so the product is below 2^53.
  const spread = Math.floor((random * Math.floor(grown / 2)) / 0x1_0000_0000);
  const requestedMs = Math.max(
    parseRetryAfter(failed.headers, failed.nowMs) ?? -1,
    bodyWaitMs ?? -1,
    retryAdvice.kind === "after" ? retryAdvice.afterMs : -1,
  );
  if (requestedMs < 0) return { waitMs: Math.min(maxDelayMs, grown + spread) };
  if (requestedMs > maxRequestedWaitMs) {
    return { giveUp: "wait_too_long", requestedMs };
  }
  return { waitMs: Math.max(requestedMs, grown) + spread };
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
 * in every attempt, or a `detect` that gives the advice `{ kind: "never" }`. Retry in one layer only: a
 * client below this one that retries by itself multiplies the attempts.
 *
 * `fetch` gets `init` as it is, in every attempt. The body of a `Request`, and a body that is a
 * `ReadableStream`, are kept in memory for the next attempt. Other streams can't be sent again: an
 * error response is then the last one.
 *
 * Errors are the responses that `detect` says are: by default, those with a status of 400 or above. If a request
 * gets no response (no network, an aborted signal), the promise rejects as with `fetch`, without a
 * retry.
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
    detect = detectByStatus,
    maxRequestedWaitMs = MAX_REQUESTED_WAIT_MS,
    onRetry,
    fetch: given = fetch,
    sleep: wait = sleep,
    random = random32,
    now = Date.now,
  } = options;
  const send = given;
  const own = init;
  const { signal = input.signal } = own ?? {};
  let kept = [input, init];
  for (let attempts = 1; ; attempts++) {
    const parts = kept.map(split);
    kept = parts.map(([, later]) => later);
    const response = await send(parts[0]?.[0], parts[1]?.[0]);
    const failure = await detect(response);
    if (failure === undefined) return { response, attempts };
    const { headers } = response;
    const { giveUp, requestedMs, waitMs } = nextDelay({
      ...failure,
      retries: attempts - 1,
      headers,
      // Leaves room for the random share: the whole wait must fit a timer.
      maxRequestedWaitMs: Math.min(maxRequestedWaitMs, 2_000_000_000),
      random: random(),
      nowMs: ownTimeMs(headers, now()),
    });
    const outcome = { response, attempts, failure };
    if (giveUp === "wait_too_long") {
      return { ...outcome, gaveUp: giveUp, requestedMs };
    }
    if (giveUp !== undefined) return { ...outcome, gaveUp: giveUp };
    if (isSentOnce(own)) return { ...outcome, gaveUp: "body_used" };
    onRetry?.({ attempt: attempts, waitMs, response, failure });
    void discard(response);
    await wait(waitMs, signal);
  }
}

/** From status 400 on, the status decides. */
// prettier-ignore
// biome-ignore format: generated
function detectByStatus({ status }) {
  return status < 400
    ? undefined
    : { retryAdvice: retryAdviceForStatus(status) };
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
 * @returns undefined if the headers ask for no wait, or for one that can't be read; 0 is a valid wait
 */
// prettier-ignore
// biome-ignore format: generated
export function parseRetryAfter(
  headers,
  nowMs = ownTimeMs(headers, Date.now()),
) {
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
// prettier-ignore
// biome-ignore format: generated
function ownTimeMs(headers, nowMs) {
  return dateMs(header(headers, "date"), nowMs) ?? nowMs;
}

/** The value of a header without surrounding spaces and tabs; empty if it is missing. */
// prettier-ignore
// biome-ignore format: generated
function header(headers, name) {
  if (typeof headers?.get === "function") return fieldValue(headers.get(name));
  for (const [key, value] of Object.entries(headers ?? {})) {
    if (key.toLowerCase() === name) {
      return fieldValue(value);
    }
  }
  return "";
}

/** Several fields of one name are joined by `, `. If all are equal, they count as one. */
// prettier-ignore
// biome-ignore format: generated
function fieldValue(fields) {
  const joined = Array.isArray(fields) ? fields.join(", ") : fields;
  const value = String(joined ?? "").replace(/^[ \t]+|[ \t]+$/g, "");
  return /^(.+?)(?:, \1)+$/.exec(value)?.[1] ?? value;
}

/**
 * A decimal number times 10^`power`, rounded up; undefined if the text isn't one. Shifts the digits,
 * because a float would round them.
 */
// prettier-ignore
// biome-ignore format: generated
function decimal(text, power) {
  const [, whole = "", fraction = ""] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === "") return undefined;
  const shifted = Number(whole + fraction.slice(0, power).padEnd(power, "0"));
  const rest = /[1-9]/.test(fraction.slice(power)) ? 1 : 0;
  return Math.min(shifted + rest, LONGEST_WAIT_MS);
}

/** An HTTP date in milliseconds since 1970; undefined for other text. `Date.parse` is too lenient. */
// prettier-ignore
// biome-ignore format: generated
function dateMs(text, nowMs) {
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

// The arguments of functions that send errors, and the response that they send.

/** Builds the response for one or several errors, with the headers that the catalog sets. */
// prettier-ignore
// biome-ignore format: generated
function respond(sender, errors, mediaType, call) {
  const { sent, init } = sentBy(call);
  const headers = new Headers({ "content-type": mediaType });
  const waits = sent.map(([key, params]) => {
    const { wait } = params ?? {};
    if (sender.shape.hasWait === true && isNumber(wait)) return wait;
    return afterMsOf(errors[key]) ?? -1;
  });
  const waitMs = init?.retryAfterMs ?? Math.max(...waits);
  if (waitMs >= 0) {
    // In whole seconds: RFC 9110, section 10.2.3.
    headers.set("retry-after", String(Math.ceil(waitMs / 1000)));
  }
  const own = new Headers(init?.headers);
  own.forEach((value, name) => {
    headers.set(name, value);
  });
  const status = init?.status ?? errors[sent[0]?.[0] ?? ""]?.status;
  const body = JSON.stringify(bodyOf(sender, call));
  return new Response(body, { ...init, status, headers });
}

// The classes of errors to throw: what those of all APIs share.

/** One line that is safe to log: which error it is, and what it means. */
// prettier-ignore
// biome-ignore format: generated
function messageOf({
  codeText,
  entry,
  name = "HTTP error",
  status,
  text = "unknown",
}) {
  return `${safeLine(codeText ?? name) ?? name}${status == null ? "" : ` (${status})`}: ${entry?.meaning ?? text}`;
}

/**
 * Whether a value is an instance of the class with this brand: a symbol that tells the class from
 * others, also in other copies of the package and in other realms.
 */
// prettier-ignore
// biome-ignore format: generated
function isBranded(value, brand) {
  return isObject(value) && Symbol.for(brand) in value;
}

// Builds the body of an error, as its shape says.

/** What is sent, and how. */
// prettier-ignore
// biome-ignore format: generated
function sentBy(call) {
  const [first, second, init] = call;
  return isString(first)
    ? { sent: [[first, second]], init }
    : { sent: first, init: second };
}

/** Builds the body of one error, or of several. */
// prettier-ignore
// biome-ignore format: generated
function bodyOf(sender, call) {
  const { sent, init } = sentBy(call);
  const [first = [""], ...others] = sent;
  // Of several errors, each has its own status. The response has one for all.
  const own = others.length === 0 ? init : { ...init, status: undefined };
  const elements = sent.map((error) => filler(sender, error, own));
  const fill = filler(sender, first, init);
  return built(sender.shape.body, { fill, elements }, false);
}

// prettier-ignore
// biome-ignore format: generated
function filler(
  { errors = {}, isKeyedByCode = false, values },
  [key, params],
  { status, retryAfterMs } = {},
) {
  const entry = errors[key];
  const fixed = memberOf(values, key);
  const fill = ({ is, param, type }) => {
    if (param !== undefined) {
      const content = memberOf(fixed, param);
      const value = memberOf(params, param);
      if (content !== undefined) return built(content, { fill }, false);
      return type === "s" || type === "ms"
        ? waitIn(type, value ?? retryAfterMs, entry)
        : value;
    }
    if (is === "code") return isKeyedByCode ? key : entry?.code;
    if (is !== "status") return is && entry?.[is];
    const number = status ?? entry?.status;
    return type === "status" ? number?.toString() : number;
  };
  return fill;
}

// prettier-ignore
// biome-ignore format: generated
function memberOf(object, key) {
  const isOwn = object != null && hasOwn(object, key);
  return isOwn ? object[key] : undefined;
}

/** A wait in its unit. Without one, the entry may say how long to wait. */
// prettier-ignore
// biome-ignore format: generated
function waitIn(unit, ms, entry) {
  const wait = ms ?? afterMsOf(entry);
  return unit === "s" && isNumber(wait) ? wait / 1000 : wait;
}

/** How long an error's advice says to wait before a retry. */
// prettier-ignore
// biome-ignore format: generated
function afterMsOf(entry) {
  const advice = entry?.retryAdvice;
  return advice?.kind === "after" ? advice.afterMs : undefined;
}

/** A value as it is sent. Undefined, if it is optional and nothing fills it. */
// prettier-ignore
// biome-ignore format: generated
function built(content, fills, isOptional) {
  if ("literal" in content) return content.literal;
  if ("of" in content) return builtList(content, fills, isOptional);
  if ("parts" in content) {
    const parts = content.parts.map((part) =>
      isString(part) ? part : fills.fill(part),
    );
    const isAbsent = isOptional && parts.some((part) => part == null);
    return isAbsent ? undefined : parts.map(asText).join("");
  }
  if (!("members" in content)) {
    return fills.fill(content) ?? (isOptional ? undefined : null);
  }
  const members = [];
  for (const { key, optional = false, ...member } of content.members) {
    const value = built(member, fills, isOptional || optional);
    if (value !== undefined) members.push([key, value]);
    else if (!optional) return undefined;
  }
  const isEmpty = members.length < Math.min(content.members.length, 1);
  return isOptional && isEmpty ? undefined : Object.fromEntries(members);
}

// prettier-ignore
// biome-ignore format: generated
function builtList({ of, param, isErrors = false }, fills, isOptional) {
  if (param === undefined) {
    const { fill, elements = [fill] } = fills;
    const list = (isErrors ? elements : [fill])
      .map((fill) => built(of, { fill }, isOptional))
      .filter((element) => element !== undefined);
    return list.length > 0 ? list : undefined;
  }
  const items = fills.fill({ param });
  if (!Array.isArray(items)) return isOptional ? undefined : [];
  return items.map((item) => {
    const isItem = "members" in of;
    const fill = (place) => {
      const { param } = place;
      if (param === undefined) return fills.fill(place);
      return isItem ? memberOf(item, param) : item;
    };
    return built(of, { fill }, false);
  });
}

/** A part of a text: text as it is, nothing for an absent value, anything else as JSON. */
// prettier-ignore
// biome-ignore format: generated
function asText(value) {
  if (isString(value)) return value;
  return value == null ? "" : JSON.stringify(value);
}

// Checks of single values.

// prettier-ignore
// biome-ignore format: generated
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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

/** Whether a value is a number that JSON can hold. */
// prettier-ignore
// biome-ignore format: generated
function isNumber(value) {
  return Number.isFinite(value);
}

// Reads a body (text, bytes or parsed JSON) as JSON. Every language reads the same text the same way.

/** Parses a body as JSON. A body that is already parsed is left alone. */
// prettier-ignore
// biome-ignore format: generated
function parsed(body) {
  const text = decoded(body);
  if (typeof text !== "string") {
    return { isJson: text !== undefined, value: text };
  }
  try {
    const value = JSON.parse(wellFormed(text));
    if (isWithinLimits(text)) return { isJson: true, value };
  } catch {
    // It isn't JSON.
  }
  return { isJson: false, value: text.trim() === "" ? undefined : text };
}

/** Decodes bytes, and removes the byte order mark (U+FEFF) that some servers send. */
// prettier-ignore
// biome-ignore format: generated
function decoded(body) {
  if (typeof body === "string") return body.replace(/^\uFEFF/, "");
  // Also a shared one, and one of another realm.
  const type = Object.prototype.toString.call(body);
  const isBuffer = type.endsWith("ArrayBuffer]");
  if (!isBuffer && !ArrayBuffer.isView(body)) return body;
  try {
    return new TextDecoder().decode(body);
  } catch {
    // The buffer is detached: its memory was transferred. Or the runtime has no decoder.
    return undefined;
  }
}

/** Replaces the escapes of lone surrogates, such as `\ud800`, by those of U+FFFD. */
// prettier-ignore
// biome-ignore format: generated
function wellFormed(json) {
  return json.replace(
    /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(u[dD][89a-fA-F][\da-fA-F]{2})|[^])/g,
    (escape, lone) => (lone === undefined ? escape : "\\ufffd"),
  );
}

/**
 * Whether JSON has at most 127 nested arrays and objects, and no number beyond the range of a double.
 * Looks at the text, because parsing drops a member that is there twice.
 */
// prettier-ignore
// biome-ignore format: generated
function isWithinLimits(json) {
  const outsideOfTexts = json.replace(/\\./g, "").replace(/"[^"]*"/g, "");
  const tokens = outsideOfTexts.match(/[[\]{}]|[-\d][-+.\deE]*/g) ?? [];
  let depth = 0;
  return tokens.every((token) => {
    if ("[{".includes(token)) depth++;
    if ("]}".includes(token)) depth--;
    return depth < 128 && Math.abs(Number(token)) !== Infinity;
  });
}

/**
 * What a text that isn't JSON says, as one line that is safe to print: without tags, control and
 * format characters, at most 100 characters long. Undefined if nothing is left.
 */
// prettier-ignore
// biome-ignore format: generated
function safeLine(text) {
  const line = text
    .replace(/<[^>]*>?/g, " ")
    .replace(
      /[\s\0-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/g,
      " ",
    )
    .trim();
  // A character is one or two code units.
  const start = Array.from(line.slice(0, 200)).slice(0, 100).join("").trim();
  return start === "" ? undefined : start;
}

// Follows the shape of a body: whether a body matches it, and what is at its placeholders.

/** Whether parsed JSON has the shape. Notes what is there in `found`, also if the shape is another. */
// prettier-ignore
// biome-ignore format: generated
function matches({ body, absent }, json, found = { params: {} }) {
  return follow(body, json, found, absent);
}

// prettier-ignore
// biome-ignore format: generated
function follow(content, value, found, absent = []) {
  if ("literal" in content) return isSame(content.literal, value);
  if ("parts" in content) return followText(content, value, found);
  if ("of" in content) return followList(content, value, found, absent);
  if (!("members" in content)) {
    note(content, value, found);
    return isOf(content.type, value);
  }
  if (!isObject(value)) return false;
  let isMatch = true;
  for (const member of content.members) {
    const own = hasOwn(value, member.key) ? value[member.key] : undefined;
    const isAbsent = own == null || absent.includes(own);
    if (member.optional === true && isAbsent) continue;
    if (!follow(member, own, found, absent)) isMatch = false;
  }
  return isMatch;
}

// prettier-ignore
// biome-ignore format: generated
function followList({ of, param, isErrors = false }, list, found, absent) {
  if (!Array.isArray(list)) return false;
  const errors = [];
  const items = [];
  let isMatch = true;
  for (const element of list) {
    // The values of an error are its own and those around the list.
    const own = { params: isErrors ? { ...found.params } : {} };
    if (!follow(of, element, own, absent)) isMatch = false;
    if (!("members" in of)) {
      items.push(...Object.values(own.params));
      if (own.code !== undefined) errors.push(own);
    } else if (isObject(element)) {
      items.push(own.params);
      errors.push(own);
    }
  }
  if (isErrors) {
    found.errors = errors;
    found.statusBefore = found.status;
  }
  if (param !== undefined) found.params[param] = items;
  return isMatch;
}

// prettier-ignore
// biome-ignore format: generated
function followText({ parts }, text, found) {
  if (!isString(text)) return false;
  const [slot, ...others] = parts.filter((part) => !isString(part));
  // Where one of several values ends, nobody can tell.
  if (slot === undefined || others.length > 0) return true;
  const at = parts.indexOf(slot);
  const before = literal(parts[at - 1]);
  const after = literal(parts[at + 1]);
  const length = text.length - before.length - after.length;
  if (length < 0 || !text.startsWith(before) || !text.endsWith(after)) {
    return false;
  }
  const inner = text.slice(before.length, before.length + length);
  const value = spelled(slot.type, inner);
  note(slot, value, found);
  return isOf(slot.type, value);
}

// prettier-ignore
// biome-ignore format: generated
function literal(part) {
  return isString(part) ? part : "";
}

/** Notes a value. Of several with one name, the first counts. */
// prettier-ignore
// biome-ignore format: generated
function note({ type, param, is, isRead }, value, found) {
  const read = readAs(type, value);
  if (read === undefined) return;
  if (param !== undefined && !hasOwn(found.params, param)) {
    found.params[param] = read;
  }
  if (isRead === true && read !== "") found.code = read;
  if (is !== "status") return;
  const status = Number(read);
  if (status >= 400 && status <= 599) found.status ??= status;
}

/** Whether a value is the literal. Numbers are compared by value. */
// prettier-ignore
// biome-ignore format: generated
function isSame(literal, value) {
  if (Array.isArray(literal)) return Array.isArray(value);
  return isObject(literal) ? isObject(value) : value === literal;
}

// Reads the body of a response from a clone: the response stays unread.

/**
 * The body of a response, as text or bytes. If it breaks off, it is what arrived. If it is longer than
 * `most` bytes, it is empty.
 */
// prettier-ignore
// biome-ignore format: generated
async function peeked(response, most) {
  const chunks = [];
  let length = 0;
  try {
    const clone = response.clone();
    const body = clone.body;
    if (body == null) {
      // React Native has no streams.
      const text = await clone.text();
      return text.length > most ? "" : text;
    }
    let limit = most;
    if (!("getReader" in body)) {
      // A clone gets no more than fits the buffer of its unread original, 16 KiB.
      limit = Math.min(most, 16_000);
      // If the connection breaks, node-fetch only tells the original, which nobody reads yet.
      response.body.on?.("error", () => body.destroy?.());
    }
    for await (const chunk of chunksOf(body)) {
      chunks.push(chunk);
      length += chunk.byteLength;
      if (length > limit) return "";
    }
  } catch {
    // The stream failed: use what arrived.
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
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

// Reads the errors of a surface in a body. Nothing here throws.

/** Reads an error. `status` is that of the response; undefined for an event in a stream. */
// prettier-ignore
// biome-ignore format: generated
function readFailure(reader, status, body, headers) {
  const { isJson, value } = parsed(body);
  const found = { params: {} };
  const isMatch = isJson && matches(reader.shape, value, found);
  const listed = (one, status) => {
    const key = reader.keyOf(one.code, status);
    // No key is empty.
    return { key, entry: reader.errors[key ?? ""] };
  };
  // The first error that the table lists speaks for the whole body.
  const list = found.errors ?? [];
  const known = list.find(
    (one) => listed(one, one.status ?? status ?? found.status).entry,
  );
  const main = known ?? list[0] ?? found;
  // The status of an event is in the body, in the order of the body, or else in the table.
  const sent = status ?? found.statusBefore ?? main.status ?? found.status;
  const statusOfAll = sent ?? listed(main, sent).entry?.status;
  const errorOf = (one) => {
    const status = (one === found ? undefined : one.status) ?? statusOfAll;
    const { key, entry } = listed(one, status);
    const retryAdvice = entry?.retryAdvice ?? retryAdviceForStatus(status ?? 0);
    return {
      ...reader.idOf(key, entry && one.code),
      status,
      codeText: one.code?.toString(),
      entry,
      retryAdvice,
      retryable: retryAdvice.kind !== "never",
      params: { ...found.params, ...one.params },
    };
  };
  const first = errorOf(main);
  const errors = reader.shape.hasErrors === true ? list.map(errorOf) : [first];
  const [{ retryAdvice, retryable } = first] = [...errors].sort(byWait);
  const { wait } = first.params;
  return {
    ...first,
    surface: reader.surface,
    status: statusOfAll,
    retryAdvice,
    retryable,
    matches: isMatch,
    errors,
    bodyWaitMs: reader.shape.hasWait === true ? wait : undefined,
    text: !isJson && isString(value) ? safeLine(value) : undefined,
    body: value,
    headers,
  };
}

/** Reads a response that may be an error or not. Below 400, a body must look like one. */
// prettier-ignore
// biome-ignore format: generated
function detectFailure(reader, status, body, headers) {
  const failure = readFailure(reader, status, body, headers);
  const { codeText, entry } = failure;
  const hasCode =
    codeText !== undefined &&
    (entry !== undefined || reader.shape.hasLiteral === true);
  return status >= 400 || (failure.matches && hasCode) ? failure : undefined;
}

/** The order of errors: first those that must not be retried, then those with the longest wait. */
// prettier-ignore
// biome-ignore format: generated
function byWait(one, other) {
  const [first, longest] = waitsOf(one);
  const [otherFirst, otherLongest] = waitsOf(other);
  return otherFirst - first || otherLongest - longest;
}

/** The wait before the first retry, and the longest one. A `never` is longer than any. */
// prettier-ignore
// biome-ignore format: generated
function waitsOf({ retryAdvice: advice }) {
  if (advice.kind === "never") return [Number.MAX_VALUE, 0];
  const afterMs = advice.kind === "after" ? advice.afterMs : 0;
  return [Math.max(afterMs, advice.initialMs), advice.maxDelayMs];
}

// Reads the error in a response of the Fetch API.

/** Reads an error from a response, which uses up its body, or from a status and a body. Never rejects. */
// prettier-ignore
// biome-ignore format: generated
function readFrom(reader, from, body) {
  if (typeof from === "number") return readFailure(reader, from, body);
  const { status, headers } = from;
  return (
    from
      .text()
      // A body that was read before, or that breaks off, is empty.
      .catch(() => "")
      .then((text) => readFailure(reader, status, text, headers))
  );
}

/** Reads a response, or a status and a body, that may be an error or not. */
// prettier-ignore
// biome-ignore format: generated
function detectIn(reader, from, body) {
  return typeof from === "number"
    ? detectFailure(reader, from, body)
    : detectResponse(reader, from);
}

/**
 * Reads a response that may be an error or not from a clone: it stays unread. Below 400, it is an
 * error if its status may be one, and its body is small JSON that says so. Other bodies stay untouched.
 */
// prettier-ignore
// biome-ignore format: generated
async function detectResponse(reader, response) {
  const { status, headers } = response;
  let most = 1_000_000;
  if (status < 400) {
    most = 65_536;
    const isJson = /^[^;]*[/+]json[ \t]*(?:;|$)/i.test(
      header(headers, "content-type"),
    );
    const isLarge = Number(header(headers, "content-length")) > most;
    const isListed = reader.lowStatuses?.includes(status) === true;
    if (!isListed || !isJson || isLarge) return undefined;
  }
  const body = await peeked(response, most);
  return detectFailure(reader, status, body, headers);
}

// The values of placeholders: which JSON has their type, and what is read from it.

/** Whether a value has the type. */
// prettier-ignore
// biome-ignore format: generated
function isOf(type, value) {
  switch (type) {
    case "text":
      return isString(value);
    case "integer":
      return Number.isInteger(value);
    case "number":
      return isNumber(value);
    case "boolean":
      return typeof value === "boolean";
    case "any":
      return value !== undefined;
    case "status":
      return isString(value) && THREE_DIGITS.test(value);
    default:
      return isNumber(value) && value >= 0;
  }
}

/**
 * What is read from a value; undefined for nothing. That is less than what has the type, because an
 * integer can be too long, and more: servers confuse integers and text.
 */
// prettier-ignore
// biome-ignore format: generated
function readAs(type, value) {
  switch (type) {
    case "any":
      return value;
    case "boolean":
      return typeof value === "boolean" ? value : undefined;
    case "integer":
      return integer(value);
    case "number":
      return isNumber(value) ? value : integer(value);
    case "s":
    case "ms":
      return waitMs(isNumber(value) ? value : integer(value), type);
    default: {
      const text = isString(value) ? value : integer(value)?.toString();
      const isRead = type === "text" || THREE_DIGITS.test(text ?? "");
      return isRead ? text : undefined;
    }
  }
}

/** The value that a part of a text spells; the part itself if it spells none of the type. */
// prettier-ignore
// biome-ignore format: generated
function spelled(type, text) {
  if (type === "boolean" && /^(?:true|false)$/.test(text))
    return text === "true";
  // More digits would be infinity, which isn't an integer.
  if (type === "integer" && INTEGER.test(text))
    return Number(text.slice(0, 300));
  return type === "number" && NUMBER.test(text) ? Number(text) : text;
}

/** A number, or a text that is one, as an integer; undefined beyond the range of exact ones. */
// prettier-ignore
// biome-ignore format: generated
function integer(value) {
  const number = isString(value) && INTEGER.test(value) ? Number(value) : value;
  // Turns -0 into 0.
  return Number.isSafeInteger(number) ? number + 0 : undefined;
}

// prettier-ignore
// biome-ignore format: generated
function waitMs(wait, unit) {
  if (wait === undefined || wait < 0) return undefined;
  const ms = Math.ceil(unit === "s" ? wait * 1000 : wait);
  return Math.min(ms, LONGEST_WAIT_MS) + 0;
}

// prettier-ignore
// biome-ignore format: generated
const INTEGER = /^-?(?:0|[1-9]\d*)$/;
// prettier-ignore
// biome-ignore format: generated
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;
// prettier-ignore
// biome-ignore format: generated
const THREE_DIGITS = /^\d{3}$/;

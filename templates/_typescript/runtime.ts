// What follows is the same for every catalog.

// An error in a table, and an error as a client reads it.

/** What the catalog says about an error. */
// prettier-ignore
// biome-ignore format: generated
export interface ErrorEntry {
  /** The code, if it is a number. A text code is the key in the table. */
  readonly code?: number;
  /** The HTTP status that a server sends by default. */
  readonly status: number;
  /** Every HTTP status of the error; undefined if `status` is the only one. */
  readonly statuses?: readonly number[];
  /** What went wrong. */
  readonly meaning: string;
  /** What to do about it. */
  readonly fix: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** When and how often to retry. */
  readonly retry: Verdict;
  /** The groups that the error belongs to, if any. */
  readonly tags?: readonly string[];
  /** The version that first sent the error, if the catalog says it. */
  readonly since?: string;
  /** Since when the error is deprecated, what to use instead and why; undefined if it is not. */
  readonly deprecated?: {
    readonly since?: string;
    readonly use?: string;
    readonly note?: string;
  };
  /** The URL of the error's section in the docs, if the catalog gives their address. */
  readonly docs?: string;
}

/** An error response as a client reads it. No field depends on the wording of a message. */
// prettier-ignore
// biome-ignore format: generated
export interface Failure<Surface extends string, Code, Name, Entry, Values> {
  /** The id of the API whose error was read. */
  readonly surface: Surface;
  /** The HTTP status. For an error in an event stream, 0 if nothing in the event tells it. */
  readonly status: number;
  /** The code; undefined if this version of the package doesn't know it. */
  readonly code: Code;
  /** The code as it was sent, known or not; undefined if there was none. */
  readonly codeText: string | undefined;
  /** The error's key in the table, to `switch` on; undefined if the table doesn't list it. */
  readonly name: Name;
  /** The error's entry in the table; undefined if the table doesn't list it. */
  readonly entry: Entry;
  /** When and how often to retry, from `entry`. Without an entry, the status decides. */
  readonly verdict: Verdict;
  /** Whether the body has the shape of this API's errors. False for an HTML page from a proxy. */
  readonly fits: boolean;
  /** The values in the body, without those that are null, of the wrong type or the text `None`. */
  readonly params: Partial<Values>;
  /** The body: parsed JSON, or the text if it isn't JSON; undefined if it is empty. */
  readonly body: unknown;
}

// Decides whether and when to retry. Nothing here waits or sends.

/**
 * Retry advice.
 *
 * - `never`: don't retry.
 * - `backoff`: retry with growing waits.
 * - `after`: the same, but no wait is shorter than `afterMs`, in milliseconds.
 */
// prettier-ignore
// biome-ignore format: generated
export type Verdict =
  | { readonly kind: "never" }
  | ({ readonly kind: "backoff" } & Backoff)
  | ({ readonly kind: "after"; readonly afterMs: number } & Backoff);

/** Growing waits. A random share is added to each. */
// prettier-ignore
// biome-ignore format: generated
export interface Backoff {
  /** The wait before the first retry, in milliseconds. */
  readonly initialMs: number;
  /** The longest wait, in milliseconds, unless the server or `afterMs` asks for more. */
  readonly maxMs: number;
  /** What each wait is multiplied by to get the next. */
  readonly factor: number;
  /** The number of retries after the first attempt. */
  readonly retries: number;
}

/**
 * Why a request isn't retried.
 *
 * - `permanent`: the same request can't succeed.
 * - `exhausted`: all retries are used up.
 * - `wait_too_long`: the server or the advice asks for a longer wait than the caller accepts.
 */
// prettier-ignore
// biome-ignore format: generated
export type StopReason = "permanent" | "exhausted" | "wait_too_long";

/**
 * What to do after an error: `wait` so many milliseconds and retry, or `stop`. `askedMs` is the
 * wait that was too long, in milliseconds.
 */
// prettier-ignore
// biome-ignore format: generated
export type Decision =
  | {
      readonly wait: number;
      readonly stop?: undefined;
      readonly askedMs?: undefined;
    }
  | {
      readonly stop: "permanent" | "exhausted";
      readonly wait?: undefined;
      readonly askedMs?: undefined;
    }
  | {
      readonly stop: "wait_too_long";
      readonly askedMs: number;
      readonly wait?: undefined;
    };

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
  verdict: Verdict,
  retry: number,
  random: number,
  hintMs?: number | null,
  limitMs: number = WAIT_LIMIT_MS,
): Decision {
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
export function* delays(
  verdict: Verdict,
  random: () => number = random32,
  limitMs: number = WAIT_LIMIT_MS,
): Generator<number, void, undefined> {
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
export function fallbackVerdict(status: number): Verdict {
  const isRetried = retryStrategy.statuses.some(
    // A status, or a class such as `5xx`.
    (one: number | string) =>
      one === status || one === `${(status / 100) | 0}xx`,
  );
  return isRetried ? retryStrategy.retry : { kind: "never" };
}

// prettier-ignore
// biome-ignore format: generated
function random32(): number {
  return Math.floor(Math.random() * 0x1_0000_0000);
}

// `fetch` with retries, as the catalog advises.

// prettier-ignore
// biome-ignore format: generated
declare const fetch: unknown;

// prettier-ignore
// biome-ignore format: generated
declare const setTimeout: (callback: () => void, ms: number) => unknown;

// prettier-ignore
// biome-ignore format: generated
declare const clearTimeout: (timer: unknown) => void;

/** Options for `fetchWithRetry`. Tests can replace the clock, the random numbers and the wait. */
// prettier-ignore
// biome-ignore format: generated
export interface RetryOptions<Send extends FetchLike = WebFetch> {
  /**
   * Returns the retry advice for an error response. If it returns undefined, the status decides.
   * For a call that must not run twice, return `{ kind: "never" }`. To read the body, read a clone
   * of the response.
   */
  readonly verdict?: (
    response: ResponseOf<Send>,
  ) => Verdict | undefined | PromiseLike<Verdict | undefined>;
  /** The longest wait to accept from a server or a table, in milliseconds. Default: two minutes. */
  readonly limitMs?: number;
  /** Called before each wait. If it throws, `fetchWithRetry` rejects with that error. */
  readonly onRetry?: (retry: RetryNotice<ResponseOf<Send>>) => void;
  /**
   * Sends a request: a wrapper, or the `fetch` of a library such as undici or node-fetch. It is
   * called with `input` and `init`. Default: the global `fetch`.
   */
  readonly fetch?: Send;
  /** Waits for a number of milliseconds. Default: `sleep`. */
  readonly sleep?: (ms: number, signal?: SignalLike | null) => Promise<void>;
  /** Returns an integer from 0 to 2^32 - 1, for jitter. Default: `Math.random`, scaled. */
  readonly random?: () => number;
  /** Returns the time in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => number;
}

/** What `onRetry` is called with. */
// prettier-ignore
// biome-ignore format: generated
export interface RetryNotice<Response = ResponseOf<WebFetch>> {
  /** The number of requests sent so far. */
  readonly attempt: number;
  /** The wait before the retry, in milliseconds. */
  readonly waitMs: number;
  /** The wait that the server asked for, in milliseconds; null if it didn't ask for one. */
  readonly hintMs: number | null;
  /** The retry advice for the response. */
  readonly verdict: Verdict;
  /** The error response. Its body is discarded before the wait. */
  readonly response: Response;
}

/** What `fetchWithRetry` returns. */
// prettier-ignore
// biome-ignore format: generated
export interface RetryOutcome<Response = ResponseOf<WebFetch>> {
  /** The last response, unchanged and with its body unread. */
  readonly response: Response;
  /** The number of requests sent. */
  readonly attempts: number;
  /**
   * Why there was no further attempt; undefined if the response isn't an error. `body_used`: the
   * request's body is a stream that can be sent only once, such as a Node stream.
   */
  readonly stopped?: StopReason | "body_used";
  /** The wait that was too long, in milliseconds; undefined unless `stopped` is `wait_too_long`. */
  readonly askedMs?: number;
}

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
export async function fetchWithRetry<Send extends FetchLike = WebFetch>(
  input: InputOf<Send>,
  init?: InitOf<Send>,
  options: RetryOptions<Send> = {},
): Promise<RetryOutcome<ResponseOf<Send>>> {
  const {
    verdict: advise,
    limitMs = WAIT_LIMIT_MS,
    onRetry,
    fetch: given = fetch,
    sleep: wait = sleep,
    random = random32,
    now = Date.now,
  } = options;
  const send = given as (
    input: unknown,
    init: unknown,
  ) => Promise<ResponseOf<Send> & ResponseLike>;
  const own = init as Sendable | undefined;
  const { signal = (input as Sendable).signal } = own ?? {};
  // Leaves room for the random share: the whole wait must fit a timer.
  const limit = Math.min(limitMs, 2_000_000_000);
  let kept: readonly unknown[] = [input, init];
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

/** What matters here of an argument of `fetch`: of a `Request`, an `init` or, with no member, a URL. */
// prettier-ignore
// biome-ignore format: generated
interface Sendable {
  readonly body?: unknown;
  readonly signal?: SignalLike | null;
  clone?(): unknown;
}

/** A body that is a stream of the Fetch API, or one of Node. */
// prettier-ignore
// biome-ignore format: generated
interface Stream {
  tee?(): [unknown, unknown];
  cancel?(): unknown;
  resume?(): unknown;
}

/** Splits an argument of `fetch` into one to send and one to keep. Sending uses up some bodies. */
// prettier-ignore
// biome-ignore format: generated
function split(argument: unknown): readonly [now: unknown, later: unknown] {
  const sendable = argument as Sendable | null | undefined;
  const body = sendable?.body as Stream | null | undefined;
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
function isSentOnce(init: Sendable = {}): boolean {
  const { body } = init;
  if ("clone" in init || !isObject(body)) return false;
  return !("tee" in body) && ("pipe" in body || Symbol.asyncIterator in body);
}

/** Frees the connection of a response. Never rejects. */
// prettier-ignore
// biome-ignore format: generated
async function discard(response: object): Promise<void> {
  try {
    const { body } = response as { readonly body?: Stream | null };
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
export function sleep(ms: number, signal?: SignalLike | null): Promise<void> {
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
function reasonOf(signal: SignalLike | null | undefined): unknown {
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
export function serverWaitMs(
  headers: HeadersLike | null | undefined,
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

/** The time in the `Date` header, else `nowMs`. In milliseconds since 1970. */
// prettier-ignore
// biome-ignore format: generated
function ownTimeMs(
  headers: HeadersLike | null | undefined,
  nowMs: number,
): number {
  return dateMs(header(headers, "date"), nowMs) ?? nowMs;
}

/** The value of a header without surrounding spaces and tabs; empty if it is missing. */
// prettier-ignore
// biome-ignore format: generated
function header(headers: HeadersLike | null | undefined, name: string): string {
  if (typeof headers?.get === "function") return trimmed(headers.get(name));
  for (const [key, value] of Object.entries(headers ?? {})) {
    if (key.toLowerCase() === name) {
      return trimmed(value as string | readonly string[] | undefined);
    }
  }
  return "";
}

// prettier-ignore
// biome-ignore format: generated
function trimmed(value: string | readonly string[] | null | undefined): string {
  return String(value ?? "").replace(/^[ \t]+|[ \t]+$/g, "");
}

/**
 * A decimal number times 10^`power`, rounded up; null if the text isn't one. Shifts the digits,
 * because a float would round them.
 */
// prettier-ignore
// biome-ignore format: generated
function decimal(text: string, power: number): number | null {
  const [, whole = "", fraction = ""] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === "") return null;
  const shifted = Number(whole + fraction.slice(0, power).padEnd(power, "0"));
  const rest = /[1-9]/.test(fraction.slice(power)) ? 1 : 0;
  return Math.min(shifted + rest, LONGEST_WAIT_MS);
}

/** An HTTP date in milliseconds since 1970; null for other text. `Date.parse` is too lenient. */
// prettier-ignore
// biome-ignore format: generated
function dateMs(text: string, nowMs: number): number | null {
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

// prettier-ignore
// biome-ignore format: generated
declare const Headers: new (init?: ErrorInit["headers"]) => {
  set(name: string, value: string): void;
  forEach(callback: (value: string, name: string) => void): void;
};

// prettier-ignore
// biome-ignore format: generated
declare const Response: new (body: string, init: object) => WebResponse;

/** How to send an error. */
// prettier-ignore
// biome-ignore format: generated
export interface ErrorInit<Status extends number = number> {
  /** The HTTP status, if the error has several. Default: the first. */
  readonly status?: Status | undefined;
  /** The reason phrase, such as `Not Found`. */
  readonly statusText?: string;
  /** More headers. They replace those that the catalog sets. */
  readonly headers?:
    Iterable<readonly [string, string]> | Readonly<Record<string, string>>;
}

/** The HTTP statuses of an error in a table. */
// prettier-ignore
// biome-ignore format: generated
type StatusOf<Entry> = Entry extends {
  readonly statuses: readonly (infer Status extends number)[];
}
  ? Status
  : Entry extends { readonly status: infer Status extends number }
    ? Status
    : never;

/** Values to send: the `Needed` ones are required, the others optional. No others exist. */
// prettier-ignore
// biome-ignore format: generated
type With<Values, Needed extends keyof Values> = [keyof Values] extends [never]
  ? Record<string, never>
  : { readonly [Name in Needed]: Values[Name] } & {
      readonly [Name in keyof Values]?: Values[Name] | null | undefined;
    };

/** The arguments after the name of an error. If the error needs no values, they are optional. */
// prettier-ignore
// biome-ignore format: generated
type Rest<Params, Entry> =
  Record<string, never> extends Params
    ? [params?: Params, init?: ErrorInit<StatusOf<Entry>>]
    : [params: Params, init?: ErrorInit<StatusOf<Entry>>];

/** Builds the response for an error, with the headers that the catalog sets. */
// prettier-ignore
// biome-ignore format: generated
function respond(
  entry: ErrorEntry,
  body: unknown,
  mediaType: string,
  init: ErrorInit | undefined,
): WebResponse {
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
function present<Members extends object>(
  members: Members,
): { [Key in keyof Members]?: NonNullable<Members[Key]> } {
  const there = Object.entries(members).filter(([, value]) => value != null);
  return Object.fromEntries(there) as typeof members;
}

/** Returns the object; undefined if one of its members is undefined, or it has none. */
// prettier-ignore
// biome-ignore format: generated
function whole<Members extends object>(members: Members): Members | undefined {
  const values: unknown[] = Object.values(members);
  return values.length > 0 && !values.includes(undefined) ? members : undefined;
}

/** A list of one element; undefined if the element is undefined or null. */
// prettier-ignore
// biome-ignore format: generated
function listOf<Element>(element: Element): NonNullable<Element>[] | undefined {
  return element == null ? undefined : [element];
}

/** Joins values into one text; undefined if one of them is undefined or null. */
// prettier-ignore
// biome-ignore format: generated
function joined(...parts: readonly unknown[]): string | undefined {
  return parts.some((part) => part == null)
    ? undefined
    : parts.map(asText).join("");
}

/** A value as part of a text: text as it is, anything else as JSON. */
// prettier-ignore
// biome-ignore format: generated
function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

// The types of the Fetch API. `Response` and the arguments of `fetch` are those of the project that
// compiles this: a browser's, Node's, Bun's or a worker's. Everything else asks only for the members
// that it uses, so that a project without these types compiles too.

/** The headers of a response, or an object such as Node's. Names can be in any case. */
// prettier-ignore
// biome-ignore format: generated
export type HeadersLike =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** A response, of the Fetch API or of a library such as node-fetch. */
// prettier-ignore
// biome-ignore format: generated
export interface ResponseLike {
  readonly status: number;
  readonly headers: HeadersLike;
}

/** A response that can be read without using up its body. */
// prettier-ignore
// biome-ignore format: generated
export interface CloneableResponse {
  readonly status: number;
  readonly body?: unknown;
  clone(): { readonly body?: unknown; text(): Promise<string> };
}

/** An `AbortSignal`, also one that lacks newer members. */
// prettier-ignore
// biome-ignore format: generated
export interface SignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** A function that is called as `fetch` is. */
// prettier-ignore
// biome-ignore format: generated
export type FetchLike = (
  input: never,
  init: never,
) => PromiseLike<ResponseLike>;

/** The project's own `Response`. */
// prettier-ignore
// biome-ignore format: generated
export type WebResponse = typeof globalThis extends {
  readonly Response: { readonly prototype: infer Type };
}
  ? Type
  : ResponseLike;

/** The project's own `fetch`. Bun's has two signatures. */
// prettier-ignore
// biome-ignore format: generated
export type WebFetch = typeof globalThis extends {
  readonly fetch: {
    (input: infer Input, init: infer Init): unknown;
    (input: infer Input2, init: infer Init2): unknown;
  };
}
  ? (input: Input | Input2, init?: Init | Init2) => Promise<WebResponse>
  : typeof globalThis extends {
        readonly fetch: (input: infer Input, init: infer Init) => unknown;
      }
    ? (input: Input, init?: Init) => Promise<WebResponse>
    : (input: string, init?: object) => Promise<WebResponse>;

/** The first argument of a function like `fetch`. */
// prettier-ignore
// biome-ignore format: generated
export type InputOf<Send> = Send extends (input: infer Input) => unknown
  ? Input
  : Send extends (input: infer Input, init: never) => unknown
    ? Input
    : never;

/** The second argument of a function like `fetch`. */
// prettier-ignore
// biome-ignore format: generated
export type InitOf<Send> = Send extends (
  input: never,
  init: infer Init,
) => unknown
  ? Init
  : never;

/** The response of a function like `fetch`. */
// prettier-ignore
// biome-ignore format: generated
export type ResponseOf<Send> = Send extends (
  input: never,
  init: never,
) => PromiseLike<infer Response>
  ? Response
  : never;

// Checks of single values. The generated check of a body calls them.

// prettier-ignore
// biome-ignore format: generated
function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// prettier-ignore
// biome-ignore format: generated
function isListOf(
  value: unknown,
  check: (element: unknown) => boolean,
): boolean {
  return Array.isArray(value) && value.every((element) => check(element));
}

// prettier-ignore
// biome-ignore format: generated
function isAbsentOr(
  value: unknown,
  check: (value: unknown) => boolean,
): boolean {
  return value === undefined || value === null || check(value);
}

// prettier-ignore
// biome-ignore format: generated
function isPresent(value: unknown): boolean {
  return value !== undefined;
}

/** Whether an object has a member of its own. `Object.hasOwn` needs ES2022. */
// prettier-ignore
// biome-ignore format: generated
function hasOwn(object: object, key: PropertyKey): boolean {
  return Object.prototype.hasOwnProperty.call(object, key);
}

// prettier-ignore
// biome-ignore format: generated
function isString(value: unknown): value is string {
  return typeof value === "string";
}

// prettier-ignore
// biome-ignore format: generated
function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

// prettier-ignore
// biome-ignore format: generated
function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

// prettier-ignore
// biome-ignore format: generated
function isNull(value: unknown): value is null {
  return value === null;
}

// Reads a body (text, bytes or parsed JSON) and the values in it. Nothing here throws.

// prettier-ignore
// biome-ignore format: generated
declare const TextDecoder: new () => {
  decode(
    bytes?: ArrayBuffer | ArrayBufferView,
    options?: { readonly stream: boolean },
  ): string;
};

/**
 * Parses a body as JSON. Returns the text itself if it isn't JSON, undefined if it is empty. A body
 * that is already parsed is returned unchanged.
 */
// prettier-ignore
// biome-ignore format: generated
function parsed(body: unknown): unknown {
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
function decoded(body: unknown): unknown {
  if (typeof body === "string") return body.replace(/^\uFEFF/, "");
  const isBuffer = /^\[object (Shared)?ArrayBuffer\]$/.test(
    Object.prototype.toString.call(body),
  );
  if (!isBuffer && !ArrayBuffer.isView(body)) return body;
  try {
    return new TextDecoder().decode(body as ArrayBuffer);
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
async function peeked(response: CloneableResponse): Promise<string> {
  let text = "";
  try {
    const clone = response.clone();
    const body = clone.body as BodyStream | null | undefined;
    // React Native has no streams.
    if (body == null) return await clone.text();
    let left = 1_000_000;
    if (!("getReader" in body)) {
      // A clone gets no more than fits the buffer of its unread original, 16 KiB.
      left = 16_000;
      // If the connection breaks, node-fetch only tells the original, which nobody reads yet.
      (response.body as NodeStream).on?.("error", () => body.destroy?.());
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

/** A stream of the Fetch API, or one of Node, as node-fetch has. */
// prettier-ignore
// biome-ignore format: generated
type BodyStream =
  | {
      getReader(): {
        /** Without a value at the end. */
        read(): Promise<{ readonly value?: Uint8Array | undefined }>;
        cancel(): Promise<void>;
      };
    }
  | NodeStream;

// prettier-ignore
// biome-ignore format: generated
interface NodeStream extends AsyncIterable<Uint8Array> {
  on?(event: "error", listener: () => void): unknown;
  destroy?(): unknown;
}

// prettier-ignore
// biome-ignore format: generated
async function* chunksOf(
  body: BodyStream,
): AsyncGenerator<Uint8Array, void, undefined> {
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
function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    if (!hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

/** The text between a prefix and a suffix; undefined if either is missing. */
// prettier-ignore
// biome-ignore format: generated
function between(
  before: string,
  text: unknown,
  after: string,
): string | undefined {
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
function textOf(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "None" ? value : undefined;
}

/** The number that a text spells, if JavaScript writes it the same way; otherwise NaN. */
// prettier-ignore
// biome-ignore format: generated
function integer(text: string | undefined): number {
  const number = Number(text);
  return String(number) === text ? number : NaN;
}

/** The first of the values, numbers or text, that is an error status (400 to 599). */
// prettier-ignore
// biome-ignore format: generated
function eventStatus(...values: readonly unknown[]): number | undefined {
  const status = values
    .map(textOf)
    .find((text) => text !== undefined && /^[45]\d\d$/.test(text));
  return status === undefined ? undefined : Number(status);
}

/** The values found in a body. If a name has several places, the first valid value counts. */
// prettier-ignore
// biome-ignore format: generated
function given<Values extends object>(
  places: readonly (readonly [
    keyof Values,
    (value: unknown) => boolean,
    unknown,
  ])[],
): Partial<Values> {
  const values: Partial<Values> = {};
  for (const [name, isRight, value] of places) {
    const isAbsent = value === undefined || value === null || value === "None";
    if (isAbsent || !isRight(value) || hasOwn(values, name)) continue;
    values[name] = value as Values[typeof name];
  }
  return values;
}

// Not every catalog needs each of these.
// prettier-ignore
// biome-ignore format: generated
void [
  respond,
  present,
  whole,
  listOf,
  joined,
  asText,
  isListOf,
  isAbsentOr,
  isPresent,
  isNumber,
  isBoolean,
  isNull,
  parsed,
  peeked,
  at,
  between,
  textOf,
  integer,
  eventStatus,
  given,
];

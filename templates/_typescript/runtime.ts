// What follows is the same for every catalog.

// An error in a table, and an error as a client reads it.

/** What the catalog says about an error. */
// prettier-ignore
// biome-ignore format: generated
export interface ErrorEntry {
  /** The code, if it isn't the key in the table. */
  readonly code?: number | string;
  /** The HTTP status that a server sends by default. */
  readonly status: number;
  /** Every HTTP status of the error; undefined if `status` is the only one. */
  readonly statuses?: readonly number[];
  /** What went wrong. */
  readonly meaning: string;
  /** What to do about it; undefined if the catalog doesn't say. */
  readonly fix?: string | undefined;
  /** Whether the same request may succeed later; undefined if the catalog doesn't say. */
  readonly retryable?: boolean | undefined;
  /** Whether to retry, and how; undefined if the catalog doesn't say. Then the status decides. */
  readonly retryAdvice?: RetryAdvice | undefined;
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

/** `ErrorEntry`, under a name that no error in a namespace of entries can have. */
// prettier-ignore
// biome-ignore format: generated
type Entry_ = ErrorEntry;

/** One of the errors in a body, as a client reads it: of any API. */
// prettier-ignore
// biome-ignore format: generated
export interface ErrorInBody<Status = number | undefined> {
  /**
   * The HTTP status: of the error if the body gives one to each, else of the response. For an error in
   * an event stream, undefined if nothing in the event tells it.
   */
  readonly status: Status;
  /** The code as it was sent, known or not; undefined if there was none. */
  readonly codeText: string | undefined;
  /** The error's entry in the table; undefined if the table doesn't list it. */
  readonly entry: ErrorEntry | undefined;
  /** Whether to retry, and how: from `entry`. If that doesn't say, the status decides. */
  readonly retryAdvice: RetryAdvice;
  /** Whether the same request may succeed later: whether the advice is to retry. */
  readonly retryable: boolean;
  /** The values in the body, without those that are null or of the wrong type. */
  readonly params: object;
}

/** An error response as a client reads it: of any API. No field depends on the wording of a message. */
// prettier-ignore
// biome-ignore format: generated
export interface Failure<
  Status = number | undefined,
  Headers = ResponseHeaders | undefined,
> extends ErrorInBody<Status> {
  /** The id of the API that sent the error. */
  readonly surface: string;
  /** Whether the body has the shape of this API's errors. False for an HTML page from a proxy. */
  readonly matches: boolean;
  /** Each error in the body. */
  readonly errors: readonly ErrorInBody[];
  /** The wait that the body asks for, in milliseconds; undefined if it doesn't ask for one. */
  readonly bodyWaitMs: number | undefined;
  /** What a body that isn't JSON says, as one safe line; undefined if it says nothing. */
  readonly text: string | undefined;
  /** The body: parsed JSON, or the text if it isn't JSON; undefined if it is empty. */
  readonly body: unknown;
  /** The headers of the response; undefined if none was given to read. */
  readonly headers: Headers;
}

/** Values as they are read: each may be missing, also in the items of a list. */
// prettier-ignore
// biome-ignore format: generated
export type Read<Values> = {
  readonly [Name in keyof Values]?: ReadValue<Values[Name]>;
};

// prettier-ignore
// biome-ignore format: generated
type ReadValue<Value> = Value extends readonly (infer Item extends object)[]
  ? readonly Read<Item>[]
  : Exclude<Value, null | undefined>;

/** Whether an error belongs to a group. */
// prettier-ignore
// biome-ignore format: generated
function hasTag({ entry }: ErrorInBody, tag: string): boolean {
  return entry?.tags?.includes(tag) === true;
}

// Whether to retry, and how: what the catalog says about an error.

/**
 * Whether to retry, and how.
 *
 * - `never`: don't retry.
 * - `backoff`: retry with growing waits.
 * - `after`: the same, but no wait is shorter than `afterMs`, in milliseconds.
 */
// prettier-ignore
// biome-ignore format: generated
export type RetryAdvice =
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
  readonly maxDelayMs: number;
  /** What each wait is multiplied by to get the next. */
  readonly factor: number;
  /** The number of retries after the first attempt. */
  readonly retries: number;
}

/** How to retry errors that no table lists: those with these HTTP statuses, and no others. */
// prettier-ignore
// biome-ignore format: generated
export interface RetryStrategy {
  /** Statuses, or classes such as `5xx`. */
  readonly statuses: readonly (number | string)[];
  /** The advice for these statuses. */
  readonly retryAdvice: RetryAdvice;
}

/**
 * The retry advice for an error response by its status: for errors that no table lists, and those
 * that the catalog doesn't call retryable or not. The catalog's retry strategy says which statuses
 * to retry; without a strategy, the advice is always `never`.
 *
 * @param status - the HTTP status of the response
 */
// prettier-ignore
// biome-ignore format: generated
export function retryAdviceForStatus(status: number): RetryAdvice {
  const isRetried = retryStrategy.statuses.some(
    // A status, or a class such as `5xx`.
    (one: number | string) =>
      one === status || one === `${(status / 100) | 0}xx`,
  );
  return isRetried ? retryStrategy.retryAdvice : never;
}

// Decides whether to retry a failed attempt, and when. Nothing here waits or sends.

/** An attempt that failed: what decides whether there is another one. */
// prettier-ignore
// biome-ignore format: generated
export interface FailedAttempt {
  /** The retry advice for the error. */
  readonly retryAdvice: RetryAdvice;
  /** The number of retries so far: 0 after the first attempt. */
  readonly retries: number;
  /** The headers of the response. They may ask for a wait, as `Retry-After` does. */
  readonly headers?: HeadersLike | null | undefined;
  /** The wait that the body of the response asks for, in milliseconds. 0 is a wait. */
  readonly bodyWaitMs?: number | undefined;
  /** The longest wait to accept from a server or the advice, in milliseconds. Default: two minutes. */
  readonly maxRequestedWaitMs?: number | undefined;
  /** An integer from 0 to 2^32 - 1, which determines the random share. Default: a random one. */
  readonly random?: number | undefined;
  /**
   * The time to compare a date in `Retry-After` with, in milliseconds since 1970. Default: the
   * response's own `Date`, else `Date.now()`.
   */
  readonly nowMs?: number | undefined;
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
export type GiveUpReason = "permanent" | "exhausted" | "wait_too_long";

/**
 * What to do after an attempt that failed: retry after `waitMs`, or give up. `requestedMs` is the
 * wait that was too long. Both are in milliseconds.
 */
// prettier-ignore
// biome-ignore format: generated
export type NextDelay =
  | {
      readonly waitMs: number;
      readonly giveUp?: undefined;
      readonly requestedMs?: undefined;
    }
  | {
      readonly giveUp: "permanent" | "exhausted";
      readonly waitMs?: undefined;
      readonly requestedMs?: undefined;
    }
  | {
      readonly giveUp: "wait_too_long";
      readonly requestedMs: number;
      readonly waitMs?: undefined;
    };

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
export function nextDelay(failed: FailedAttempt): NextDelay {
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

/** What `fetchWithRetry` needs to know about an error. */
// prettier-ignore
// biome-ignore format: generated
export interface Retryable {
  /** Whether to retry, and how. */
  readonly retryAdvice: RetryAdvice;
  /** The wait that the body asks for, in milliseconds. The headers may ask for a longer one. */
  readonly bodyWaitMs?: number | undefined;
}

/** Options for `fetchWithRetry`. Tests can replace the clock, the random numbers and the wait. */
// prettier-ignore
// biome-ignore format: generated
export interface RetryOptions<
  Send extends FetchLike = WebFetch,
  Found extends Retryable | undefined = Retryable | undefined,
> {
  /**
   * Called for each response. Returns what went wrong, or undefined for a success. Pass a `detect…`
   * function of this package, or your own. If a call must not run twice, return the advice
   * `{ kind: "never" }`. To read the body, read a clone. Default: from status 400 on, the status decides.
   */
  readonly detect?: Detect<ResponseOf<Send>, Found>;
  /** The longest wait to accept from a server or a table, in milliseconds. Default: two minutes. */
  readonly maxRequestedWaitMs?: number;
  /** Called before each wait. If it throws, `fetchWithRetry` rejects with that error. */
  readonly onRetry?: (notice: RetryNotice<ResponseOf<Send>, Found>) => void;
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

/** Tells what went wrong, as the functions of the package do. */
// prettier-ignore
// biome-ignore format: generated
export type Detect<Response, Found> = (
  response: Response,
) => Found | PromiseLike<Found>;

/** What `onRetry` is called with. */
// prettier-ignore
// biome-ignore format: generated
export interface RetryNotice<
  Response = ResponseOf<WebFetch>,
  Found = Retryable | undefined,
> {
  /** The number of requests sent so far. */
  readonly attempt: number;
  /** The wait before the retry, in milliseconds. */
  readonly waitMs: number;
  /** The error response. Its body is discarded before the wait. */
  readonly response: Response;
  /** What went wrong. */
  readonly failure: NonNullable<Found>;
}

/** What `fetchWithRetry` returns. */
// prettier-ignore
// biome-ignore format: generated
export interface RetryOutcome<
  Response = ResponseOf<WebFetch>,
  Found = Retryable | undefined,
> {
  /** The last response, unchanged and with its body unread. */
  readonly response: Response;
  /** The number of requests sent. */
  readonly attempts: number;
  /** What went wrong; undefined if the response isn't an error. */
  readonly failure?: Found;
  /**
   * Why there was no further attempt; undefined if the response isn't an error. `body_used`: the
   * request's body is a stream that can be sent only once, such as a Node stream.
   */
  readonly gaveUp?: GiveUpReason | "body_used";
  /** The wait that was too long, in milliseconds; undefined unless `gaveUp` is `wait_too_long`. */
  readonly requestedMs?: number;
}

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
export async function fetchWithRetry<
  Send extends FetchLike = WebFetch,
  Found extends Retryable | undefined = Retryable | undefined,
>(
  input: InputOf<Send>,
  init?: InitOf<Send>,
  options: RetryOptions<Send, Found> = {},
): Promise<RetryOutcome<ResponseOf<Send>, Found>> {
  const {
    detect = detectByStatus as unknown as Detect<ResponseOf<Send>, Found>,
    maxRequestedWaitMs = MAX_REQUESTED_WAIT_MS,
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
  let kept: readonly unknown[] = [input, init];
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
function detectByStatus({ status }: ResponseLike): Retryable | undefined {
  return status < 400
    ? undefined
    : { retryAdvice: retryAdviceForStatus(status) };
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
 * @returns undefined if the headers ask for no wait, or for one that can't be read; 0 is a valid wait
 */
// prettier-ignore
// biome-ignore format: generated
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
  if (typeof headers?.get === "function") return fieldValue(headers.get(name));
  for (const [key, value] of Object.entries(headers ?? {})) {
    if (key.toLowerCase() === name) {
      return fieldValue(value as string | readonly string[] | undefined);
    }
  }
  return "";
}

/** Several fields of one name are joined by `, `. If all are equal, they count as one. */
// prettier-ignore
// biome-ignore format: generated
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
// prettier-ignore
// biome-ignore format: generated
function decimal(text: string, power: number): number | undefined {
  const [, whole = "", fraction = ""] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === "") return undefined;
  const shifted = Number(whole + fraction.slice(0, power).padEnd(power, "0"));
  const rest = /[1-9]/.test(fraction.slice(power)) ? 1 : 0;
  return Math.min(shifted + rest, LONGEST_WAIT_MS);
}

/** An HTTP date in milliseconds since 1970; undefined for other text. `Date.parse` is too lenient. */
// prettier-ignore
// biome-ignore format: generated
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

// The arguments of functions that send errors, and the response that they send.

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
  /**
   * When to retry, in milliseconds: sets `Retry-After`, and the wait in the body unless `params` do.
   * Default: what the catalog says.
   */
  readonly retryAfterMs?: number | undefined;
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

/** Values to send: the `Needed` ones are required, those in `Values` optional. No others exist. */
// prettier-ignore
// biome-ignore format: generated
type With<Values, Needed, Fixed = never> = Plain<
  AllOf<Needed> & {
    readonly [Name in Exclude<keyof Values, keyof AllOf<Needed> | Fixed>]?:
      Values[Name] | null | undefined;
  }
>;

/** What every type of a union asks for: that of one of several errors must have what each needs. */
// prettier-ignore
// biome-ignore format: generated
type AllOf<Union> = (
  Union extends unknown ? (all: Union) => void : never
) extends (all: infer All) => void
  ? All
  : never;

/** The type, if it has members; otherwise an object without any. */
// prettier-ignore
// biome-ignore format: generated
type Plain<Params> = [keyof Params] extends [never]
  ? Record<string, never>
  : Params;

/** `Params`, or undefined if the error needs no values. */
// prettier-ignore
// biome-ignore format: generated
type Given<Params> =
  Record<string, never> extends Params ? Params | undefined : Params;

/** How to send an error of a table. */
// prettier-ignore
// biome-ignore format: generated
type InitFor<Entry> = ErrorInit<StatusOf<Entry>>;

/** The name of an error, if it can be sent without values. */
// prettier-ignore
// biome-ignore format: generated
type Complete<Name, Params> =
  Record<string, never> extends Params ? Name : NeedsParams<Required<Params>>;

/** Stands where an error needs values, and none are given: compilers show which. */
// prettier-ignore
// biome-ignore format: generated
interface NeedsParams<Names> {
  readonly params: Names;
}

/** The names of the values that must be given. */
// prettier-ignore
// biome-ignore format: generated
type Required<Params> = {
  [Name in keyof Params]-?: object extends Pick<Params, Name> ? never : Name;
}[keyof Params];

/** One of several errors in a body: its name, and its values unless it needs none. */
// prettier-ignore
// biome-ignore format: generated
export type Sent<Name, Params> =
  Record<string, never> extends Params
    ? readonly [name: Name, params?: Params]
    : readonly [name: Name, params: Params];

/** Builds the response for one or several errors, with the headers that the catalog sets. */
// prettier-ignore
// biome-ignore format: generated
function respond(
  sender: Sender,
  errors: Table,
  mediaType: string,
  call: Call,
): WebResponse {
  const { sent, init } = sentBy(call);
  const headers = new Headers({ "content-type": mediaType });
  const waits = sent.map(([key, params]) => {
    const { wait } = (params ?? {}) as { readonly wait?: unknown };
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

// The types of the Fetch API. `Response` and the arguments of `fetch` are those of the project that
// compiles this: a browser's, Node's, Bun's or a worker's. Everything else asks only for the members
// that it uses, so that a project without these types compiles too.

/** The headers of a response, or an object such as Node's. Names can be in any case. */
// prettier-ignore
// biome-ignore format: generated
export type HeadersLike =
  | ResponseHeaders
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** A response, of the Fetch API or of a library such as node-fetch. */
// prettier-ignore
// biome-ignore format: generated
export interface ResponseLike {
  readonly status: number;
  readonly headers: HeadersLike;
}

/** The headers of a response of the Fetch API, or of a library such as node-fetch. */
// prettier-ignore
// biome-ignore format: generated
export interface ResponseHeaders {
  get(name: string): string | null;
}

/** A response that can be read. */
// prettier-ignore
// biome-ignore format: generated
export interface ReadableResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  text(): Promise<string>;
}

/** A response that can be read without using up its body. */
// prettier-ignore
// biome-ignore format: generated
export interface CloneableResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
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
}: Failure & { readonly name?: string }): string {
  return `${safeLine(codeText ?? name) ?? name}${status == null ? "" : ` (${status})`}: ${entry?.meaning ?? text}`;
}

/**
 * Whether a value is an instance of the class with this brand: a symbol that tells the class from
 * others, also in other copies of the package and in other realms.
 */
// prettier-ignore
// biome-ignore format: generated
function isBranded(value: unknown, brand: string): boolean {
  return isObject(value) && Symbol.for(brand) in value;
}

// Builds the body of an error, as its shape says.

/** What building bodies needs to know about a surface. */
// prettier-ignore
// biome-ignore format: generated
interface Sender {
  readonly shape: Shape;
  /** The table, if bodies hold something of it. */
  readonly errors?: Table;
  /** Whether the keys of the table are the codes. */
  readonly isKeyedByCode?: boolean;
  /** What placeholders always hold for an error, by its key. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, Content>>>>;
}

// prettier-ignore
// biome-ignore format: generated
type Table = Readonly<Record<string, ErrorEntry>>;

/** The arguments of a function that sends: one error or several, and how. */
// prettier-ignore
// biome-ignore format: generated
type Call =
  | readonly [key: string, params?: object | null | undefined, init?: ErrorInit]
  | readonly [errors: readonly SentOne[], init?: ErrorInit];

// prettier-ignore
// biome-ignore format: generated
type SentOne = readonly [key: string, params?: object | null | undefined];

/** What fills a place in a body: the value; undefined or null if there is none. */
// prettier-ignore
// biome-ignore format: generated
type Fill = (place: Partial<Slot>) => unknown;

/** What is sent, and how. */
// prettier-ignore
// biome-ignore format: generated
function sentBy(call: Call): {
  readonly sent: readonly SentOne[];
  readonly init: ErrorInit | undefined;
} {
  const [first, second, init] = call;
  return isString(first)
    ? { sent: [[first, second]], init }
    : { sent: first, init: second as ErrorInit | undefined };
}

/** Builds the body of one error, or of several. */
// prettier-ignore
// biome-ignore format: generated
function bodyOf(sender: Sender, call: Call): unknown {
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
  { errors = {}, isKeyedByCode = false, values }: Sender,
  [key, params]: SentOne,
  { status, retryAfterMs }: ErrorInit = {},
): Fill {
  const entry: ErrorEntry | undefined = errors[key];
  const fixed = memberOf(values, key) as object | undefined;
  const fill: Fill = ({ is, param, type }) => {
    if (param !== undefined) {
      const content = memberOf(fixed, param) as Content | undefined;
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
function memberOf(object: object | null | undefined, key: string): unknown {
  const isOwn = object != null && hasOwn(object, key);
  return isOwn ? (object as Readonly<Record<string, unknown>>)[key] : undefined;
}

/** A wait in its unit. Without one, the entry may say how long to wait. */
// prettier-ignore
// biome-ignore format: generated
function waitIn(
  unit: "s" | "ms",
  ms: unknown,
  entry: ErrorEntry | undefined,
): unknown {
  const wait = ms ?? afterMsOf(entry);
  return unit === "s" && isNumber(wait) ? wait / 1000 : wait;
}

/** How long an error's advice says to wait before a retry. */
// prettier-ignore
// biome-ignore format: generated
function afterMsOf(entry: ErrorEntry | undefined): number | undefined {
  const advice = entry?.retryAdvice;
  return advice?.kind === "after" ? advice.afterMs : undefined;
}

/** What fills the places of a body, and of each element in its list of errors. */
// prettier-ignore
// biome-ignore format: generated
interface Fills {
  readonly fill: Fill;
  readonly elements?: readonly Fill[];
}

/** A value as it is sent. Undefined, if it is optional and nothing fills it. */
// prettier-ignore
// biome-ignore format: generated
function built(content: Content, fills: Fills, isOptional: boolean): unknown {
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
  const members: [string, unknown][] = [];
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
function builtList(
  { of, param, isErrors = false }: ListContent,
  fills: Fills,
  isOptional: boolean,
): unknown {
  if (param === undefined) {
    const { fill, elements = [fill] } = fills;
    const list = (isErrors ? elements : [fill])
      .map((fill) => built(of, { fill }, isOptional))
      .filter((element) => element !== undefined);
    return list.length > 0 ? list : undefined;
  }
  const items = fills.fill({ param });
  if (!Array.isArray(items)) return isOptional ? undefined : [];
  return (items as readonly unknown[]).map((item) => {
    const isItem = "members" in of;
    const fill: Fill = (place) => {
      const { param } = place;
      if (param === undefined) return fills.fill(place);
      return isItem ? memberOf(item as object, param) : item;
    };
    return built(of, { fill }, false);
  });
}

/** A part of a text: text as it is, nothing for an absent value, anything else as JSON. */
// prettier-ignore
// biome-ignore format: generated
function asText(value: unknown): string {
  if (isString(value)) return value;
  return value == null ? "" : JSON.stringify(value);
}

// Checks of single values.

// prettier-ignore
// biome-ignore format: generated
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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

/** Whether a value is a number that JSON can hold. */
// prettier-ignore
// biome-ignore format: generated
function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

// Reads a body (text, bytes or parsed JSON) as JSON. Every language reads the same text the same way.

/** A body. `value` is JSON, or the text if it isn't JSON; undefined if it is empty. */
// prettier-ignore
// biome-ignore format: generated
interface Parsed {
  readonly isJson: boolean;
  readonly value: unknown;
}

// prettier-ignore
// biome-ignore format: generated
declare const TextDecoder: new () => {
  decode(bytes: ArrayBuffer | ArrayBufferView): string;
};

/** Parses a body as JSON. A body that is already parsed is left alone. */
// prettier-ignore
// biome-ignore format: generated
function parsed(body: unknown): Parsed {
  const text = decoded(body);
  if (typeof text !== "string") {
    return { isJson: text !== undefined, value: text };
  }
  try {
    const value: unknown = JSON.parse(wellFormed(text));
    if (isWithinLimits(text)) return { isJson: true, value };
  } catch {
    // It isn't JSON.
  }
  return { isJson: false, value: text.trim() === "" ? undefined : text };
}

/** Decodes bytes, and removes the byte order mark (U+FEFF) that some servers send. */
// prettier-ignore
// biome-ignore format: generated
function decoded(body: unknown): unknown {
  if (typeof body === "string") return body.replace(/^\uFEFF/, "");
  // Also a shared one, and one of another realm.
  const type = Object.prototype.toString.call(body);
  const isBuffer = type.endsWith("ArrayBuffer]");
  if (!isBuffer && !ArrayBuffer.isView(body)) return body;
  try {
    return new TextDecoder().decode(body as ArrayBuffer);
  } catch {
    // The buffer is detached: its memory was transferred. Or the runtime has no decoder.
    return undefined;
  }
}

/** Replaces the escapes of lone surrogates, such as `\ud800`, by those of U+FFFD. */
// prettier-ignore
// biome-ignore format: generated
function wellFormed(json: string): string {
  return json.replace(
    /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(u[dD][89a-fA-F][\da-fA-F]{2})|[^])/g,
    (escape: string, lone: string | undefined) =>
      lone === undefined ? escape : "\\ufffd",
  );
}

/**
 * Whether JSON has at most 127 nested arrays and objects, and no number beyond the range of a double.
 * Looks at the text, because parsing drops a member that is there twice.
 */
// prettier-ignore
// biome-ignore format: generated
function isWithinLimits(json: string): boolean {
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
function safeLine(text: string): string | undefined {
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

/** What a body holds, or an element of a list in it. */
// prettier-ignore
// biome-ignore format: generated
interface Findings {
  code?: string | number;
  /** The status in the body, if it is an error's. */
  status?: number;
  readonly params: Record<string, unknown>;
  /** The elements of the list of errors. */
  errors?: readonly Findings[];
  /** The status in the body, if it comes before the list of errors. */
  statusBefore?: number | undefined;
}

/** Whether parsed JSON has the shape. Notes what is there in `found`, also if the shape is another. */
// prettier-ignore
// biome-ignore format: generated
function matches(
  { body, absent }: Shape,
  json: unknown,
  found: Findings = { params: {} },
): boolean {
  return follow(body, json, found, absent);
}

// prettier-ignore
// biome-ignore format: generated
function follow(
  content: Content,
  value: unknown,
  found: Findings,
  absent: readonly unknown[] = [],
): boolean {
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
function followList(
  { of, param, isErrors = false }: ListContent,
  list: unknown,
  found: Findings,
  absent: readonly unknown[],
): boolean {
  if (!Array.isArray(list)) return false;
  const errors: Findings[] = [];
  const items: unknown[] = [];
  let isMatch = true;
  for (const element of list as readonly unknown[]) {
    // The values of an error are its own and those around the list.
    const own: Findings = { params: isErrors ? { ...found.params } : {} };
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
function followText({ parts }: Text, text: unknown, found: Findings): boolean {
  if (!isString(text)) return false;
  const [slot, ...others] = parts.filter(
    (part): part is Slot => !isString(part),
  );
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
function literal(part: string | Slot | undefined): string {
  return isString(part) ? part : "";
}

/** Notes a value. Of several with one name, the first counts. */
// prettier-ignore
// biome-ignore format: generated
function note(
  { type, param, is, isRead }: Slot,
  value: unknown,
  found: Findings,
) {
  const read = readAs(type, value);
  if (read === undefined) return;
  if (param !== undefined && !hasOwn(found.params, param)) {
    found.params[param] = read;
  }
  if (isRead === true && read !== "") found.code = read as string | number;
  if (is !== "status") return;
  const status = Number(read);
  if (status >= 400 && status <= 599) found.status ??= status;
}

/** Whether a value is the literal. Numbers are compared by value. */
// prettier-ignore
// biome-ignore format: generated
function isSame(literal: unknown, value: unknown): boolean {
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
async function peeked(
  response: CloneableResponse,
  most: number,
): Promise<string | Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const clone = response.clone();
    const body = clone.body as BodyStream | null | undefined;
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
      (response.body as NodeStream).on?.("error", () => body.destroy?.());
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

// Reads the errors of a surface in a body. Nothing here throws.

/** What reading needs to know about a surface. */
// prettier-ignore
// biome-ignore format: generated
interface Reader {
  readonly surface: string;
  readonly errors: Readonly<Record<string, ErrorEntry>>;
  readonly shape: Shape;
  /** The statuses below 400 that errors have too. */
  readonly lowStatuses?: readonly number[];
  /** The key in `errors`; undefined if this version doesn't know the error. */
  readonly keyOf: (
    code: number | string | undefined,
    status: number | undefined,
  ) => string | undefined;
  /** The fields that tell which error it is. */
  readonly idOf: (
    key: string | undefined,
    code: number | string | undefined,
  ) => object;
}

/** Reads an error. `status` is that of the response; undefined for an event in a stream. */
// prettier-ignore
// biome-ignore format: generated
function readFailure(
  reader: Reader,
  status: number | undefined,
  body: unknown,
  headers?: ResponseHeaders,
): Failure {
  const { isJson, value } = parsed(body);
  const found: Findings = { params: {} };
  const isMatch = isJson && matches(reader.shape, value, found);
  const listed = (one: Findings, status: number | undefined) => {
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

  const errorOf = (one: Findings): ErrorInBody => {
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
  const { wait } = first.params as { readonly wait?: number };
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
function detectFailure(
  reader: Reader,
  status: number,
  body: unknown,
  headers?: ResponseHeaders,
): Failure | undefined {
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
function byWait(one: ErrorInBody, other: ErrorInBody): number {
  const [first, longest] = waitsOf(one);
  const [otherFirst, otherLongest] = waitsOf(other);
  return otherFirst - first || otherLongest - longest;
}

/** The wait before the first retry, and the longest one. A `never` is longer than any. */
// prettier-ignore
// biome-ignore format: generated
function waitsOf({ retryAdvice: advice }: ErrorInBody): [number, number] {
  if (advice.kind === "never") return [Number.MAX_VALUE, 0];
  const afterMs = advice.kind === "after" ? advice.afterMs : 0;
  return [Math.max(afterMs, advice.initialMs), advice.maxDelayMs];
}

// Reads the error in a response of the Fetch API.

/** Reads an error from a response, which uses up its body, or from a status and a body. Never rejects. */
// prettier-ignore
// biome-ignore format: generated
function readFrom(
  reader: Reader,
  from: number | ReadableResponse,
  body: unknown,
): Failure | Promise<Failure> {
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
function detectIn(
  reader: Reader,
  from: number | CloneableResponse,
  body: unknown,
): Failure | undefined | Promise<Failure | undefined> {
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
async function detectResponse(
  reader: Reader,
  response: CloneableResponse,
): Promise<Failure | undefined> {
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

// The shape of a body as plain data, nested as the body is. Reading, checking and sending all follow it.

/** The shape of a surface's bodies. */
// prettier-ignore
// biome-ignore format: generated
interface Shape {
  readonly body: Content;
  /** The texts that, as the value of an optional member, mean that the member is absent. */
  readonly absent?: readonly string[];
  /** Whether a body has a list of errors. */
  readonly hasErrors?: boolean;
  /** Whether a literal that every error has tells errors from other bodies. */
  readonly hasLiteral?: boolean;
  /** Whether the param `wait` is the wait that an error asks for, in milliseconds. */
  readonly hasWait?: boolean;
}

/** A value in a body. */
// prettier-ignore
// biome-ignore format: generated
type Content = ObjectContent | ListContent | Text | Slot | Literal;

/** A member of an object. */
// prettier-ignore
// biome-ignore format: generated
type Member = Content & {
  readonly key: string;
  readonly optional?: boolean;
};

// prettier-ignore
// biome-ignore format: generated
interface ObjectContent {
  readonly members: readonly Member[];
}

/** A list, whose elements all have one shape. */
// prettier-ignore
// biome-ignore format: generated
interface ListContent {
  readonly of: Content;
  /** Whether each element is an error. */
  readonly isErrors?: boolean;
  /** The name of the list, if it is a param. */
  readonly param?: string;
}

/** A text with values in it. A reader takes out the value only if there is just one. */
// prettier-ignore
// biome-ignore format: generated
interface Text {
  readonly parts: readonly (string | Slot)[];
}

/** A value that a placeholder stands for. */
// prettier-ignore
// biome-ignore format: generated
interface Slot {
  readonly type: Type;
  /** The name of the param. */
  readonly param?: string;
  /** What fills it instead of a param. */
  readonly is?: "code" | "status" | "meaning" | "fix" | "docs";
  /** Whether this code, of several in a body, is the one that readers read. */
  readonly isRead?: boolean;
}

/** A value that is always the same. `{}` is any object, and `[]` any array. */
// prettier-ignore
// biome-ignore format: generated
interface Literal {
  readonly literal: unknown;
}

/** The type of a placeholder. A `status` is a text of three digits; `s` and `ms` are waits. */
// prettier-ignore
// biome-ignore format: generated
type Type =
  "text" | "integer" | "number" | "boolean" | "any" | "status" | "s" | "ms";

// The values of placeholders: which JSON has their type, and what is read from it.

/** Whether a value has the type. */
// prettier-ignore
// biome-ignore format: generated
function isOf(type: Type, value: unknown): boolean {
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
function readAs(type: Type, value: unknown): unknown {
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
function spelled(type: Type, text: string): unknown {
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
function integer(value: unknown): number | undefined {
  const number = isString(value) && INTEGER.test(value) ? Number(value) : value;
  // Turns -0 into 0.
  return Number.isSafeInteger(number) ? (number as number) + 0 : undefined;
}

// prettier-ignore
// biome-ignore format: generated
function waitMs(
  wait: number | undefined,
  unit: "s" | "ms",
): number | undefined {
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

// Not every catalog needs each of these.
// prettier-ignore
// biome-ignore format: generated
void [hasTag, respond, messageOf, isBranded, readFrom, detectIn];

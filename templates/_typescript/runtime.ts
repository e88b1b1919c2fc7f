// What follows is the same for every catalog.

// What the tables say of an error, and what a client reads of a response.

/** What the tables say of an error. */
export interface ErrorEntry {
  /** The code, where codes are numbers; else it is the key of the table. */
  readonly code?: number;
  /** The HTTP status it is sent with, unless a server picks another of `statuses`. */
  readonly status: number;
  /** Every HTTP status it is sent with, if there are several. */
  readonly statuses?: readonly number[];
  /** What went wrong. */
  readonly meaning: string;
  /** What to do about it. */
  readonly fix: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** When, and how often, to send the request again. */
  readonly retry: Verdict;
  /** The groups it belongs to. */
  readonly tags?: readonly string[];
  /** That it is no longer sent, since when, what replaced it and why. */
  readonly deprecated?: {
    readonly since?: string;
    readonly use?: string;
    readonly note?: string;
  };
  /** Where the docs describe it. */
  readonly docs?: string;
}

/** What a client knows of an error response. Nothing here depends on the wording of a message. */
export interface Failure<Surface extends string, Code, Name, Entry, Values> {
  /** The API it was read as an error of. */
  readonly surface: Surface;
  /** The HTTP status; of an error in an event stream 0, if nothing names one. */
  readonly status: number;
  /** The code, if this version of the package knows it. */
  readonly code: Code;
  /** The code as it was sent, known or not; undefined if none was. */
  readonly codeText: string | undefined;
  /** The key in the table of the API, if the table lists the error: what to `switch` on. */
  readonly name: Name;
  /** What the table says of it, if it lists it. */
  readonly entry: Entry;
  /** When, and how often, to send the request again: as `entry` says, else as the status says. */
  readonly verdict: Verdict;
  /** Whether the body has the shape of errors of the API: a proxy's page of HTML has not. */
  readonly fits: boolean;
  /** The values in the body. What is absent, null, of another type or the text `None` is left out. */
  readonly params: Partial<Values>;
  /** The body: parsed JSON; the text, if it is no JSON; undefined, if it is empty. */
  readonly body: unknown;
}

// Whether to send a request again, and when. Nothing here waits or sends.

/**
 * How to retry: never, with waits that grow, or with such waits that are no shorter than a time of
 * the error's own (`afterMs`, in milliseconds).
 */
export type Verdict =
  | { readonly kind: "never" }
  | ({ readonly kind: "backoff" } & Backoff)
  | ({ readonly kind: "after"; readonly afterMs: number } & Backoff);

/** Waits that grow. Each has a random share on top. */
export interface Backoff {
  /** The wait before the first retry, in milliseconds. */
  readonly initialMs: number;
  /** The longest wait, in milliseconds, but for one that the server asks for. */
  readonly maxMs: number;
  /** What each wait is multiplied with to give the next. */
  readonly factor: number;
  /** How many retries there are after the first attempt. */
  readonly retries: number;
}

/**
 * Why a request is not sent again: it can never succeed; it was repeated often enough; or the wait
 * that was asked for is longer than the caller's limit.
 */
export type StopReason = "permanent" | "exhausted" | "wait_too_long";

/** What to do after an error: wait so many milliseconds and send the request again, or stop. */
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
 * The advice for an error response that no table lists.
 *
 * @param status - its HTTP status: `retryStrategy` says which are worth a retry; none, without it
 */
export function fallbackVerdict(status: number): Verdict {
  const isRetried = retryStrategy.statuses.some(
    // A status, or a class of them, such as `5xx`.
    (one: number | string) =>
      one === status || one === `${(status / 100) | 0}xx`,
  );
  return isRetried ? retryStrategy.retry : { kind: "never" };
}

function random32(): number {
  return Math.floor(Math.random() * 0x1_0000_0000);
}

// A loop around `fetch` that sends a request again as the advice says.

/** What `fetchWithRetry` may be told. Clock, randomness and waiting are the caller's to replace. */
export interface RetryOptions {
  /**
   * The advice for an error response: undefined leaves it to the status. It may read a clone of
   * the response, and may refuse: `{ kind: "never" }` is for a call that must not run twice.
   */
  readonly verdict?: (
    response: WebResponse,
  ) => Verdict | undefined | PromiseLike<Verdict | undefined>;
  /** The longest wait to accept from a server or a table, in milliseconds: two minutes by default. */
  readonly limitMs?: number;
  /** Is told of each retry before the wait. What it throws ends the retries. */
  readonly onRetry?: (retry: RetryNotice) => void;
  /** Sends a request: the global `fetch` by default. */
  readonly fetch?: (request: WebRequest) => Promise<WebResponse>;
  /** Waits: `sleep` by default. */
  readonly sleep?: (ms: number, signal?: WebSignal | null) => Promise<void>;
  /** A whole number from 0 to 2^32 - 1: `Math.random` by default, for jitter is no secret. */
  readonly random?: () => number;
  /** The time in milliseconds since 1970: `Date.now` by default. */
  readonly now?: () => number;
}

/** What an observer is told before a wait. */
export interface RetryNotice {
  /** How many requests were sent so far. */
  readonly attempt: number;
  /** How long the wait will be, in milliseconds. */
  readonly waitMs: number;
  /** The wait that the server asked for, in milliseconds; null if it asked for none. */
  readonly hintMs: number | null;
  /** The advice that was followed. */
  readonly verdict: Verdict;
  /** The error response. Its body is discarded before the wait. */
  readonly response: WebResponse;
}

/** What became of a request. */
export interface RetryOutcome {
  /** The last response, unchanged, its body unread. */
  readonly response: WebResponse;
  /** How many requests were sent. */
  readonly attempts: number;
  /** Why there was no further attempt; absent if the response is no error. */
  readonly stopped?: StopReason;
  /** The wait that was asked for and was too long, in milliseconds. */
  readonly askedMs?: number;
}

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
export async function fetchWithRetry(
  input: FetchInput,
  init?: FetchInit,
  options: RetryOptions = {},
): Promise<RetryOutcome> {
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
export function sleep(ms: number, signal?: WebSignal | null): Promise<void> {
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
function ownTimeMs(headers: HeadersLike, nowMs: number): number {
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

/** How an error is sent. */
export interface ErrorInit<Status extends number = number> {
  /** The status, if the error has several: the first one by default. */
  readonly status?: Status | undefined;
  /** The reason phrase. */
  readonly statusText?: string;
  /** Further headers, or others than those that the catalog knows. */
  readonly headers?:
    Iterable<readonly [string, string]> | Readonly<Record<string, string>>;
}

/** The statuses of an error of a table. */
type StatusOf<Entry> = Entry extends {
  readonly statuses: readonly (infer Status extends number)[];
}
  ? Status
  : Entry extends { readonly status: infer Status extends number }
    ? Status
    : never;

/** Values, some of which cannot be left out; others do not exist. */
type With<Values, Needed extends keyof Values> = [keyof Values] extends [never]
  ? Record<string, never>
  : { readonly [Name in Needed]: Values[Name] } & {
      readonly [Name in keyof Values]?: Values[Name] | null | undefined;
    };

/** What follows the name of an error: its values, which only an error without needs can leave out. */
type Rest<Params, Entry> =
  Record<string, never> extends Params
    ? [params?: Params, init?: ErrorInit<StatusOf<Entry>>]
    : [params: Params, init?: ErrorInit<StatusOf<Entry>>];

/** An error as a response, with the headers that the catalog knows. */
function respond(
  entry: ErrorEntry,
  body: unknown,
  mediaType: string,
  init: ErrorInit | undefined,
): WebResponse {
  const headers = new Headers({ "content-type": mediaType });
  const { retry } = entry;
  if (retry.kind === "after") {
    // RFC 9110, section 10.2.3: whole seconds.
    headers.set("retry-after", String(Math.ceil(retry.afterMs / 1000)));
  }
  const own = new Headers(init?.headers as Record<string, string>);
  own.forEach((value, name) => {
    headers.set(name, value);
  });
  const status = init?.status ?? entry.status;
  return new Response(JSON.stringify(body), { ...init, status, headers });
}

/** The members of an object that are neither undefined nor null. */
function present<Members extends object>(
  members: Members,
): { [Key in keyof Members]?: NonNullable<Members[Key]> } {
  const there = Object.entries(members).filter(([, value]) => value != null);
  return Object.fromEntries(there) as typeof members;
}

/** An object that has members; undefined instead of one that has none. */
function someOf<Members extends object>(members: Members): Members | undefined {
  return Object.keys(members).length > 0 ? members : undefined;
}

/** A list with an element; undefined if that is absent. */
function listOf<Element>(element: Element): NonNullable<Element>[] | undefined {
  return element == null ? undefined : [element];
}

/** Values as one text; undefined if one of them is absent. */
function joined(...parts: readonly unknown[]): string | undefined {
  return parts.some((part) => part == null)
    ? undefined
    : parts.map(asText).join("");
}

/** A value inside of a text: a text as it is, all else as JSON. */
function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

// The types of the Fetch API are those of the project that compiles this: a browser's, Node's, a
// worker's. A project that has none, and calls nothing that needs them, compiles too.

/** Headers: those of a `Response`, or an object with names in any case, such as Node's. */
export type HeadersLike =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>;

type Global<Name extends string, Otherwise> =
  typeof globalThis extends Record<Name, { readonly prototype: infer Type }>
    ? Type
    : Otherwise;

type WebResponse = Global<
  "Response",
  { readonly status: number; readonly headers: HeadersLike }
>;

type WebRequest = Global<"Request", { readonly url: string }>;

type WebSignal = Global<
  "AbortSignal",
  { readonly aborted: boolean; readonly reason: unknown }
>;

type FetchInput = typeof globalThis extends {
  readonly fetch: (input: infer Input) => unknown;
}
  ? Input
  : string | WebRequest;

type FetchInit = typeof globalThis extends {
  readonly fetch: (input: never, init?: infer Init) => unknown;
}
  ? Init
  : { readonly signal?: WebSignal | null };

// Checks of single values. The check of a body is made of them.

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isListOf(
  value: unknown,
  check: (element: unknown) => boolean,
): boolean {
  return Array.isArray(value) && value.every((element) => check(element));
}

function isAbsentOr(
  value: unknown,
  check: (value: unknown) => boolean,
): boolean {
  return value === undefined || value === null || check(value);
}

function isPresent(value: unknown): boolean {
  return value !== undefined;
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

function isNull(value: unknown): value is null {
  return value === null;
}

// Reading a body: from text, bytes or JSON to the values in it. Nothing here throws.

/** A body as JSON; the text itself if it is none; undefined if it is empty. Parsed ones stay as they are. */
function parsed(body: unknown): unknown {
  const text = decoded(body);
  if (typeof text !== "string") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text.trim() === "" ? undefined : text;
  }
}

/** Bytes as text, and a text without the mark that some servers put before it (U+FEFF). */
function decoded(body: unknown): unknown {
  if (typeof body === "string") return body.replace(/^\uFEFF/, "");
  const isBuffer = /^\[object (Shared)?ArrayBuffer\]$/.test(
    Object.prototype.toString.call(body),
  );
  if (!isBuffer && !ArrayBuffer.isView(body)) return body;
  try {
    return new TextDecoder().decode(body as ArrayBuffer);
  } catch {
    // The memory was handed to somebody else.
    return undefined;
  }
}

/** A response's body as text, while the response stays unread: up to where it broke, or a million bytes. */
async function peeked(response: WebResponse): Promise<string> {
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
function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    if (!Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

/** What stands between two parts of a text; undefined if they are not there. */
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

/** A text, or a number as text. The text `None` is what a Python server made of nothing. */
function textOf(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "None" ? value : undefined;
}

/** The integer that a text is, as JavaScript writes it. */
function integer(text: string | undefined): number {
  const number = Number(text);
  return String(number) === text ? number : NaN;
}

/** The status that an event stream names, as a number or as text: the first that is one of errors. */
function eventStatus(...values: readonly unknown[]): number | undefined {
  const status = values
    .map(textOf)
    .find((text) => text !== undefined && /^[45]\d\d$/.test(text));
  return status === undefined ? undefined : Number(status);
}

/** Of values that may stand in a body, those that do, the first of each name. */
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
    if (isAbsent || !isRight(value) || Object.hasOwn(values, name)) continue;
    values[name] = value as Values[typeof name];
  }
  return values;
}

// Not every catalog needs each of these.
void [
  respond,
  present,
  someOf,
  listOf,
  joined,
  asText,
  isObject,
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

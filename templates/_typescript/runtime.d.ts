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
export declare function retryAdviceForStatus(status: number): RetryAdvice;

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
export declare const MAX_REQUESTED_WAIT_MS = 120000;

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
export declare function nextDelay(failed: FailedAttempt): NextDelay;

// `fetch` with retries, as the catalog advises.

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
export declare function fetchWithRetry<
  Send extends FetchLike = WebFetch,
  Found extends Retryable | undefined = Retryable | undefined,
>(
  input: InputOf<Send>,
  init?: InitOf<Send>,
  options?: RetryOptions<Send, Found>,
): Promise<RetryOutcome<ResponseOf<Send>, Found>>;

/**
 * Waits, and leaves no timer or listener behind.
 *
 * @param ms - how long, in milliseconds; at most 2147483647, the longest wait of a timer
 * @param signal - ends the wait when it is aborted
 * @returns a promise that rejects with the signal's reason if the signal is aborted
 */
// prettier-ignore
// biome-ignore format: generated
export declare function sleep(
  ms: number,
  signal?: SignalLike | null,
): Promise<void>;

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
export declare function parseRetryAfter(
  headers: HeadersLike | null | undefined,
  nowMs?: number,
): number | undefined;

// The arguments of functions that send errors, and the response that they send.

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

// The shape of a body as plain data, nested as the body is. Reading, checking and sending all follow it.

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

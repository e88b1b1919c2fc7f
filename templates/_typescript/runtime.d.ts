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
export declare const WAIT_LIMIT_MS = 120000;

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
export declare function decide(
  verdict: Verdict,
  retry: number,
  random: number,
  hintMs?: number | null,
  limitMs?: number,
): Decision;

/**
 * The waits of one piece of advice, in milliseconds, one after the other until it says to stop:
 * for a library that retries by itself, such as p-retry.
 *
 * @param verdict - the advice
 * @param random - gives whole numbers from 0 to 2^32 - 1
 * @param limitMs - the longest wait to accept
 */
export declare function delays(
  verdict: Verdict,
  random?: () => number,
  limitMs?: number,
): Generator<number, void, undefined>;

/**
 * The advice for an error response that no table lists.
 *
 * @param status - its HTTP status: `retryStrategy` says which are worth a retry; none, without it
 */
export declare function fallbackVerdict(status: number): Verdict;

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
export declare function fetchWithRetry(
  input: FetchInput,
  init?: FetchInit,
  options?: RetryOptions,
): Promise<RetryOutcome>;

/**
 * Waits, and leaves neither a timer nor a listener.
 *
 * @param ms - how long, in milliseconds
 * @param signal - ends the wait at once when it is aborted
 * @returns a promise that is rejected with the signal's reason when it is aborted
 */
export declare function sleep(
  ms: number,
  signal?: WebSignal | null,
): Promise<void>;

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
export declare function serverWaitMs(
  headers: HeadersLike,
  nowMs?: number,
): number | null;

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

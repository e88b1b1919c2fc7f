// `fetch` with retries, as the catalog advises.

import { isObject } from "./guards.ts";
import { LONGEST_WAIT_MS, ownTimeMs, serverWaitMs } from "./retry-after.ts";
import type { Advice, StopReason, Verdict } from "./verdict.ts";
import { WAIT_LIMIT_MS, decide, fallbackVerdict, random32 } from "./verdict.ts";
import type {
  FetchLike,
  InitOf,
  InputOf,
  ResponseLike,
  ResponseOf,
  SignalLike,
  WebFetch,
} from "./web.ts";

declare const fetch: unknown;
declare const setTimeout: (callback: () => void, ms: number) => unknown;
declare const clearTimeout: (timer: unknown) => void;

/** Options for `fetchWithRetry`. Tests can replace the clock, the random numbers and the wait. */
export interface RetryOptions<Send extends FetchLike = WebFetch> {
  /** Gives the retry advice for an error response. Default: the status decides. */
  readonly verdict?: Adviser<ResponseOf<Send>>;
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

/** Gives the retry advice for an error response, as the functions of the package do. */
export interface Adviser<Response = ResponseOf<WebFetch>> {
  /**
   * Called for each response with a status of 400 or above. If it returns undefined, the status
   * decides. For a call that must not run twice, return `{ kind: "never" }`. To read the body, read a
   * clone of the response.
   */
  (response: Response): Advice | undefined | PromiseLike<Advice | undefined>;
  /**
   * The statuses below 400 that errors have too. It is called for these as well, and returns
   * undefined for a success.
   */
  readonly lowStatuses?: readonly number[];
}

/** What `onRetry` is called with. */
export interface RetryNotice<Response = ResponseOf<WebFetch>> {
  /** The number of requests sent so far. */
  readonly attempt: number;
  /** The wait before the retry, in milliseconds. */
  readonly waitMs: number;
  /**
   * The wait that the server asked for in a header or in the body, in milliseconds; null if it didn't
   * ask for one.
   */
  readonly hintMs: number | null;
  /** The retry advice for the response. */
  readonly verdict: Verdict;
  /** The error response. Its body is discarded before the wait. */
  readonly response: Response;
}

/** What `fetchWithRetry` returns. */
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
 * Responses with a status of 400 or above are errors, and those that `verdict` says are. If a request
 * gets no response (no network, an aborted signal), the promise rejects as with `fetch`, without a
 * retry.
 *
 * @param input - as for `fetch`
 * @param init - as for `fetch`; its `signal` also ends a wait
 * @param options - the retry advice, the longest wait to accept, an observer
 * @returns the last response, unread, and why there was no further attempt
 */
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
    const { status, headers } = response;
    const isSuccess = status < 400;
    if (isSuccess && advise?.lowStatuses?.includes(status) !== true) {
      return { response, attempts };
    }
    const advice = await advise?.(response);
    if (isSuccess && advice === undefined) return { response, attempts };
    const verdict = advice ?? fallbackVerdict(status);
    const headerMs = serverWaitMs(headers, ownTimeMs(headers, now()));
    const bodyMs = advice?.hintMs;
    const hintMs =
      bodyMs === undefined ? headerMs : Math.max(bodyMs, headerMs ?? 0);
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
interface Sendable {
  readonly body?: unknown;
  readonly signal?: SignalLike | null;
  clone?(): unknown;
}

/** A body that is a stream of the Fetch API, or one of Node. */
interface Stream {
  tee?(): [unknown, unknown];
  cancel?(): unknown;
  resume?(): unknown;
}

/** Splits an argument of `fetch` into one to send and one to keep. Sending uses up some bodies. */
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
function isSentOnce(init: Sendable = {}): boolean {
  const { body } = init;
  if ("clone" in init || !isObject(body)) return false;
  return !("tee" in body) && ("pipe" in body || Symbol.asyncIterator in body);
}

/** Frees the connection of a response. Never rejects. */
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
function reasonOf(signal: SignalLike | null | undefined): unknown {
  if (signal?.reason !== undefined) return signal.reason;
  const error = new Error("The operation was aborted.");
  error.name = "AbortError";
  return error;
}

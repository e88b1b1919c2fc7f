// `fetch` with retries, as the catalog advises.

import { isObject } from "./guards.ts";
import type { GiveUpReason } from "./next-delay.ts";
import { MAX_REQUESTED_WAIT_MS, nextDelay, random32 } from "./next-delay.ts";
import { LONGEST_WAIT_MS, ownTimeMs } from "./retry-after.ts";
import type { RetryAdvice } from "./retry-advice.ts";
import { retryAdviceForStatus } from "./retry-advice.ts";
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

/** What `fetchWithRetry` needs to know about an error. */
export interface Retryable {
  /** Whether to retry, and how. */
  readonly retryAdvice: RetryAdvice;
  /** The wait that the body asks for, in milliseconds. The headers may ask for a longer one. */
  readonly bodyWaitMs?: number | undefined;
}

/** Options for `fetchWithRetry`. Tests can replace the clock, the random numbers and the wait. */
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
export type Detect<Response, Found> = (
  response: Response,
) => Found | PromiseLike<Found>;

/** What `onRetry` is called with. */
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
function detectByStatus({ status }: ResponseLike): Retryable | undefined {
  return status < 400
    ? undefined
    : { retryAdvice: retryAdviceForStatus(status) };
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

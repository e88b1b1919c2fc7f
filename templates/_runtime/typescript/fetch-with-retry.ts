// `fetch` with retries, as the catalog advises.

import { LONGEST_WAIT_MS, ownTimeMs, serverWaitMs } from "./retry-after.ts";
import type { StopReason, Verdict } from "./verdict.ts";
import { WAIT_LIMIT_MS, decide, fallbackVerdict, random32 } from "./verdict.ts";
import type {
  FetchInit,
  FetchInput,
  WebRequest,
  WebResponse,
  WebSignal,
} from "./web.ts";

/** Options for `fetchWithRetry`. Tests can replace the clock, the random numbers and the wait. */
export interface RetryOptions {
  /**
   * Returns the retry advice for an error response. If it returns undefined, the status decides.
   * For a call that must not run twice, return `{ kind: "never" }`. To read the body, read a clone
   * of the response.
   */
  readonly verdict?: (
    response: WebResponse,
  ) => Verdict | undefined | PromiseLike<Verdict | undefined>;
  /** The longest wait to accept from a server or a table, in milliseconds. Default: two minutes. */
  readonly limitMs?: number;
  /** Called before each wait. If it throws, `fetchWithRetry` rejects with that error. */
  readonly onRetry?: (retry: RetryNotice) => void;
  /** Sends a request. Default: the global `fetch`. */
  readonly fetch?: (request: WebRequest) => Promise<WebResponse>;
  /** Waits for a number of milliseconds. Default: `sleep`. */
  readonly sleep?: (ms: number, signal?: WebSignal | null) => Promise<void>;
  /** Returns an integer from 0 to 2^32 - 1, for jitter. Default: `Math.random`, scaled. */
  readonly random?: () => number;
  /** Returns the time in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => number;
}

/** What `onRetry` is called with. */
export interface RetryNotice {
  /** The number of requests sent so far. */
  readonly attempt: number;
  /** The wait before the retry, in milliseconds. */
  readonly waitMs: number;
  /** The wait that the server asked for, in milliseconds; null if it didn't ask for one. */
  readonly hintMs: number | null;
  /** The retry advice for the response. */
  readonly verdict: Verdict;
  /** The error response. Its body is discarded before the wait. */
  readonly response: WebResponse;
}

/** What `fetchWithRetry` returns. */
export interface RetryOutcome {
  /** The last response, unchanged and with its body unread. */
  readonly response: WebResponse;
  /** The number of requests sent. */
  readonly attempts: number;
  /** Why there was no further attempt; undefined if the response isn't an error. */
  readonly stopped?: StopReason;
  /** The wait that was too long, in milliseconds; undefined unless `stopped` is `wait_too_long`. */
  readonly askedMs?: number;
}

/**
 * Sends a request, and retries it as the advice for its error responses says.
 *
 * A retry repeats the request. A call that must not run twice needs an idempotency key, the same
 * in every attempt, or a `verdict` that returns `{ kind: "never" }`. Retry in one layer only: a
 * client below this one that retries by itself multiplies the attempts. The body is kept in memory
 * for the next attempt, even if it is a stream.
 *
 * Only responses with a status of 400 or above are errors. If a request gets no response (no
 * network, an aborted signal), the promise rejects as with `fetch`, without a retry.
 *
 * @param input - as for `fetch`
 * @param init - as for `fetch`; its `signal` also ends a wait
 * @param options - the retry advice, the longest wait to accept, an observer
 * @returns the last response, unread, and why there was no further attempt
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
  // Leaves room for the random share: the whole wait must fit a timer.
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
    // Frees the connection. Not awaited, because it may never resolve while a clone is unread.
    response.body?.cancel().catch(() => {
      // The stream failed, or the caller is reading it.
    });
    await wait(waitMs, signal);
  }
}

/**
 * Waits, and leaves no timer or listener behind.
 *
 * @param ms - how long, in milliseconds; at most 2147483647, the longest wait of a timer
 * @param signal - ends the wait when it is aborted
 * @returns a promise that rejects with the signal's reason if the signal is aborted
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

// A loop around `fetch` that sends a request again as the advice says.

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

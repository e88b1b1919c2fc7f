// Whether to retry, and how: what the catalog says about an error.

import { never, retryStrategy } from "./catalog.ts";

/**
 * Whether to retry, and how.
 *
 * - `never`: don't retry.
 * - `backoff`: retry with growing waits.
 * - `after`: the same, but no wait is shorter than `afterMs`, in milliseconds.
 */
export type RetryAdvice =
  | { readonly kind: "never" }
  | ({ readonly kind: "backoff" } & Backoff)
  | ({ readonly kind: "after"; readonly afterMs: number } & Backoff);

/** Growing waits. A random share is added to each. */
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
export function retryAdviceForStatus(status: number): RetryAdvice {
  const isRetried = retryStrategy.statuses.some(
    // A status, or a class such as `5xx`.
    (one: number | string) =>
      one === status || one === `${(status / 100) | 0}xx`,
  );
  return isRetried ? retryStrategy.retryAdvice : never;
}

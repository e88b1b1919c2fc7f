// Decides whether to retry a failed attempt, and when. Nothing here waits or sends.

import type { RetryAdvice } from "./retry-advice.ts";
import { parseRetryAfter } from "./retry-after.ts";
import type { HeadersLike } from "./web.ts";

/** An attempt that failed: what decides whether there is another one. */
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
export type GiveUpReason = "permanent" | "exhausted" | "wait_too_long";

/**
 * What to do after an attempt that failed: retry after `waitMs`, or give up. `requestedMs` is the
 * wait that was too long. Both are in milliseconds.
 */
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

export function random32(): number {
  return Math.floor(Math.random() * 0x1_0000_0000);
}

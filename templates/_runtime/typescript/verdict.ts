// Decides whether and when to retry. Nothing here waits or sends.

import { retryStrategy } from "./catalog.ts";

/**
 * Retry advice.
 *
 * - `never`: don't retry.
 * - `backoff`: retry with growing waits.
 * - `after`: the same, but no wait is shorter than `afterMs`, in milliseconds.
 */
export type Verdict =
  | { readonly kind: "never" }
  | ({ readonly kind: "backoff" } & Backoff)
  | ({ readonly kind: "after"; readonly afterMs: number } & Backoff);

/** Retry advice for a response. */
export type Advice = Verdict & {
  /** The wait that its body asks for, in milliseconds. `Retry-After` may ask for a longer one. */
  readonly hintMs?: number;
};

/** Growing waits. A random share is added to each. */
export interface Backoff {
  /** The wait before the first retry, in milliseconds. */
  readonly initialMs: number;
  /** The longest wait, in milliseconds, unless the server or `afterMs` asks for more. */
  readonly maxMs: number;
  /** What each wait is multiplied by to get the next. */
  readonly factor: number;
  /** The number of retries after the first attempt. */
  readonly retries: number;
}

/**
 * Why a request isn't retried.
 *
 * - `permanent`: the same request can't succeed.
 * - `exhausted`: all retries are used up.
 * - `wait_too_long`: the server or the advice asks for a longer wait than the caller accepts.
 */
export type StopReason = "permanent" | "exhausted" | "wait_too_long";

/**
 * What to do after an error: `wait` so many milliseconds and retry, or `stop`. `askedMs` is the
 * wait that was too long, in milliseconds.
 */
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

/** The longest wait to accept by default, in milliseconds: two minutes. */
export const WAIT_LIMIT_MS = 120_000;

/**
 * Decides whether and when to retry. A pure function. All times are whole milliseconds.
 *
 * The wait grows with each retry, up to `maxMs`. A random share of up to half of it is added, never
 * subtracted, because a retry that comes too early is wasted. If the server (`hintMs`) or the
 * advice (`afterMs`) asks for a wait, no wait is shorter, even beyond `maxMs`. If that is longer
 * than `limitMs`, the decision is to stop.
 *
 * @param verdict - the retry advice for the error
 * @param retry - the number of retries so far: 0 before the first
 * @param random - an integer from 0 to 2^32 - 1, which determines the random share
 * @param hintMs - the wait that the server asked for; null or undefined if it didn't ask for one. 0
 * is a valid wait
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
  // Exact: a growing wait is at most an hour, so the product is below 2^53.
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
 * Yields the wait before each retry, in milliseconds, and ends when there are no more retries. For
 * libraries that retry by themselves, such as p-retry.
 *
 * @param verdict - the retry advice
 * @param random - returns integers from 0 to 2^32 - 1
 * @param limitMs - the longest wait to accept, in milliseconds
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
 * The retry advice for an error response by its status: for errors that no table lists, and those
 * that the catalog doesn't call retryable or not. The catalog's retry strategy says which statuses
 * to retry; without a strategy, the advice is always `never`.
 *
 * @param status - the HTTP status of the response
 */
export function fallbackVerdict(status: number): Verdict {
  const isRetried = retryStrategy.statuses.some(
    // A status, or a class such as `5xx`.
    (one: number | string) =>
      one === status || one === `${(status / 100) | 0}xx`,
  );
  return isRetried ? retryStrategy.retry : { kind: "never" };
}

export function random32(): number {
  return Math.floor(Math.random() * 0x1_0000_0000);
}

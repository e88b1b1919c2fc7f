// Whether to send a request again, and when. Nothing here waits or sends.

import { retryStrategy } from "./catalog.ts";

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

export function random32(): number {
  return Math.floor(Math.random() * 0x1_0000_0000);
}

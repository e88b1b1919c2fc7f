// What packages export of these modules. Their other exports are for one another, and for the code
// that templates write. `node tests/node/typescript-runtime.mjs` makes one text of all of them.

export type { ErrorEntry, Failure } from "./entry.ts";
export type { Backoff, Decision, StopReason, Verdict } from "./verdict.ts";
export { WAIT_LIMIT_MS, decide, delays, fallbackVerdict } from "./verdict.ts";
export type {
  RetryNotice,
  RetryOptions,
  RetryOutcome,
} from "./fetch-with-retry.ts";
export { fetchWithRetry, sleep } from "./fetch-with-retry.ts";
export { serverWaitMs } from "./retry-after.ts";
export type { ErrorInit } from "./send.ts";
export type { HeadersLike } from "./web.ts";

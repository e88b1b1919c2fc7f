// What packages export from these modules. Other exports are for the modules themselves and for the
// code that templates write. `node tests/node/typescript-runtime.mjs` joins the modules into one.

export type { ErrorEntry, ErrorInBody, Failure, Read } from "./entry.ts";
export type { Backoff, RetryAdvice, RetryStrategy } from "./retry-advice.ts";
export { retryAdviceForStatus } from "./retry-advice.ts";
export type { FailedAttempt, GiveUpReason, NextDelay } from "./next-delay.ts";
export { MAX_REQUESTED_WAIT_MS, nextDelay } from "./next-delay.ts";
export type {
  Detect,
  Retryable,
  RetryNotice,
  RetryOptions,
  RetryOutcome,
} from "./fetch-with-retry.ts";
export { fetchWithRetry, sleep } from "./fetch-with-retry.ts";
export { parseRetryAfter } from "./retry-after.ts";
export type { ErrorInit, Sent } from "./send.ts";
export type {
  CloneableResponse,
  FetchLike,
  HeadersLike,
  InitOf,
  InputOf,
  ReadableResponse,
  ResponseHeaders,
  ResponseLike,
  ResponseOf,
  SignalLike,
  WebFetch,
  WebResponse,
} from "./web.ts";

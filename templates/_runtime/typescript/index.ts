// What packages export from these modules. Other exports are for the modules themselves and for the
// code that templates write. `node tests/node/typescript-runtime.mjs` joins the modules into one.

export type { ErrorEntry, Failure, Read, ErrorInBody } from "./entry.ts";
export type {
  Advice,
  Backoff,
  Decision,
  StopReason,
  Verdict,
} from "./verdict.ts";
export { WAIT_LIMIT_MS, decide, delays, fallbackVerdict } from "./verdict.ts";
export type {
  Adviser,
  RetryNotice,
  RetryOptions,
  RetryOutcome,
} from "./fetch-with-retry.ts";
export { fetchWithRetry, sleep } from "./fetch-with-retry.ts";
export { serverWaitMs } from "./retry-after.ts";
export type { ErrorInit, Sent } from "./send.ts";
export type {
  CloneableResponse,
  FetchLike,
  HeadersLike,
  InitOf,
  InputOf,
  ResponseLike,
  ResponseOf,
  SignalLike,
  WebFetch,
  WebResponse,
} from "./web.ts";

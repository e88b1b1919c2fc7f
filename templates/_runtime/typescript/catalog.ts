// A sample of the code that templates write for a catalog, to compile and test these modules
// without one. The derived files leave it out.

import type { RetryAdvice, RetryStrategy } from "./retry-advice.ts";

export const never: RetryAdvice = { kind: "never" };

export const retryStrategy: RetryStrategy = {
  statuses: [429, "5xx"],
  retryAdvice: {
    kind: "backoff",
    initialMs: 1000,
    maxDelayMs: 30_000,
    factor: 2,
    retries: 6,
  },
};

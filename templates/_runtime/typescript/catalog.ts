// A sample of the code that templates write for a catalog, to compile and test these modules
// without one. The derived files leave it out.

import type { Verdict } from "./verdict.ts";

export const retryStrategy: {
  readonly statuses: readonly (number | string)[];
  readonly retry: Verdict;
} = {
  statuses: [429, "5xx"],
  retry: {
    kind: "backoff",
    initialMs: 1000,
    maxMs: 30_000,
    factor: 2,
    retries: 6,
  },
};

import pRetry from "p-retry";
import { isManagementApiError, managementOk, nextDelay, retryAdviceForStatus, sleep } from "@tensorloop/errors";

/** Calls `send` until it succeeds, or until the catalog says to give up. */
export function withRetries(send: () => Promise<Response>, signal?: AbortSignal): Promise<Response> {
  return pRetry(async () => managementOk(await send()), {
    signal,
    retries: Infinity, // the catalog says how many
    minTimeout: 0, // and how long to wait
    async shouldRetry({ error, attemptNumber }) {
      // Anything else, such as a request without a response, is retried like a 503.
      const failure = isManagementApiError(error) ? error.failure : { retryAdvice: retryAdviceForStatus(503) };
      const { waitMs } = nextDelay({ ...failure, retries: attemptNumber - 1 });
      if (waitMs === undefined) return false;
      await sleep(waitMs, signal);
      return true;
    },
  });
}

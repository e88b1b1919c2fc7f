import { QueryClient, queryOptions } from "@tanstack/react-query";
import { isManagementApiError, managementOk, nextDelay, retryAdviceForStatus } from "@tensorloop/errors";

/** The wait before the next attempt, or why to give up. */
function next(retries: number, error: Error) {
  // Anything else, such as a request without a response, is retried like a 503.
  const failure = isManagementApiError(error) ? error.failure : { retryAdvice: retryAdviceForStatus(503) };
  return nextDelay({ ...failure, retries });
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (retries, error) => next(retries, error).giveUp === undefined,
      retryDelay: (retries, error) => next(retries, error).waitMs ?? 0,
    },
  },
});

export const keysQuery = (url: string) =>
  queryOptions({
    queryKey: ["keys", url],
    queryFn: async ({ signal }) => {
      const response = await managementOk(await fetch(url, { signal }));
      return (await response.json()) as { alias: string }[];
    },
  });

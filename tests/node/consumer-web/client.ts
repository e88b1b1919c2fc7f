// A client that retries and throws, in the types of the project's own Fetch API.
import {
  type ManagementFailure,
  type Retryable,
  type RetryNotice,
  ManagementApiError,
  detectInferenceError,
  detectManagementError,
  fetchWithRetry,
  inferenceOk,
  isInferenceApiError,
  isManagementApiError,
  managementOk,
  nextDelay,
  readManagementError,
  sleep,
} from "@tensorloop/errors";

export async function ask(url: URL, signal: AbortSignal, seen: RetryNotice[]): Promise<Response> {
  const { response, failure } = await fetchWithRetry(
    url,
    { method: "POST", body: "{}", signal },
    { detect: detectInferenceError, onRetry: (notice) => seen.push(notice), maxRequestedWaitMs: 5000 },
  );
  if (failure?.name === "unauthorized") throw new Error(failure.entry.meaning, { cause: failure });
  return response;
}

export async function once(request: Request): Promise<string> {
  const detect = (response: Response): Retryable | undefined =>
    response.ok ? undefined : { retryAdvice: { kind: "never" } };
  const { response, attempts, gaveUp } = await fetchWithRetry(request, undefined, { detect });
  return `${response.status} ${attempts} ${gaveUp ?? "done"}`;
}

// A hook that knows more than the package: a budget that is used up does not come back in a minute.
export async function unlessBudget(response: Response): Promise<Retryable | undefined> {
  const failure = await detectManagementError(response);
  const isBudget = JSON.stringify(failure?.body).includes('"budget_exceeded"');
  return isBudget ? { retryAdvice: { kind: "never" } } : failure;
}

export async function byHand(response: Response, signal: AbortSignal): Promise<string | null> {
  const failure = await readManagementError(response);
  const read: ManagementFailure<number, Headers> = failure;
  for (let retries = 0; ; retries++) {
    const { giveUp, waitMs } = nextDelay({ ...failure, retries });
    if (giveUp !== undefined) return read.headers.get("x-request-id");
    await sleep(waitMs, signal);
  }
}

export async function thrown(url: string): Promise<Response> {
  try {
    const response: Response = await managementOk(await fetch(url));
    return await inferenceOk(response);
  } catch (error) {
    if (isInferenceApiError(error)) throw new TypeError(error.message, { cause: error.cause });
    if (!(error instanceof ManagementApiError)) throw error;
    // @ts-expect-error it may be any error of the API
    const known: "alias_taken" = error.failure.code;
    throw new ManagementApiError(error.failure, { cause: isManagementApiError(error) ? known : error });
  }
}

// A client that retries, in the types of the project's own Fetch API.
import {
  type RetryNotice,
  type Verdict,
  delays,
  fetchWithRetry,
  serverWaitMs,
  sleep,
  verdictOfInferenceError,
  verdictOfManagementError,
} from "@tensorloop/errors";

export async function ask(url: URL, signal: AbortSignal, seen: RetryNotice[]): Promise<Response> {
  const { response } = await fetchWithRetry(
    url,
    { method: "POST", body: "{}", signal },
    { verdict: verdictOfInferenceError, onRetry: (notice) => seen.push(notice), limitMs: 5000 },
  );
  return response;
}

export async function once(request: Request): Promise<string> {
  const never = (): Verdict => ({ kind: "never" });
  const { response, attempts, stopped } = await fetchWithRetry(request, undefined, { verdict: never });
  return `${response.status} ${attempts} ${stopped ?? "done"}`;
}

// A hook that knows more than the status: a budget that is used up does not come back in a minute.
export async function unlessBudget(response: Response): Promise<Verdict> {
  const text = await response.clone().text();
  return text.includes('"budget_exceeded"') ? { kind: "never" } : verdictOfManagementError(response);
}

export async function byHand(response: Response, signal: AbortSignal): Promise<void> {
  for (const ms of delays({ kind: "backoff", initialMs: 1, maxMs: 4, factor: 2, retries: 3 })) {
    await sleep(Math.max(ms, serverWaitMs(response.headers) ?? 0), signal);
  }
}

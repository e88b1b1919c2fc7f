// What a client knows of a response after each guard.
import {
  type AnyManagementCode,
  type ErrorEntry,
  type Verdict,
  inferenceErrorName,
  inferenceErrors,
  isInferenceError,
  isManagementCode,
  isManagementError,
  managementCode,
  managementErrors,
} from "@tensorloop/errors";

export function explainManagement(body: unknown): string {
  if (!isManagementError(body)) return "not an error of this API";
  const code: AnyManagementCode = body.error;
  const detail: string | null | undefined = body.detail;
  if (!isManagementCode(code)) return `a code newer than this package: ${code}`;
  const entry: ErrorEntry = managementErrors[code];
  const fix: string = entry.fix ?? entry.meaning;
  return detail == null ? fix : `${fix} [${detail}]`;
}

/** Filling in a fix, or `retryable`, changes no type. */
export const optional: {
  readonly fix: string | undefined;
  readonly retryable: boolean | undefined;
  readonly retry: Verdict | undefined;
} = managementErrors.alias_taken satisfies ErrorEntry;

export function explainInference(status: number, body: unknown): string {
  const name = inferenceErrorName(status);
  const message: string = isInferenceError(body) ? body.error.message : "";
  return name === undefined ? message : `${inferenceErrors[name].meaning}: ${message}`;
}

export function waitBeforeRetry(body: unknown): number | undefined {
  const code = managementCode(body);
  if (code === undefined) return undefined;
  const { retry } = managementErrors[code];
  if (retry === undefined || retry.kind === "never") return undefined;
  return retry.kind === "after" ? retry.afterMs : retry.initialMs;
}

// Values are known to the compiler one by one.
const status: 429 = managementErrors.rate_limited.status;
const statuses: readonly [502, 503] = inferenceErrors.upstream_down.statuses;
export const known: readonly number[] = [status, ...statuses];

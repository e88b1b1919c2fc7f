// What a client knows of a response after each guard.
import {
  type AnyManagementCode,
  type ErrorEntry,
  type RetryAdvice,
  inferenceErrorName,
  inferenceErrors,
  isInferenceErrorBody,
  isManagementCode,
  isManagementErrorBody,
  managementErrors,
  readManagementError,
} from "@tensorloop/errors";

export function explainManagement(body: unknown): string {
  if (!isManagementErrorBody(body)) return "not an error of this API";
  const code: AnyManagementCode = body.error;
  const detail: string | null | undefined = body.detail;
  if (!isManagementCode(code)) return `a code newer than this package: ${code}`;
  const entry: ErrorEntry = managementErrors[code];
  const fix: string = entry.fix ?? entry.meaning;
  return detail == null ? fix : `${fix} [${detail}]`;
}

/** Filling in a fix, or `retryable`, changes no type. */
export const optional: {
  readonly fix?: string | undefined;
  readonly retryable?: boolean | undefined;
  readonly retryAdvice?: RetryAdvice | undefined;
} = managementErrors.alias_taken satisfies ErrorEntry;

export function explainInference(status: number, body: unknown): string {
  const name = inferenceErrorName(status);
  const message: string = isInferenceErrorBody(body) ? body.error.message : "";
  return name === undefined ? message : `${inferenceErrors[name].meaning}: ${message}`;
}

export function waitBeforeRetry(body: unknown): number | undefined {
  const { entry } = readManagementError(400, body);
  const advice = entry?.retryAdvice;
  if (advice === undefined || advice.kind === "never") return undefined;
  return advice.kind === "after" ? advice.afterMs : advice.initialMs;
}

// Values are known to the compiler one by one.
const status: 429 = managementErrors.rate_limited.status;
const statuses: readonly [502, 503] = inferenceErrors.upstream_down.statuses;
export const known: readonly number[] = [status, ...statuses];

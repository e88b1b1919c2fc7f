// What was read of a response narrows: by the code of the error, by its name, by its group, by the API.
import {
  type InferenceFailure,
  type ManagementFailure,
  type RetryAdvice,
  isManagementPlanLimit,
  nextDelay,
  readInferenceError,
  readManagementError,
} from "@tensorloop/errors";

export function byCode(error: ManagementFailure): string {
  switch (error.code) {
    case "unauthorized":
    case "invalid_body":
    case "alias_taken":
    case "plan_limit_keys":
    case "plan_limit_budget":
    case "plan_limit_rpm":
    case "not_found":
    case "litellm_failed":
    case "internal":
      return error.entry.fix ?? error.entry.meaning;
    case "plan_limit_model": {
      const status: 403 = error.entry.status;
      const code: "plan_limit_model" = error.code;
      const model: string = error.params.detail ?? "the model";
      return `${model}: ${code} (${status})`;
    }
    case "rate_limited":
      return error.retryAdvice.kind === "after" ? `wait ${error.retryAdvice.afterMs} ms` : "wait";
    case undefined:
      return `unknown: ${error.codeText ?? error.status}`;
    default: {
      const never: never = error;
      return never;
    }
  }
}

// Without a case for what is not known, and all the same complete.
export function byName(error: InferenceFailure): number {
  if (error.name === undefined) return error.status ?? 0;
  switch (error.name) {
    case "too_many_requests": {
      const { retryAdvice } = error.entry;
      return retryAdvice?.kind === "backoff" ? retryAdvice.initialMs : 0;
    }
    default:
      return error.entry.status;
  }
}

export function byGroup(error: ManagementFailure): 403 | 429 | undefined {
  if (isManagementPlanLimit(error)) return error.entry.status;
  for (const one of error.errors) if (isManagementPlanLimit(one)) return one.entry.status;
  // @ts-expect-error those of the group are out
  if (error.code === "plan_limit_keys") return 403;
  return error.code === "rate_limited" ? error.entry.status : undefined;
}

export function byApi(error: ManagementFailure | InferenceFailure): string | undefined {
  return error.surface === "management" ? error.params.detail : error.params.message;
}

export function next(status: number, body: unknown, retries: number): number | string {
  const failure = readInferenceError(status, body);
  const advice: RetryAdvice = failure.retryAdvice;
  const next = nextDelay({ ...failure, retries, random: 0 });
  if (next.giveUp === undefined) return next.waitMs;
  return next.giveUp === "wait_too_long" ? `${next.requestedMs} ms` : `${next.giveUp} ${advice.kind}`;
}

export const read: { management: ManagementFailure; inference: InferenceFailure } = {
  management: readManagementError(403, '{"error": "plan_limit_model", "detail": "gpt-4o"}'),
  inference: readInferenceError(503, new Uint8Array()),
};

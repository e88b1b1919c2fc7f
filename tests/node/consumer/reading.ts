// What was read of a response narrows: by the name of the error, by its code, by the API.
import {
  type InferenceFailure,
  type ManagementFailure,
  type Verdict,
  decide,
  readInferenceError,
  readManagementError,
} from "@tensorloop/errors";

export function byName(error: ManagementFailure): string {
  switch (error.name) {
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
      return error.verdict.kind === "after" ? `wait ${error.verdict.afterMs} ms` : "wait";
    case undefined:
      return `unknown: ${error.codeText ?? error.status}`;
    default: {
      const never: never = error;
      return never;
    }
  }
}

// Without a case for what is not known, and all the same complete.
export function byCode(error: ManagementFailure): number {
  if (error.code === undefined) return error.status ?? 0;
  switch (error.code) {
    case "rate_limited":
      return error.entry.retry?.kind === "after" ? error.entry.retry.afterMs : 0;
    default:
      return error.entry.status;
  }
}

export function byApi(error: ManagementFailure | InferenceFailure): string | undefined {
  return error.surface === "management" ? error.params.detail : error.params.message;
}

export function next(status: number, body: unknown, retry: number): number | string {
  const { verdict }: { verdict: Verdict } = readInferenceError(status, body);
  const decision = decide(verdict, retry, 0);
  if (decision.stop === undefined) return decision.wait;
  return decision.stop === "wait_too_long" ? `${decision.askedMs} ms` : decision.stop;
}

export const read: { management: ManagementFailure; inference: InferenceFailure } = {
  management: readManagementError(403, '{"error": "plan_limit_model", "detail": "gpt-4o"}'),
  inference: readInferenceError(503, new Uint8Array()),
};

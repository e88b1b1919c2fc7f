// Every code of the management API gets its own answer: the compiler says which one is missing.
import type { ManagementCode } from "@tensorloop/errors";

export function answer(code: ManagementCode): string {
  switch (code) {
    case "unauthorized":
      return "Please sign in again.";
    case "invalid_body":
      return "Something in the form is not right.";
    case "alias_taken":
      return "You have a key of that name.";
    case "plan_limit_keys":
    case "plan_limit_budget":
    case "plan_limit_rpm":
    case "plan_limit_model":
      return "Your plan does not include that.";
    case "rate_limited":
      return "Please wait an hour.";
    case "litellm_failed":
    case "internal":
      return "Please try again.";
    case "not_found":
      return "There is no such key.";
    default: {
      const never: never = code;
      return never;
    }
  }
}

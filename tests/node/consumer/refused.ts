// What the compiler must refuse: each line fails to compile, or this file does.
import {
  type AnyManagementCode,
  type ManagementCode,
  isManagementError,
  managementErrors,
} from "@tensorloop/errors";

// @ts-expect-error a code that is not in the catalog
export const unknown: ManagementCode = "plan_limit_seats";
// A server may send one, so any text is a code that is known or not.
export const any: AnyManagementCode = "plan_limit_seats";

// @ts-expect-error the tables are constants
managementErrors.internal.status = 418;
// @ts-expect-error a code that is not in the catalog
export const row = managementErrors.plan_limit_seats;

export function read(body: unknown): string {
  // @ts-expect-error nothing is known of a body before a guard
  const before = body.error;
  if (!isManagementError(body)) return String(before);
  // @ts-expect-error a detail may be absent or null
  return body.detail.toUpperCase();
}

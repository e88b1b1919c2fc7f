// What the compiler must refuse: each line fails to compile, or this file does.
import {
  type AnyManagementCode,
  type ManagementCode,
  inferenceBody,
  isManagementPlanLimit,
  isManagementErrorBody,
  managementBody,
  managementErrors,
  managementResponse,
  readInferenceError,
  readManagementError,
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
  if (!isManagementErrorBody(body)) return String(before);
  // @ts-expect-error a detail may be absent or null
  return body.detail.toUpperCase();
}

// A server can't forget what an error needs, nor say what it lacks, nor make up an error.
export const sent = [
  managementBody("unauthorized"),
  managementBody("unauthorized", { detail: null }),
  managementBody("invalid_body", { detail: "alias: too long" }),
  inferenceBody("upstream_down", { message: "down" }, { status: 503 }),
  // @ts-expect-error the detail is missing
  managementBody("invalid_body"),
  // @ts-expect-error the detail is missing
  managementBody("invalid_body", {}),
  // @ts-expect-error the detail can't be absent
  managementBody("invalid_body", { detail: null }),
  // @ts-expect-error a detail is text
  managementBody("invalid_body", { detail: 1 }),
  // @ts-expect-error the body has no such member
  managementBody("invalid_body", { detail: "x", model: "y" }),
  // @ts-expect-error a code that is not in the catalog
  managementBody("plan_limit_seats"),
  // @ts-expect-error the message is missing
  inferenceBody("unauthorized"),
  // @ts-expect-error not a status of this error
  inferenceBody("upstream_down", { message: "down" }, { status: 500 }),
  // @ts-expect-error the one status that it has is another
  managementResponse("internal", {}, { status: 503 }),
];

export function sendAny(code: ManagementCode): void {
  // @ts-expect-error one of the codes needs a detail
  managementBody(code);
  managementBody(code, { detail: "for whichever needs it" });
}

export function known(body: unknown): number {
  const error = readManagementError(500, body);
  // @ts-expect-error nothing is known of an unknown error
  return error.entry.status;
}

export function group(body: unknown): boolean {
  // @ts-expect-error an error of another API
  if (isManagementPlanLimit(readInferenceError(403, body))) return true;
  const error = readManagementError(403, body);
  // @ts-expect-error the name says nothing more than the code
  if (error.name === undefined) return false;
  // @ts-expect-error an entry has no such field
  return Object.values(managementErrors).some((entry) => entry.nothing);
}

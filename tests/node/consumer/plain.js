// @ts-check
// A JavaScript client gets the same types, from the same package.
import {
  isManagementErrorBody,
  managementErrors,
  readManagementError,
  retryStrategy,
} from "@tensorloop/errors";

/**
 * @param {unknown} body
 * @returns {import("@tensorloop/errors").ManagementCode | undefined}
 */
export function codeOf(body) {
  return isManagementErrorBody(body) ? readManagementError(400, body).code : undefined;
}

/**
 * @param {number} status
 * @returns {boolean}
 */
export function mayRetry(status) {
  const statusClass = `${Math.floor(status / 100)}xx`;
  return retryStrategy.statuses.some((one) => one === status || one === statusClass);
}

// @ts-expect-error a code that is not in the catalog
export const missing = managementErrors.plan_limit_seats;

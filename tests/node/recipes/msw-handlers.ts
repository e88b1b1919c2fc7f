import { type RequestHandlerOptions, http } from "msw";
import { ManagementCode, managementResponse } from "@tensorloop/errors";

/** A value for each member that some error needs. */
const params = { detail: "made for a test" };

/** Answers every request with an error, or only the next one. */
export const failing = (code: ManagementCode, options?: RequestHandlerOptions) =>
  http.all("*/api/*", () => managementResponse(code, params), options);

export const everyCode = Object.values(ManagementCode);

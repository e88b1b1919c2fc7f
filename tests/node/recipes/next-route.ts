import { managementResponse } from "@tensorloop/errors";

const keys = new Set<string>();
let nextAt = 0;

export async function POST(request: Request): Promise<Response> {
  const body = (await request.json().catch(() => null)) as { alias?: unknown } | null;
  const alias = body?.alias;
  if (typeof alias !== "string") return managementResponse("invalid_body", { detail: "alias must be a string" });
  if (keys.has(alias)) return managementResponse("alias_taken");

  // One key a minute.
  const retryAfterMs = nextAt - Date.now();
  if (retryAfterMs > 0) return managementResponse("rate_limited", {}, { retryAfterMs });
  nextAt = Date.now() + 60_000;
  keys.add(alias);
  return Response.json({ alias }, { status: 201 });
}

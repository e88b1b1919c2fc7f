// Handlers of the Fetch API, as Next.js, Hono, Deno, Bun and workers have them.
import { inferenceResponse, managementResponse } from "@tensorloop/errors";

export async function POST(request: Request): Promise<Response> {
  const { model } = (await request.json()) as { model?: string };
  if (model === undefined) return managementResponse("invalid_body", { detail: "model: required" });
  if (model === "busy") return managementResponse("rate_limited");
  if (model === "down") {
    const headers = { "retry-after": "7", "x-upstream": "2" };
    return inferenceResponse("upstream_down", { message: "down" }, { status: 503, headers });
  }
  return managementResponse("plan_limit_model", { detail: model }, { headers: new Headers({ a: "b" }) });
}

import { Hono } from "hono";
import { managementResponse } from "@tensorloop/errors";

export const app = new Hono();
const keys = new Set<string>();

app.post("/api/keys", async (c) => {
  const body = (await c.req.json().catch(() => null)) as { alias?: unknown } | null;
  const alias = body?.alias;
  if (typeof alias !== "string") return managementResponse("invalid_body", { detail: "alias must be a string" });
  if (keys.has(alias)) return managementResponse("alias_taken");
  if (keys.size >= 2) return managementResponse("plan_limit_keys");
  keys.add(alias);
  return c.json({ alias }, 201);
});

app.notFound((c) => managementResponse("not_found", { detail: c.req.path }));

app.onError((error) => {
  console.error(error);
  return managementResponse("internal");
});

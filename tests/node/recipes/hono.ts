import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { managementErrors, managementResponse } from "@tensorloop/errors";

export const app = new Hono();
const keys = new Set<string>();

/** For any handler: throws where it can't return. */
function aString(value: unknown, name: string): string {
  if (typeof value === "string") return value;
  const res = managementResponse("invalid_body", { detail: `${name} must be a string` });
  throw new HTTPException(managementErrors.invalid_body.status, { res });
}

app.post("/api/keys", async (c) => {
  const body = (await c.req.json().catch(() => null)) as { alias?: unknown } | null;
  const alias = aString(body?.alias, "alias");
  if (keys.has(alias)) return managementResponse("alias_taken");
  if (keys.size >= 2) return managementResponse("plan_limit_keys");
  keys.add(alias);
  return c.json({ alias }, 201);
});

app.notFound((c) => managementResponse("not_found", { detail: c.req.path }));

app.onError((error) => {
  if (error instanceof HTTPException) return error.getResponse();
  console.error(error);
  return managementResponse("internal");
});

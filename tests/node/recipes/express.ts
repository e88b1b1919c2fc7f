import express, { type ErrorRequestHandler, type Response as ExpressResponse } from "express";
import { managementResponse } from "@tensorloop/errors";

export const app = express();
const keys = new Set<string>();

/** Sends a `Response` with its status, headers and body. */
async function send(res: ExpressResponse, response: Response): Promise<void> {
  res.status(response.status).setHeaders(response.headers).end(await response.text());
}

app.post("/api/keys", express.json(), async (req, res) => {
  const alias: unknown = req.body?.alias;
  if (typeof alias !== "string") {
    return send(res, managementResponse("invalid_body", { detail: "alias must be a string" }));
  }
  if (keys.has(alias)) return send(res, managementResponse("alias_taken"));
  if (keys.size >= 2) return send(res, managementResponse("plan_limit_keys"));
  keys.add(alias);
  res.status(201).json({ alias });
});

app.use((req, res) => send(res, managementResponse("not_found", { detail: req.path })));

const onError: ErrorRequestHandler = (error, _req, res, next) => {
  if (res.headersSent) return next(error);
  // Express says why it can't read a body, and that the client may know.
  if (error.expose) return send(res, managementResponse("invalid_body", { detail: error.message }));
  console.error(error);
  return send(res, managementResponse("internal"));
};
app.use(onError);

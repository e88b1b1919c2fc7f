import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { isManagementApiError } from "@tensorloop/errors";
import { createClient } from "./client.js";
import { everyCode, failing } from "./msw-handlers.js";

const server = setupServer(http.post("*/api/keys", () => HttpResponse.json({ alias: "ci" })));
before(() => server.listen());
afterEach(() => server.resetHandlers());
after(() => server.close());

// Tests don't wait.
const client = createClient("http://api.test", { sleep: async () => {} });

for (const code of everyCode) {
  test(`createKey throws ${code}`, async () => {
    server.use(failing(code));
    await assert.rejects(client.createKey("ci"), (error) => isManagementApiError(error) && error.failure.code === code);
  });
}

test("createKey survives a short outage", async () => {
  server.use(failing("litellm_failed", { once: true }));
  assert.deepEqual(await client.createKey("ci"), { alias: "ci" });
});

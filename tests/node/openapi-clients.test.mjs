// Clients that the npm generators make of the example document; those of other generators are in
// tests/ecosystem/clients. Never says itself what a caller sees: openapi-client-kit.mjs compares with
// docs/openapi.md.

import { join } from "node:path";
import { testClients } from "./openapi-client-kit.mjs";
import { installed } from "./openapi-kit.mjs";
import { tool } from "./support.mjs";

const versions = ["3.1.0", "3.0.3"];

testClients({
  client: `${installed("openapi-typescript")} with ${installed("openapi-fetch")}`,
  versions,
  generate: (host, folder) => tool("openapi-typescript", [host, "--output", join(folder, "types.ts")]),
  consumer: `
      import createClient from "openapi-fetch";
      import type { components, paths } from "./types.js";
      type Code = components["schemas"]["ManagementErrorCode"];
      const ask = (baseUrl: string) => createClient<paths>({ baseUrl }).GET("/keys");`,
});

testClients({
  client: installed("@hey-api/openapi-ts"),
  versions,
  generate: (host, folder) => tool("openapi-ts", ["--input", host, "--output", join(folder, "client")], folder),
  consumer: `
      import { listKeys, type ManagementErrorCode as Code } from "./client/index.js";
      const ask = (baseUrl: string) => listKeys({ baseUrl });`,
});

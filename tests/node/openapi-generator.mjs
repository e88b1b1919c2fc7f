// The clients that openapi-generator's typescript-fetch makes of the example document. Run by
// tests/ecosystem/clients, which makes them in $CLIENTS. Never says itself what a caller sees:
// openapi-client-kit.mjs compares with docs/openapi.md.

import { cpSync } from "node:fs";
import { join } from "node:path";
import { testClients } from "./openapi-client-kit.mjs";

const { CLIENTS, OPENAPI_GENERATOR } = process.env;

testClients({
  client: `openapi-generator ${OPENAPI_GENERATOR}, typescript-fetch`,
  versions: ["3.1.0"],
  generate: (_, folder, { codes }) => {
    cpSync(join(CLIENTS, `typescript-fetch-${codes}`), join(folder, "client"), { recursive: true });
  },
  consumer: `
      import { Configuration, KeysApi, ManagementErrorFromJSON, ResponseError } from "./client/index";
      import type { ManagementError } from "./client/index";
      type Code = ManagementError["error"];
      async function ask(basePath: string): Promise<{ error?: ManagementError }> {
        try {
          await new KeysApi(new Configuration({ basePath })).listKeys();
        } catch (error) {
          if (!(error instanceof ResponseError)) throw error;
          return { error: ManagementErrorFromJSON(await error.response.json()) };
        }
        return {};
      }`,
});

// The clients that openapi-generator's typescript-fetch makes of the example document. Run by
// tests/ecosystem/clients, which makes them in $CLIENTS. Never says itself what a caller sees:
// openapi-client-kit.mjs compares with docs/openapi.md.

import assert from "node:assert/strict";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { CLIENT_OPTIONS, testClients } from "./openapi-client-kit.mjs";
import { component, exhaustive } from "./openapi-thirty.mjs";
import { findings } from "./typescript-kit.mjs";

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

test("each operation and status has exactly its codes", () => {
  const program = join(CLIENTS, "typescript-fetch-operations/program.ts");
  const checks = exhaustive([], (operation, status) => `api.${component(operation, status)}Code`);
  const compiled = (checks) => {
    writeFileSync(program, `import type * as api from "./index";\n${checks}`);
    return findings([program], CLIENT_OPTIONS);
  };
  assert.deepEqual(compiled(checks), []);
  assert.equal(compiled(checks.replace('"e403_0"', '"e403_0" | "other"')).length, 1);
});

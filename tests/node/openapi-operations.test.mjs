// The responses of single operations: a document of 30 operations refers to each, and the types of its clients
// have exactly the codes that the catalog lists for an operation and a status.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { CLIENT_OPTIONS } from "./openapi-client-kit.mjs";
import { bundle, documented, installed, read, redocly, spectral } from "./openapi-kit.mjs";
import { exhaustive, operationId, operations, SHAPES, thirtyOperations } from "./openapi-thirty.mjs";
import { temporaryFolder, tool } from "./support.mjs";
import { findings } from "./typescript-kit.mjs";

/** What the compiler says about a program next to a client. */
function compiled(folder, program) {
  const file = join(folder, "program.ts");
  writeFileSync(join(folder, "package.json"), '{"type": "module"}');
  writeFileSync(file, program);
  return findings([file], CLIENT_OPTIONS);
}

for (const [name, version] of [
  ["flat", "3.1.0"],
  ["flat", "3.0.3"],
  ["listed", "3.1.0"],
  ["optional", "3.0.3"],
]) {
  const shape = SHAPES[name];
  describe(`30 operations, ${name}, ${version}`, () => {
    let file;
    before(() => {
      file = thirtyOperations(shape, version);
    });

    test("the document has no finding of Redocly and Spectral, and can be bundled", () => {
      assert.deepEqual([...redocly(file)[0], ...spectral(file)[0]], []);
      const { components } = read(bundle(file));
      assert.ok(Object.keys(components.responses).length > 120);
    });

    test("openapi-typescript gives each operation and status its codes", () => {
      const types = temporaryFolder();
      tool("openapi-typescript", [file, "--output", join(types, "types.ts")]);
      const imports = `import type { operations } from "./types.js";\n`;
      const typeOf = (operation, status) =>
        `operations[${JSON.stringify(operationId(operation))}]["responses"][${status}]["content"]["application/json"]`;
      assert.deepEqual(compiled(types, imports + exhaustive(shape.at, typeOf)), []);
      const wrong = exhaustive(shape.at, typeOf).replace('"e403_0"', '"e403_0" | "other"');
      assert.equal(compiled(types, imports + wrong).length, 1, "another code");
    });

    test("hey-api gives each operation and status its codes", () => {
      const client = temporaryFolder();
      tool("openapi-ts", ["--input", file, "--output", join(client, "client")], client);
      const type = (operation) => `${operationId(operation)[0].toUpperCase()}${operationId(operation).slice(1)}Errors`;
      const imports = `import type { ${Object.keys(operations).map(type).join(", ")} } from "./client/index.js";\n`;
      const typeOf = (operation, status) => `${type(operation)}[${status}]`;
      assert.deepEqual(compiled(client, imports + exhaustive(shape.at, typeOf)), []);
      const wrong = exhaustive(shape.at, typeOf).replace('"e403_0"', '"e403_0" | "other"');
      assert.equal(compiled(client, imports + wrong).length, 1, "another code");
    });
  });
}

test("docs/openapi.md has the versions that are installed", () => {
  const clients = documented("One operation").map(([name]) => name);
  for (const name of ["openapi-typescript", "@hey-api/openapi-ts"]) assert.ok(clients.includes(installed(name)), name);
});

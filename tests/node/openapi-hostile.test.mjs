// Clients of the hostile catalog compile: no text of a catalog ends a comment, neither in the descriptions of
// components nor in those of codes.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { dump } from "js-yaml";
import { CLIENT_OPTIONS } from "./openapi-client-kit.mjs";
import { everyResponse, FORMS, read } from "./openapi-kit.mjs";
import { hostile, temporaryFolder, tool } from "./support.mjs";
import { findings } from "./typescript-kit.mjs";

/** Surfaces with keys in their bodies that openapi-typescript fails on, such as `valueOf` and `%`. */
const ODD_KEYS = ["Nested", "Keys"];

let host;
let components;
before(() => {
  const document = everyResponse(hostile("catalog/all.yaml"), FORMS[0]);
  host = document.host;
  const [whole, fragment] = [read(host), read(document.fragment)];
  components = fragment.components;
  for (const name of ODD_KEYS) {
    delete whole.paths[`/${name}Error`];
    delete components.schemas[`${name}Error`];
    delete components.responses[`${name}Error400`];
    delete components.examples[`${name.toLowerCase()}-broken`];
  }
  writeFileSync(host, dump(whole));
  writeFileSync(document.fragment, dump(fragment));
});

/** What the compiler says about a file. */
const compiled = (file) => findings([file], CLIENT_OPTIONS);

test("by openapi-typescript, with a comment for each code", () => {
  const file = join(temporaryFolder(), "types.ts");
  tool("openapi-typescript", [host, "--enum", "--output", file]);
  assert.deepEqual(compiled(file), []);
  const { enum: codes, "x-enum-descriptions": meanings } = components.schemas.TextsErrorCode;
  assert.equal(codes.length, meanings.length);
  const types = readFileSync(file, "utf8");
  assert.ok(meanings.filter((meaning) => types.includes(meaning)).length > codes.length * 0.9);
});

for (const [name, plugin] of Object.entries({ types: {}, enums: { enums: "typescript" } })) {
  test(`by hey-api, with ${name}`, () => {
    const folder = temporaryFolder();
    const plugins = [{ name: "@hey-api/typescript", ...plugin }];
    const config = { input: host, output: join(folder, "client"), plugins };
    writeFileSync(join(folder, "openapi-ts.config.mjs"), `export default ${JSON.stringify(config)};`);
    tool("openapi-ts", ["-f", join(folder, "openapi-ts.config.mjs")], folder);
    assert.deepEqual(compiled(join(folder, "client/index.ts")), []);
  });
}

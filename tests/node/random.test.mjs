// Random catalogs, which `cargo test` leaves in target/tmp/random: both forms of TypeScript compile
// with every strict flag, what a server sends for each error is the error's sample, and the sample is
// valid by the schema of the OpenAPI document.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import Ajv from "ajv/dist/2020.js";
import ts from "typescript";
import { read } from "./openapi-kit.mjs";
import { hostile } from "./support.mjs";
import { FETCH_TYPES, RESOLUTIONS, STRICT, findings } from "./typescript-kit.mjs";

const folder = hostile("../random");
const names = JSON.parse(readFileSync(join(folder, "names.json"), "utf8"));

/** The forms, by where the calls import them from. */
const FORMS = { typescript: "index.js", "typescript-module": "errors.js" };

/** Writes the calls of a catalog, with a form. */
function callsOf(name, form) {
  const file = join(folder, name, form, "calls.ts");
  const calls = readFileSync(join(folder, name, "calls-typescript/calls.ts"), "utf8");
  writeFileSync(file, `import * as api from "./${FORMS[form]}";\n${calls}`);
  return file;
}

/** Writes the JavaScript of a file of TypeScript next to it. */
function built(file) {
  const options = { compilerOptions: STRICT };
  const { outputText } = ts.transpileModule(readFileSync(file, "utf8"), options);
  const output = file.replace(/ts$/, "js");
  writeFileSync(output, outputText);
  return output;
}

for (const form of Object.keys(FORMS)) {
  describe(`random catalogs: ${form}`, () => {
    const files = names.map((name) => callsOf(name, form));

    for (const [types, options] of Object.entries(FETCH_TYPES)) {
      test(`tsc finds nothing, with ${types}`, () => {
        writeFileSync(join(folder, "package.json"), '{"type": "module"}');
        assert.deepEqual(findings(files, { ...RESOLUTIONS.nodenext, ...options }), []);
      });
    }

    test("each sample is what is sent", async () => {
      let compared = 0;
      for (const [index, file] of files.entries()) {
        if (form === "typescript-module") built(join(folder, names[index], form, "errors.ts"));
        const { calls } = await import(pathToFileURL(built(file)));
        for (const [error, sent, sample, matches] of calls) {
          const name = `${names[index]}: ${error}`;
          assert.deepEqual(JSON.parse(JSON.stringify(sent)), sample, name);
          assert.ok(matches, `${name}: its sample does not match the shape`);
          compared += 1;
        }
      }
      assert.ok(compared > names.length);
    });
  });
}

test("random catalogs: each sample is valid by its schema in OpenAPI", () => {
  let checked = 0;
  for (const name of names) {
    const { components } = read(join(folder, name, "openapi/errors.openapi.yaml"));
    const { schemas } = components;
    // ajv would take a key `$id` in a sample for the id of a schema.
    for (const schema of Object.values(schemas)) delete schema.examples;
    const ajv = new Ajv({ strict: false, ownProperties: true }).addSchema({ components: { schemas } }, "document");
    for (const response of Object.values(components.responses)) {
      const [{ schema, examples }] = Object.values(response.content);
      for (const { $ref } of Object.values(examples)) {
        const { value } = components.examples[$ref.split("/").at(-1)];
        assert.ok(ajv.validate(`document${schema.$ref}`, value), `${name}: ${$ref}: ${ajv.errorsText()}`);
        checked += 1;
      }
    }
  }
  assert.ok(checked > names.length);
});

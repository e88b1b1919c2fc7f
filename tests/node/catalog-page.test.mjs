// docs/catalog.md: its TypeScript compiles, and a response that it makes has the body that the page shows. `cargo test`
// leaves the snippets in target/tmp/catalog-page/typescript.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { hostile } from "./support.mjs";
import { FETCH_TYPES, RESOLUTIONS, findings, imported } from "./typescript-kit.mjs";

const folder = hostile("../catalog-page/typescript");
const steps = readdirSync(folder).filter((name) => /^\d+$/.test(name));
const read = (step, file) => JSON.parse(readFileSync(join(folder, step, file), "utf8"));

/** Writes the snippets of a step as functions below its module, and returns the file. */
function written(step) {
  const module = readFileSync(join(folder, step, "errors.ts"), "utf8");
  const functions = read(step, "snippets.json").map((code) => `async (response: Response) => {\n${code}\n}`);
  const file = join(folder, step, "snippets.ts");
  writeFileSync(file, `${module}\nexport const snippets = [${functions.join(",\n")}];\n`);
  return file;
}

describe("the TypeScript of docs/catalog.md", () => {
  const files = steps.map(written);

  test("compiles", () => {
    assert.ok(steps.length > 5, `${steps.length} steps`);
    const options = { ...RESOLUTIONS.bundler, ...FETCH_TYPES["lib.dom"], noUnusedLocals: false, noImplicitReturns: false };
    assert.deepEqual(findings(files, options), []);
  });

  test("makes the responses that the page shows", async () => {
    let compared = 0;
    for (const [index, file] of files.entries()) {
      const { snippets } = await imported(file);
      const samples = read(steps[index], "samples.json");
      for (const snippet of snippets) {
        const made = await snippet(Response.json(samples[0] ?? {}, { status: 500 }));
        if (!(made instanceof Response)) continue;
        const body = await made.json();
        assert.ok(samples.some((sample) => isDeepStrictEqual(sample, body)), `${steps[index]}: ${JSON.stringify(body)}`);
        compared += 1;
      }
    }
    assert.ok(compared > 5, `${compared} compared`);
  });
});

// What a bundle pays for: each export alone, minified by esbuild, also by one that was told nothing
// about side effects. A budget that is exceeded means that something else came along.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { committed, generate, local } from "./support.mjs";

const modules = generate(local("../../catalog/tensorloop.yaml"), ["typescript-module"]);
const forms = {
  "the package": [join(committed, "typescript"), "./index.js"],
  "the module": [join(modules, "typescript-module"), "./errors.ts"],
};

/** Bytes of a bundle that exports some of the package, 10 % above what was measured. */
const BUDGETS = {
  "": 0,
  WAIT_LIMIT_MS: 45,
  managementBody: 215,
  fallbackVerdict: 215,
  inferenceErrorName: 300,
  sleep: 455,
  isManagementError: 445,
  isInferenceError: 480,
  decide: 510,
  delays: 685,
  serverWaitMs: 1690,
  verdictOfInferenceError: 1765,
  // With the table of its own surface.
  isManagementCode: 1965,
  managementCode: 2145,
  managementResponse: 2430,
  readInferenceError: 2880,
  readManagementError: 3390,
  verdictOfManagementError: 4115,
  // With all that retries, and no table.
  fetchWithRetry: 4110,
  "fetchWithRetry, verdictOfInferenceError": 5680,
};

async function bundle(form, names, ignoreAnnotations) {
  const [resolveDir, file] = forms[form];
  const { outputFiles } = await build({
    stdin: { contents: names === "" ? `import "${file}"` : `export { ${names} } from "${file}"`, resolveDir },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    ignoreAnnotations,
    tsconfigRaw: {},
  });
  return outputFiles[0].text;
}

for (const form of Object.keys(forms)) {
  describe(`a bundle of ${form}`, () => {
    for (const [names, budget] of Object.entries(BUDGETS)) {
      test(`with ${names || "nothing"}`, async (t) => {
        for (const ignoreAnnotations of [false, true]) {
          const text = await bundle(form, names, ignoreAnnotations);
          t.diagnostic(`${text.length} B, ${gzipSync(text).length} B gzip`);
          assert.ok(text.length <= budget, `${text.length} B`);
          // Some is there, or the budget says nothing.
          assert.ok(text.length >= budget / 2);
          const has = (mark) => text.includes(mark);
          const ofManagement = has("Hit max keys for your plan");
          const ofInference = has("Unknown model ID");
          const retries = has("wait_too_long");
          assert.equal(ofManagement, /managementCode|ManagementCode|managementResponse|ManagementError/.test(names) && !/^isManagementError/.test(names));
          assert.equal(ofInference, /readInference|verdictOfInference/.test(names));
          assert.equal(retries, /decide|delays|fetchWithRetry/.test(names));
        }
      });
    }
  });
}

test("no table is frozen: a bundler would keep it", () => {
  assert.ok(!readFileSync(join(committed, "typescript/index.js"), "utf8").includes("freeze"));
});

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
  MAX_REQUESTED_WAIT_MS: 45,
  retryAdviceForStatus: 240,
  inferenceErrorName: 300,
  sleep: 455,
  decide: 510,
  delays: 685,
  parseRetryAfter: 1760,
  detectInferenceError: 1790,
  // With what follows a shape: to send, to check.
  managementBody: 2170,
  isManagementErrorBody: 3020,
  isInferenceErrorBody: 3110,
  // With the table of its own surface.
  isManagementCode: 2110,
  managementResponse: 4630,
  readInferenceError: 7180,
  readManagementError: 7610,
  managementCode: 7610,
  detectManagementError: 8410,
  // With all that retries, and no table.
  fetchWithRetry: 4340,
  "fetchWithRetry, detectInferenceError": 5920,
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
          assert.equal(ofManagement, /managementCode|ManagementCode|managementResponse|ManagementError/.test(names) && !/^isManagementErrorBody/.test(names));
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

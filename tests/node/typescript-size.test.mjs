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

/** Bytes of a bundle that exports some of the package, about 5 % above what was measured. */
const BUDGETS = {
  "": 0,
  MAX_REQUESTED_WAIT_MS: 50,
  isManagementPlanLimit: 140,
  retryAdviceForStatus: 258,
  inferenceErrorName: 285,
  ManagementCode: 380,
  sleep: 433,
  parseRetryAfter: 1670,
  nextDelay: 2265,
  // With what follows a shape: to send, to check.
  managementBody: 2135,
  isManagementErrorBody: 2895,
  isInferenceErrorBody: 2985,
  // With the table of its own surface.
  isManagementCode: 1950,
  managementResponse: 4400,
  readInferenceError: 6860,
  readManagementError: 7240,
  readManagementEvent: 7100,
  managementOk: 7805,
  detectManagementError: 8470,
  // The class of errors, and no table.
  ManagementApiError: 840,
  isManagementApiError: 880,
  // With all that retries, and no table.
  fetchWithRetry: 4180,
  "fetchWithRetry, detectManagementError": 12_070,
  // As in recipes/status-alone.ts.
  "fetchWithRetry, inferenceErrors, inferenceErrorName, retryAdviceForStatus": 5490,
};

/** The most bytes that the class adds to a bundle that reads errors. */
const CLASS = 500;

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
          const isThrown = has("HTTP error");
          assert.equal(ofManagement, /isManagementCode|managementResponse|managementOk|(read|detect)Management/.test(names));
          assert.equal(ofInference, /readInference|inferenceErrors/.test(names));
          assert.equal(retries, /nextDelay|fetchWithRetry/.test(names));
          assert.equal(isThrown, /ApiError|Ok/.test(names));
        }
      });
    }
  });
}

test("the class of errors is small", async () => {
  for (const form of Object.keys(forms)) {
    const reader = await bundle(form, "readManagementError", true);
    const both = await bundle(form, "readManagementError, ManagementApiError", true);
    const added = both.length - reader.length;
    assert.ok(added > 0 && added <= CLASS, `${form}: ${added} B`);
  }
});

test("no table is frozen: a bundler would keep it", () => {
  assert.ok(!readFileSync(join(committed, "typescript/index.js"), "utf8").includes("freeze"));
});

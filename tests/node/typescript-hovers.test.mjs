// What an editor shows of a package: TypeScript's own server answers for the module of TensorLoop's catalog. Hovers are
// short and print no type twice. Completions of a code say what it means, what to do and whether to retry.

import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import ts from "typescript";
import { generate, local, temporaryFolder } from "./support.mjs";
import { FETCH_TYPES, RESOLUTIONS, STRICT } from "./typescript-kit.mjs";

const folder = temporaryFolder();
const outputs = generate(local("../../catalog/tensorloop.yaml"), ["typescript", "typescript-module"]);
cpSync(join(outputs, "typescript/index.d.ts"), join(folder, "package.d.ts"));
cpSync(join(outputs, "typescript-module/errors.ts"), join(folder, "module.ts"));

/** A program that uses a form. `|` is where somebody points at the name before it, or types. */
const program = (form) => `
import * as api from "./${form}.js";
declare const url: string;
const failure| = api.readManagementError(403, "");
failure.entry|;
failure.params|;
failure.errors|;
failure.headers|;
failure.code|;
const read| = await api.readManagementError(await fetch(url));
const detected| = await api.detectManagementError(await fetch(url));
const outcome| = await api.fetchWithRetry(url, {}, { detect: api.detectManagementError });
const ok| = await api.managementOk(await fetch(url));
if (failure.code === "alias_taken") {
  const known| = failure;
  known.entry|;
  known.entry.status|;
  known.params|;
}
if (api.isManagementPlanLimit(failure)) {
  failure.entry|;
}
try {
} catch (error) {
  if (api.isManagementApiError(error)) {
    const caught| = error.failure;
  }
}
api.managementErrors|;
api.managementErrors.alias_taken|;
api.managementErrors.|;
api.managementErrors["|"];
api.ManagementCode.|;
api.managementResponse(api.ManagementCode.|);
switch (failure.code) { case api.ManagementCode.| }
const texts: { [Code in keyof api.ManagementErrors]: string } = { | };
api.InferenceErrorName.|;
api.managementResponse("|");
export {};
`;

/** What the server answers at each mark: by the text before it on its line. */
function answers(form) {
  const file = join(folder, `${form}-program.ts`);
  const [start, ...rest] = program(form).split("|");
  let text = start;
  const marks = rest.map((part) => {
    const at = text.length;
    text += part;
    return at;
  });
  const { readFile, fileExists, directoryExists, getDirectories } = ts.sys;
  const options = { ...STRICT, ...RESOLUTIONS.bundler, ...FETCH_TYPES["lib.dom"] };
  const service = ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (path) => {
      if (path === file) return ts.ScriptSnapshot.fromString(text);
      return fileExists(path) ? ts.ScriptSnapshot.fromString(readFile(path)) : undefined;
    },
    getCurrentDirectory: () => folder,
    getCompilationSettings: () => ({ ...options, lib: options.lib }),
    getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
    fileExists: (path) => path === file || fileExists(path),
    readFile,
    directoryExists,
    getDirectories,
  });
  const { displayPartsToString: shown } = ts;
  return marks.map((at) => {
    const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at).trim();
    if (/\w$/.test(line)) {
      const { displayParts, documentation } = service.getQuickInfoAtPosition(file, at - 1);
      return { line, hover: shown(displayParts), documentation: shown(documentation) };
    }
    const { entries } = service.getCompletionsAtPosition(file, at, {});
    const described = entries.map(({ name, source, data }) => {
      const details = service.getCompletionEntryDetails(file, at, name, {}, source, {}, data);
      return [name.replaceAll('"', ""), shown(details.documentation)];
    });
    return { line, completions: Object.fromEntries(described) };
  });
}

const CODES = Object.keys((await import(join(outputs, "typescript/index.js"))).managementErrors).sort();
const MEANING = "You already have a key with this alias. HTTP 409. Pick a new alias. Do not retry.";

for (const form of ["package", "module"]) {
  describe(`an editor that uses the ${form}`, () => {
    const all = answers(form);
    const at = (end) => {
      const found = all.filter(({ line }) => line.endsWith(end));
      assert.ok(found.length > 0, end);
      return found;
    };
    const hovers = (end) => at(end).map(({ hover }) => hover);

    test("names the types of what was read", () => {
      assert.deepEqual(hovers("const failure"), ["const failure: api.ManagementFailure<number, undefined>"]);
      assert.deepEqual(hovers("const read"), ["const read: api.ManagementFailure<number, Headers>"]);
      assert.deepEqual(hovers("const detected"), ["const detected: api.ManagementFailure<number, Headers> | undefined"]);
      assert.deepEqual(hovers("const ok"), ["const ok: Response"]);
      assert.deepEqual(hovers("const known"), ['const known: api.ManagementFailureOf<"alias_taken", number, undefined>']);
      const [unknown, ofGroup] = hovers("failure.entry");
      assert.match(unknown, /: api\.ManagementEntries\.Unauthorized \| .*ManagementEntries\.Internal \| undefined$/);
      assert.match(ofGroup, /: (api\.ManagementEntries\.PlanLimit\w+( \| )?){4}$/);
      assert.match(hovers("known.entry")[0], /\.entry: api\.ManagementEntries\.AliasTaken$/);
      assert.match(hovers("known.entry.status")[0], /\.status: 409$/);
      for (const hover of [...hovers("failure.params"), ...hovers("known.params")]) {
        assert.match(hover, /\.params: api\.Read<api\.ManagementValues>$/);
      }
      assert.match(hovers("const caught")[0], /: api\.ManagementFailure</);
      assert.match(hovers("managementErrors")[0], /: api\.ManagementErrors$/);
    });

    test("prints no type twice, and none at length", () => {
      for (const { line, hover } of all.filter(({ hover }) => hover !== undefined)) {
        const types = hover.match(/ManagementEntries\.\w+|\b[A-Z]\w+(?=<)/g) ?? [];
        assert.equal(new Set(types).size, types.length, `${line}: ${hover}`);
        assert.ok(!hover.includes("{"), `${line}: ${hover}`);
        assert.ok(!hover.includes("..."), `${line}: ${hover}`);
      }
    });

    test("says what each field is", () => {
      for (const { line, documentation } of all.filter(({ line }) => /^(failure|known)\./.test(line))) {
        assert.notEqual(documentation, "", line);
      }
      assert.equal(at("managementErrors.alias_taken")[0].documentation, MEANING);
    });

    test("completes codes with their meaning, fix and advice", () => {
      const described = at(".").concat(at('managementErrors["'), at("string } = {"));
      for (const { line, completions } of described.filter(({ line }) => !line.includes("Inference"))) {
        assert.deepEqual(Object.keys(completions).sort(), CODES, line);
        assert.equal(completions.alias_taken, MEANING, line);
        assert.match(completions.rate_limited, /Wait an hour\. Retry up to 6 times/, line);
        assert.ok(Object.values(completions).every((text) => text !== ""), line);
      }
      assert.equal(described.length, 7);
      assert.match(at("InferenceErrorName.")[0].completions.too_many_requests, /^Hit RPM cap or budget cap\. HTTP 429\./);
    });

    test("completes the text of a code, about which TypeScript can show nothing", () => {
      const [{ completions }] = at('managementResponse("');
      assert.deepEqual(Object.keys(completions).sort(), CODES);
      // If this fails, TypeScript has learned it: say so in the docs of the codes.
      assert.ok(Object.values(completions).every((text) => text === ""));
    });
  });
}

// What the tests share: where the outputs are, and how to run errcat and the tools installed here.
// A tool that fails shows all it said; one that is missing fails the test, and is never skipped.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const repo = fileURLToPath(new URL("../../", import.meta.url));

/** The committed outputs of the TensorLoop catalog. */
export const committed = join(repo, "generated");

/** The catalog that uses every feature of the format. */
export const featuresCatalog = join(repo, "tests/it/catalogs/features.yaml");

/** A file or folder beside this one. */
export const local = (path) => join(here, path);

const temporary = [];
process.on("exit", () => {
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone when the tests of the file are over. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "errcat-node-"));
  temporary.push(folder);
  return folder;
}

/** Makes outputs of a catalog with $ERRCAT; the folder holds one folder a target. */
export function generate(catalog, targets) {
  const errcat = process.env.ERRCAT;
  assert.ok(
    errcat,
    "set ERRCAT to the errcat binary, as in: ERRCAT=../../target/debug/errcat npm test",
  );
  const folder = temporaryFolder();
  cpSync(catalog, join(folder, basename(catalog)));
  const outputs = targets.map((target) => ({ catalog: basename(catalog), target, out: target }));
  const config = { errcat: 1, templates: join(repo, "templates"), outputs };
  writeFileSync(join(folder, "errcat.yaml"), JSON.stringify(config));
  run(resolve(errcat), ["generate"], folder);
  return folder;
}

/** Runs one of the tools that package.json names, and returns what it wrote. */
export function tool(name, args, cwd, codes) {
  return run(local(`node_modules/.bin/${name}`), args, cwd, codes);
}

/** Runs a program; a start that fails and an exit code that is not among `codes` fail the test. */
export function run(program, args, cwd, codes = [0]) {
  const env = {
    ...process.env,
    NO_COLOR: "1",
    REDOCLY_TELEMETRY: "off",
    REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
  };
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env,
    encoding: "utf8",
  });
  const command = [basename(program), ...args].join(" ");
  assert.equal(error, undefined, `${command} does not run (npm ci?): ${error}`);
  assert.ok(codes.includes(status), `${command} failed with ${status}:\n${stdout}\n${stderr}`);
  return { stdout, stderr };
}

/** The whole catalog, as the `json` target of a folder of outputs has it. */
export const catalogOf = (folder) =>
  JSON.parse(readFileSync(join(folder, "json/catalog.json"), "utf8"));

/** A catalog whose texts are hostile; its codes and its body's keys too, if asked for. */
export function hostileCatalog({ names = false } = {}) {
  const list = readFileSync(join(repo, "tests/it/escape/hostile-strings.json"), "utf8");
  const texts = JSON.parse(list).accepted.map((one) => one.text);
  const codes = [
    "constructor",
    "toString",
    "null",
    "self",
    "type",
    "a.b",
    "x/y",
    "prototype",
    "hasOwnProperty",
  ];
  const errors = texts.map((meaning, index) => {
    const code = (names && codes[index]) || `c${index}`;
    const fix = texts[(index + 1) % texts.length];
    return { code, status: 400, meaning, fix, doc: `${fix}\n\n${meaning}`, retryable: false };
  });
  errors.push({ ...errors[0], code: "old", meaning: "Old.", deprecated: { note: texts[0] } });
  const body = names
    ? {
        "constructor?": "<x>",
        '*/ "a`': "<any:any>",
        e: [{ toString: "<code>", "valueOf?": { "a b": ["<n:integer>"] } }],
      }
    : { error: "<code>" };
  const shape = { intro: texts[1], body };
  const surface = { id: "api", title: texts[0], intro: texts[1], shape, errors };
  const catalog = {
    errcat: 1,
    product: "Hostile",
    version: "1.0.0",
    title: texts[2],
    intro: texts[3],
    surfaces: [surface],
  };
  const file = join(temporaryFolder(), "hostile.yaml");
  // Some white space of Unicode must be escaped in YAML, but need not be in JSON.
  const escaped = (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`;
  writeFileSync(file, JSON.stringify(catalog).replace(/[\u0085\u2028\u2029\ufeff]/g, escaped));
  return file;
}

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

/** A file or folder next to this one. */
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

/** The errcat binary. */
export function errcat() {
  const file = process.env.ERRCAT;
  assert.ok(file, "set ERRCAT to the errcat binary, as in: ERRCAT=../../target/debug/errcat npm test");
  return resolve(file);
}

/**
 * Makes outputs of a catalog with $ERRCAT; the folder holds one folder a target. `options` are those
 * of a target, by its name.
 */
export function generate(catalog, targets, options = {}) {
  const folder = temporaryFolder();
  cpSync(catalog, join(folder, basename(catalog)));
  const outputs = targets.map((target) => ({
    catalog: basename(catalog),
    target,
    out: target,
    options: options[target] ?? {},
  }));
  const config = { errcat: 1, templates: join(repo, "templates"), outputs };
  writeFileSync(join(folder, "errcat.yaml"), JSON.stringify(config));
  run(errcat(), ["generate"], folder);
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

/** What the hostile catalogs became: folders in $HOSTILE that `cargo test` makes. */
export function hostile(path) {
  const folder = process.env.HOSTILE;
  assert.ok(folder, "set HOSTILE, as in: HOSTILE=../../target/tmp/hostile npm test, after cargo test");
  return join(resolve(folder), path);
}

/** A hostile catalog itself, which is JSON, as errcat was given it. */
export const hostileInput = (path) => JSON.parse(readFileSync(`${hostile(path)}.yaml`, "utf8"));

/** What a reader sees of a text of a catalog: its code spans without their backticks. */
export function visible(text) {
  return text.replace(/(?<!`)(`+)(?!`)(.*?(?<!`))\1(?!`)/gs, (_, fence, code) => {
    const isPadded = code.startsWith(" ") && code.endsWith(" ") && /[^ ]/.test(code);
    return isPadded ? code.slice(1, -1) : code;
  });
}

/** A text with each run of white space as one space, as HTML shows it. */
export const spaced = (text) => text.replace(/[ \t\n\r\f]+/g, " ").replace(/^ | $/g, "");

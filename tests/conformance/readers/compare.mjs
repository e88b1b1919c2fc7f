// Reads bodies and headers with every reader, and compares what they say: with the cases of bodies.json, and
// with one another. ../README.md says more.
//
//     node compare.mjs FOLDER rust=COMMAND explain=COMMAND
//
// FOLDER has the packages, which the test `random::readers` of errcat leaves in target/tmp/readers. tests/run has
// the commands. ERRCAT_CASES raises the number of random inputs, and ERRCAT_SEED changes them.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { inputs } from "./inputs.mjs";

const LEAST = 100_000;

const own = (name) => fileURLToPath(new URL(name, import.meta.url));
const [place, ...commands] = process.argv.slice(2);
const folder = resolve(place);
const count = Math.max(LEAST, Number(process.env.ERRCAT_CASES ?? 0));
const seed = Number(process.env.ERRCAT_SEED ?? 1);

const readers = {
  typescript: `'${process.execPath}' '${own("typescript.mjs")}' '${folder}'`,
  python: `python3 '${own("python.py")}' '${folder}'`,
  ...Object.fromEntries(commands.map((one) => one.split(/=(.*)/s))),
};

const { status: python } = spawnSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]);
if (python !== 0) {
  console.error("SKIPPED: the Python reader is not compared, because there is no python3 of version 3.11 or newer");
  delete readers.python;
}

/** What each reader says, a line for each input. They run side by side. */
async function answers(lines) {
  const inputs = join(folder, "inputs.jsonl");
  writeFileSync(inputs, lines.map((line) => `${line}\n`).join(""));
  const all = Object.entries(readers).map(async ([name, command]) => {
    const answers = join(folder, `${name}.jsonl`);
    const env = { ...process.env, ERRCAT_FOLDER: folder, ERRCAT_INPUTS: inputs, ERRCAT_ANSWERS: answers };
    // `explain` takes files, and prints other things.
    const files = name === "explain" ? "> /dev/null" : '< "$ERRCAT_INPUTS" > "$ERRCAT_ANSWERS"';
    const child = spawn("sh", ["-c", `${command} ${files}`], { env, stdio: "inherit" });
    const [status] = await once(child, "close");
    const said = status === 0 ? readFileSync(answers, "utf8").split("\n").slice(0, -1) : [];
    if (said.length !== lines.length) {
      throw new Error(`the reader ${name} ended with ${status}, after ${said.length} of ${lines.length} answers`);
    }
    return [name, said];
  });
  return Object.fromEntries(await Promise.all(all));
}

/** JSON with sorted keys, in which equal numbers are written alike. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(",")}}`;
}

/** What a case of bodies.json says, with the fields that it leaves out. */
function expected({ status, readStatus, code, name, params, advice, matches, errors, text, detected }) {
  const one = (error) => Object.assign({ code: null, name: null, params: {}, advice: "never" }, JSON.parse(JSON.stringify(error)));
  const own = one({ code, name, status: status ?? readStatus ?? null, params, advice });
  return {
    ...own,
    matches: matches ?? false,
    errors: errors?.map(one) ?? [own],
    text: text ?? null,
    detected: detected ?? (status !== null && status >= 400),
  };
}

/** What a reader says, in the terms of bodies.json: of the advice only its kind. */
function inTermsOfCases(said) {
  const one = (error) => ({ ...error, advice: error.advice?.split(" ")[0] });
  return { ...one(said), errors: said.errors?.map(one) };
}

const hex = (body) => Buffer.from(body).toString("hex");
const cases = JSON.parse(readFileSync(own("../bodies.json"), "utf8")).cases;
const ofCases = cases.map((one) => ({
  catalog: "bodies",
  surface: one.surface,
  status: one.status,
  hex: one.hex ?? hex(one.body ?? JSON.stringify(one.json)),
}));

const real = own("../../it/real/responses/");
const responses = readFileSync(join(real, "expected.tsv"), "utf8").trim().split("\n").slice(1).map((line) => line.split("\t"));
const ofResponses = responses.map(([file, surface]) => {
  const [head, body] = readFileSync(join(real, file), "latin1").split(/\r?\n\r?\n(.*)/s);
  const status = Number(head.split(/\s+/)[1]);
  return { catalog: file.split("__")[0], surface, status, hex: hex(Buffer.from(body, "latin1")) };
});

const names = readdirSync(folder).filter((file) => file.endsWith(".yaml") && file !== "errcat.yaml").map((file) => file.slice(0, -5));
const catalogs = ["bodies", ...names.filter((name) => name !== "bodies").sort()].map((name) => [
  name,
  JSON.parse(readFileSync(join(folder, name, "json/catalog.json"), "utf8")),
]);
const known = [...ofCases, ...ofResponses];
const random = [...inputs(catalogs, count - known.length, seed)];
const all = [...known, ...random];
const said = await answers(all.map((one) => JSON.stringify(one)));

let failures = 0;
function fail(...lines) {
  failures += 1;
  if (failures <= 20) console.error(`${lines.join("\n  ")}\n`);
}

for (const [reader, lines] of Object.entries(said)) {
  for (const [index, one] of cases.entries()) {
    const right = canonical(expected(one));
    const line = canonical(inTermsOfCases(JSON.parse(lines[index])));
    if (line !== right) fail(`${one.surface}: ${one.about} (${reader})`, `right: ${right}`, `reads: ${line}`);
  }
  for (const [index, [file, , what, matches]] of responses.entries()) {
    const line = JSON.parse(lines[cases.length + index]);
    const { code, name, detected } = line;
    const is = { "?": true, "-": name === null, none: !detected }[what] ?? (detected && [code, name].includes(what));
    if (!is || line.matches !== (matches === "yes")) fail(`${file} is ${what}, matches: ${matches} (${reader})`, canonical(line));
  }
}

const [[first, firstLines], ...others] = Object.entries(said);
const kinds = {};
for (const [index, line] of firstLines.entries()) {
  const read = JSON.parse(line);
  for (const kind of kindsOf(all[index], read)) kinds[kind] = (kinds[kind] ?? 0) + 1;
  for (const [name, lines] of others) {
    if (lines[index] === line) continue;
    const [a, b] = [canonical(read), canonical(JSON.parse(lines[index]))];
    if (a === b) continue;
    const body = JSON.stringify(Buffer.from(all[index].hex ?? "", "hex").toString());
    fail(`input ${index}: ${JSON.stringify(all[index])}`, body, `${first}: ${a}`, `${name}: ${b}`);
    break;
  }
}

/** What an input is there to test. */
function kindsOf({ status, headers }, { matches, text, code, name, errors, params, detected, waitMs }) {
  if (headers !== undefined) return [waitMs === null ? "headers without a wait" : "headers with a wait"];
  const kinds = {
    event: status === null,
    matches,
    "differs, but has a known code": !matches && code !== null && name !== null,
    "unknown code": code !== null && name === null,
    "no code": code === null,
    "not JSON": text !== null,
    "several errors": errors?.length > 1,
    "error below 400": status < 400 && detected,
    wait: params?.wait !== undefined,
    items: Object.values(params ?? {}).some((value) => Array.isArray(value) && value.length > 0),
  };
  return Object.keys(kinds).filter((kind) => kinds[kind]);
}

console.log(
  `${Object.keys(said).join(", ")}: ${cases.length} cases, ${responses.length} real responses, ` +
    `${random.length} random inputs of ${catalogs.length} catalogs (seed ${seed})`,
);
console.log(kinds);
if (Object.keys(kinds).length !== 12 || Object.values(kinds).some((count) => count < 500)) {
  fail("there are too few inputs of a kind");
}
if (failures > 0) {
  console.error(`${failures} failures`);
  process.exitCode = 1;
}

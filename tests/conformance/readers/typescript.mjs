// Reads bodies with generated TypeScript packages. Each line of stdin is an input, and each line of stdout
// what was read. ../README.md explains both.
//
//     node typescript.mjs FOLDER < inputs.jsonl
//
// A catalog `c0` has its package in FOLDER/c0/typescript, and its catalog.json in FOLDER/c0/json.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const folder = resolve(process.argv[2]);
const catalogs = new Map();

async function catalogOf(name) {
  if (catalogs.has(name)) return catalogs.get(name);
  const api = await import(pathToFileURL(join(folder, name, "typescript/index.js")));
  const { surfaces } = JSON.parse(readFileSync(join(folder, name, "json/catalog.json"), "utf8"));
  const functions = new Map();
  for (const key of Object.keys(api)) {
    const [, id] = /^read(.*)Error$/.exec(key) ?? [];
    if (id === undefined) continue;
    const [read, readEvent, detect] = [api[key], api[`read${id}Event`], api[`detect${id}Error`]];
    functions.set(read(400, "").surface, { read, readEvent, detect });
  }
  // A key of the table is a code, or else a name.
  const names = new Map(
    surfaces.map(({ id, errors }) => [
      id,
      new Map([
        ...errors.map(({ name }) => [name, name]),
        ...errors.filter(({ code }) => typeof code === "string").map(({ code, name }) => [code, name]),
      ]),
    ]),
  );
  const catalog = { parseRetryAfter: api.parseRetryAfter, functions, names };
  catalogs.set(name, catalog);
  return catalog;
}

function advice({ kind, afterMs, initialMs, maxDelayMs, factor, retries }) {
  return [kind, afterMs, initialMs, maxDelayMs, factor, retries].filter((word) => word !== undefined).join(" ");
}

async function answer(input) {
  const { parseRetryAfter, functions, names } = await catalogOf(input.catalog);
  if (input.headers !== undefined) return { waitMs: parseRetryAfter(input.headers, input.nowMs) ?? null };
  const { read, readEvent, detect } = functions.get(input.surface);
  const { status } = input;
  const body = Buffer.from(input.hex, "hex");
  const error = status === null ? readEvent(body) : read(status, body);
  const one = ({ codeText, code, name, status, params, retryAdvice }) => ({
    code: codeText ?? null,
    name: names.get(input.surface).get(name ?? code) ?? null,
    status: status ?? null,
    params,
    advice: advice(retryAdvice),
  });
  return {
    ...one(error),
    matches: error.matches,
    errors: error.errors.map(one),
    text: error.text ?? null,
    detected: status !== null && detect(status, body) !== undefined,
  };
}

const answers = [];
for await (const line of createInterface({ input: process.stdin })) {
  const said = await answer(JSON.parse(line)).catch((error) => ({ raised: String(error.stack) }));
  answers.push(JSON.stringify(said));
}
process.stdout.write(answers.map((one) => `${one}\n`).join(""));

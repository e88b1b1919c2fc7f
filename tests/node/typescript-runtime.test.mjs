// The TypeScript runtime by itself: what templates include is made of its modules, they compile with
// every strict flag and pass ESLint, each helper does what its comment says, and no text of a catalog
// changes which helpers there are. typescript-retry.test.mjs tests retrying and Retry-After.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { ESLint } from "eslint";
import prettier from "prettier";
import { generate, local, temporaryFolder } from "./support.mjs";
import { FETCH_TYPES, RESOLUTIONS, findings } from "./typescript-kit.mjs";
import { DERIVED, SOURCES, derive } from "./typescript-runtime.mjs";

const files = readdirSync(SOURCES).map((file) => join(SOURCES, file));

/** Every export of a module. */
async function imported(module) {
  const outfile = join(temporaryFolder(), `${module}.mjs`);
  const entryPoints = [join(SOURCES, `${module}.ts`)];
  await build({ entryPoints, outfile, bundle: true, format: "esm", target: "es2022" });
  return import(pathToFileURL(outfile));
}

describe("the modules", () => {
  test("are what the derived files are made of", async () => {
    for (const [file, text] of Object.entries(await derive())) {
      const committed = readFileSync(join(DERIVED, file), "utf8");
      assert.ok(committed === text, `${file} is out of date; run: node tests/node/typescript-runtime.mjs`);
    }
  });

  for (const [types, options] of Object.entries(FETCH_TYPES)) {
    test(`compile with every strict flag (${types})`, () => {
      const flags = { noUnusedParameters: true, allowImportingTsExtensions: true };
      assert.deepEqual(findings(files, { ...RESOLUTIONS.bundler, ...flags, ...options }), []);
    });
  }

  test("are formatted by Prettier", async () => {
    for (const file of files) {
      const isFormatted = await prettier.check(readFileSync(file, "utf8"), { parser: "typescript" });
      assert.ok(isFormatted, `${file}; run: npx prettier --write ${SOURCES}`);
    }
  });

  test("pass ESLint", async () => {
    const eslint = new ESLint({ cwd: SOURCES, overrideConfigFile: local("eslint.config.mjs") });
    const results = await eslint.lintFiles("*.ts");
    const found = results.flatMap(({ filePath, messages }) =>
      messages.map(({ line, ruleId, message }) => `${filePath}:${line}: ${message} (${ruleId})`),
    );
    assert.deepEqual(found, []);
    assert.equal(results.length, files.length);
  });

  test("export only what index.ts names", async () => {
    const texts = await derive();
    const exported = (text) => [...text.matchAll(/^export (?:declare )?(?:async )?(?:const|function\*?) (\w+)/gm)];
    const names = (text) => exported(text).map(([, name]) => name).sort();
    const all = ["WAIT_LIMIT_MS", "decide", "delays", "fallbackVerdict", "fetchWithRetry", "serverWaitMs", "sleep"];
    for (const text of Object.values(texts)) assert.deepEqual(names(text), all);
    for (const text of Object.values(texts)) assert.ok(!/\bimport\b/.test(text.replace(/\/\/.*|\/\*[^]*?\*\//g, "")));
  });
});

describe("guards", async () => {
  const guards = await imported("guards");
  const values = [undefined, null, "", "text", 0, 1.5, NaN, true, false, [], {}, [1], { a: 1 }];
  const accepted = (guard) => values.filter((value) => guard(value));

  test("accept values of one type", () => {
    assert.deepEqual(accepted(guards.isString), ["", "text"]);
    assert.deepEqual(accepted(guards.isNumber), [0, 1.5, NaN]);
    assert.deepEqual(accepted(guards.isBoolean), [true, false]);
    assert.deepEqual(accepted(guards.isNull), [null]);
    assert.deepEqual(accepted(guards.isObject), [{}, { a: 1 }]);
    assert.deepEqual(accepted(guards.isPresent), values.slice(1));
  });

  test("accept what is made of such values", () => {
    assert.deepEqual(accepted((value) => guards.isAbsentOr(value, guards.isBoolean)), [undefined, null, true, false]);
    assert.deepEqual(accepted((value) => guards.isListOf(value, guards.isNumber)), [[], [1]]);
    assert.ok(!guards.isListOf([1, "2"], guards.isNumber));
  });
});

describe("reading", async () => {
  const { at, between, eventStatus, given, integer, parsed, peeked, textOf } = await imported("read");
  const { isString } = await imported("guards");

  test("parses text and bytes, and leaves alone what is parsed", () => {
    for (const body of ['{"a": 1}', '\uFEFF{"a": 1}', new TextEncoder().encode('{"a": 1}'), { a: 1 }]) {
      assert.deepEqual(parsed(body), { a: 1 });
    }
    assert.equal(parsed("<html>"), "<html>");
    for (const body of ["", " \n", undefined]) assert.equal(parsed(body), undefined);
  });

  test("follows a path through own members", () => {
    const body = { errors: [{ code: 7 }], text: "abc" };
    assert.equal(at(body), body);
    assert.equal(at(body, "errors", 0, "code"), 7);
    for (const path of [["errors", 1, "code"], ["text", "length"], ["toString"], ["errors", 0, "code", "x"]]) {
      assert.equal(at(body, ...path), undefined);
    }
  });

  test("takes a value out of the text around it", () => {
    assert.equal(between("a/", "a/b.c", ".c"), "b");
    assert.equal(between("", "b", ""), "b");
    assert.equal(between("a/", "a/", ""), "");
    for (const text of ["b/c", "a/b", 5, undefined]) assert.equal(between("a/", text, "c"), undefined);
    assert.equal(between("aba", "aba", "ba"), undefined, "the two overlap");
  });

  test("takes numbers as text, and text as integers", () => {
    assert.deepEqual([5, "5", "None", null, true, {}].map(textOf), ["5", "5", undefined, undefined, undefined, undefined]);
    assert.deepEqual(["5", "-5", "05", "5.0", " 5", "", undefined].map(integer), [5, -5, NaN, NaN, NaN, NaN, NaN]);
  });

  test("finds the status of an event", () => {
    assert.equal(eventStatus(undefined, "auth", 503, 404), 503);
    assert.equal(eventStatus("429"), 429);
    for (const value of [200, 600, "4040", null]) assert.equal(eventStatus(value), undefined);
  });

  test("keeps the first value of each name that is there and right", () => {
    const values = given([
      ["a", isString, 5],
      ["a", isString, "first"],
      ["a", isString, "second"],
      ["b", isString, undefined],
      ["c", () => true, null],
      ["d", isString, "None"],
    ]);
    assert.deepEqual(values, { a: "first" });
  });

  test("peeks at a response without reading it", async () => {
    const response = new Response("text");
    assert.equal(await peeked(response), "text");
    assert.equal(await response.text(), "text");
    assert.equal(await peeked(new Response(null, { status: 204 })), "");
    const long = await peeked(new Response("x".repeat(3_000_000)));
    assert.ok(long.length >= 1_000_000);
  });
});

describe("sending", async () => {
  const { asText, joined, listOf, present, respond, whole } = await imported("send");

  test("leaves out what is absent", () => {
    assert.deepEqual(present({ a: 0, b: null, c: undefined, d: "" }), { a: 0, d: "" });
    assert.equal(whole(present({ a: null })), undefined);
    assert.equal(whole({ a: 1, b: undefined }), undefined);
    assert.deepEqual(whole({ a: 1, b: null }), { a: 1, b: null });
    assert.deepEqual([listOf(0), listOf(null), listOf(undefined)], [[0], undefined, undefined]);
    assert.deepEqual([joined("a", 1, { b: 2 }), joined("a", null)], ['a1{"b":2}', undefined]);
    assert.deepEqual([asText("a"), asText(1), asText([null])], ["a", "1", "[null]"]);
  });

  test("answers with the status and headers of the entry, and the caller's over them", async () => {
    const retry = { kind: "after", afterMs: 1500, initialMs: 1, maxMs: 1, factor: 1, retries: 1 };
    const entry = { status: 429, retry };
    const response = respond(entry, { a: 1 }, "application/json", undefined);
    assert.deepEqual([response.status, response.headers.get("retry-after")], [429, "2"]);
    assert.equal(response.headers.get("content-type"), "application/json");
    assert.equal(await response.text(), '{"a":1}');
    const init = { status: 503, statusText: "Busy", headers: { "Retry-After": "9" } };
    const other = respond(entry, {}, "application/json", init);
    assert.deepEqual([other.status, other.statusText, other.headers.get("retry-after")], [503, "Busy", "9"]);
    const never = respond({ status: 404, retry: { kind: "never" } }, {}, "text/json", {});
    assert.equal(never.headers.get("retry-after"), null);
  });
});

test("the strategy decides on what no table lists", async () => {
  const { fallbackVerdict } = await imported("verdict");
  const kinds = [200, 404, 428, 429, 430, 499, 500, 599, 600, 5, 0, -500, NaN].map((status) => fallbackVerdict(status).kind);
  const never = "never";
  assert.deepEqual(kinds, [never, never, never, "backoff", never, never, "backoff", "backoff", ...Array(5).fill(never)]);
});

/** The outputs of a small catalog, which says `text` and has no retry strategy. */
function outputsOf(text) {
  const catalog = join(temporaryFolder(), "errors.yaml");
  const error = { code: "a", status: 400, meaning: text, fix: `${text}!`, retryable: false };
  const surface = { id: "api", title: "API", shape: { body: { code: "<code>" } }, errors: [error] };
  const head = { errcat: 1, product: "Acme", version: "1.0.0", title: "Acme errors" };
  writeFileSync(catalog, JSON.stringify({ ...head, surfaces: [surface] }));
  return generate(catalog, ["typescript", "typescript-module"]);
}

test("a text that looks like a call changes no code", () => {
  const text = "Call between(a, b), integer(c), given(d), joined(e), present(f), peeked(g) or isNull, isNull)";
  const [one, other] = [text, "Call nothing"].map((said) => {
    const folder = outputsOf(said);
    const outputs = ["typescript/index.js", "typescript/index.d.ts", "typescript-module/errors.ts"];
    return outputs.map((output) => readFileSync(join(folder, output), "utf8").replaceAll(said, "TEXT"));
  });
  assert.deepEqual(one, other);
});

test("without a strategy, no status is worth a retry", async () => {
  const folder = outputsOf("Broken");
  const { fallbackVerdict, retryStrategy } = await import(pathToFileURL(join(folder, "typescript/index.js")));
  for (const status of [404, 429, 503]) assert.deepEqual(fallbackVerdict(status), { kind: "never" });
  assert.equal(retryStrategy, undefined);
  const options = { ...RESOLUTIONS.bundler, ...FETCH_TYPES["lib.dom"], noUnusedParameters: true };
  assert.deepEqual(findings([join(folder, "typescript-module/errors.ts")], options), []);
});

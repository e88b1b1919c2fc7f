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
    const exported = (text) => [...text.matchAll(/^export (?:declare )?(?:async )?(?:const|function) (\w+)/gm)];
    const names = (text) => exported(text).map(([, name]) => name).sort();
    const all = ["MAX_REQUESTED_WAIT_MS", "fetchWithRetry", "nextDelay", "parseRetryAfter", "retryAdviceForStatus", "sleep"];
    for (const text of Object.values(texts)) assert.deepEqual(names(text), all);
    for (const text of Object.values(texts)) assert.ok(!/\bimport\b/.test(text.replace(/\/\/.*|\/\*[^]*?\*\//g, "")));
  });
});

const MEMBERS = {
  code: { key: "code", type: "text", is: "code", isRead: true },
  field: { key: "field", type: "text", param: "field" },
  note: { key: "note", optional: true, type: "text", param: "note" },
};

describe("JSON", async () => {
  const { parsed, safeLine } = await imported("json");
  const json = (body) => {
    const { isJson, value } = parsed(body);
    return isJson ? value : "not JSON";
  };

  test("is read from text and bytes, and left alone if it is parsed", () => {
    const bytes = (text) => new TextEncoder().encode(text);
    for (const body of ['{"a": 1}', '\uFEFF{"a": 1}', bytes('{"a": 1}'), bytes('\uFEFF{"a": 1}'), { a: 1 }]) {
      assert.deepEqual(json(body), { a: 1 });
    }
    assert.deepEqual(parsed("<html>"), { isJson: false, value: "<html>" });
    for (const body of ["", " \n", undefined]) assert.deepEqual(parsed(body), { isJson: false, value: undefined });
    for (const body of ['\uFEFF\uFEFF{"a": 1}', bytes('\uFEFF\uFEFF{"a": 1}'), "{} x", "NaN", "[1,]"]) {
      assert.equal(json(body), "not JSON");
    }
  });

  test("has no half of a surrogate pair", () => {
    const texts = { "\\ud800": "\uFFFD", "\\uDFFFa": "\uFFFDa", "\\ud83d\\ude00": "\u{1F600}", "\\\\ud800": "\\ud800" };
    for (const [sent, read] of Object.entries(texts)) assert.equal(json(`"${sent}"`), read);
    assert.equal(json('"\\ud83d\\ud83d\\ude00"'), "\uFFFD\u{1F600}");
    assert.equal(json('"\\ud8zz"'), "not JSON");
    assert.deepEqual(json('{"\\ud800": 1, "\\ud801": 2}'), { "\uFFFD": 2 });
  });

  test("has limits, also where a second member of the same name hides them", () => {
    const deep = (levels) => "[".repeat(levels) + "]".repeat(levels);
    assert.notEqual(json(deep(127)), "not JSON");
    const dropped = (value) => `{"a": ${value}, "a": "[{\\"[["}`;
    assert.deepEqual(json(dropped("1e308")), { a: '[{"[[' });
    for (const body of [deep(128), deep(100_000), "1e400", "[-1e400]", dropped(deep(127)), dropped("1e400")]) {
      assert.equal(json(body), "not JSON");
    }
    assert.deepEqual(json('["1e400", 1e-400]'), ["1e400", 0]);
  });

  test("gives way to one safe line of anything else", () => {
    const lines = {
      "<html><b>Bad\r\n gateway</b></html>": "Bad gateway",
      "a <b": "a",
      "\u001b[31mred\u202e \u200b\u00ad.": "[31mred .",
      "<!-- -->": undefined,
      " \n": undefined,
      [`${"x".repeat(99)} y`]: "x".repeat(99),
      ["\u{1F600}".repeat(101)]: "\u{1F600}".repeat(100),
    };
    for (const [text, line] of Object.entries(lines)) assert.equal(safeLine(text), line);
  });
});

describe("a value", async () => {
  const { isOf, readAs, spelled } = await imported("values");
  const LARGE = 2 ** 53;
  const values = ["text", "5", "-0", "05", "", 5, -0, 5.5, 1e2, LARGE, true, null, [], {}, "503", 503];

  test("has its type or not", () => {
    const accepted = (type) => values.filter((value) => isOf(type, value));
    const strings = ["text", "5", "-0", "05", "", "503"];
    assert.deepEqual(accepted("text"), strings);
    assert.deepEqual(accepted("integer"), [5, -0, 1e2, LARGE, 503]);
    assert.deepEqual(accepted("number"), [5, -0, 5.5, 1e2, LARGE, 503]);
    assert.deepEqual(accepted("boolean"), [true]);
    assert.deepEqual(accepted("any"), values);
    assert.deepEqual(accepted("status"), ["503"]);
    for (const unit of ["s", "ms"]) assert.deepEqual(accepted(unit), [5, -0, 5.5, 1e2, LARGE, 503]);
    assert.ok(!isOf("any", undefined));
    assert.ok(!isOf("ms", -1));
  });

  test("is read, also from what servers take for it", () => {
    const read = (type) => values.map((value) => readAs(type, value)).filter((value) => value !== undefined);
    assert.deepEqual(read("text"), ["text", "5", "-0", "05", "", "5", "0", "100", "503", "503"]);
    assert.deepEqual(read("integer"), [5, 0, 5, 0, 100, 503, 503]);
    assert.deepEqual(read("number"), [5, 0, 5, -0, 5.5, 100, LARGE, 503, 503]);
    assert.deepEqual(read("boolean"), [true]);
    assert.deepEqual(read("any"), values);
    assert.deepEqual(read("status"), ["100", "503", "503"]);
    assert.deepEqual(read("ms"), [5, 0, 5, 0, 6, 100, 2_147_483_647, 503, 503]);
    assert.deepEqual([64.57, "2", -1, 1e300].map((value) => readAs("s", value)), [64_570, 2000, undefined, 2_147_483_647]);
  });

  test("is spelled by a part of a text", () => {
    const all = ["5", "-0", "05", "1.5", "1e400", "true", "x", ""];
    const spells = (type) => all.filter((text) => isOf(type, spelled(type, text)));
    assert.deepEqual(spells("text"), all);
    assert.deepEqual(spells("any"), all);
    assert.deepEqual(spells("integer"), ["5", "-0"]);
    assert.deepEqual(spells("number"), ["5", "-0", "1.5"]);
    assert.deepEqual(spells("boolean"), ["true"]);
    assert.equal(readAs("number", spelled("number", "1e400")), undefined);
    assert.equal(spelled("boolean", "false"), false);
  });
});

describe("matching", async () => {
  const { matches } = await imported("match");
  /** Whether a body has a shape, and what is found in it. */
  const follow = (shape, json) => {
    const found = { params: {} };
    return [matches(shape, json, found), found];
  };

  test("wants each required member, and reads what is there", () => {
    const shape = { body: { members: [MEMBERS.code, MEMBERS.field, MEMBERS.note] }, absent: ["None"] };
    const expected = {
      '{"code":"a","field":"b"}': [true, { code: "a", params: { field: "b" } }],
      '{"code":"a","field":"None","note":"None","more":1}': [true, { code: "a", params: { field: "None" } }],
      '{"code":"","field":"b","note":null}': [true, { params: { field: "b" } }],
      '{"code":404,"field":null,"note":"n"}': [false, { code: "404", params: { note: "n" } }],
      '{"__proto__":{"code":"a","field":"b"}}': [false, { params: {} }],
      "[]": [false, { params: {} }],
    };
    for (const [json, found] of Object.entries(expected)) assert.deepEqual(follow(shape, JSON.parse(json)), found, json);
  });

  test("compares literals, numbers by value", () => {
    const isSame = (literal, json) => matches({ body: { literal } }, json);
    for (const literal of [null, false, "a", 1.5]) {
      assert.ok(isSame(literal, literal));
      assert.ok(!isSame(literal, [literal]));
    }
    assert.ok(isSame([], [1]) && !isSame([], {}) && !isSame(null, undefined));
    assert.ok(matches({ body: { members: [] } }, { a: 1 }) && !matches({ body: { members: [] } }, []));
  });

  test("takes a value out of the text around it, unless there are two", () => {
    const text = (...parts) => ({ body: { parts } });
    const [a, b] = ["a", "b"].map((param) => ({ type: "text", param }));
    const read = (shape, json) => follow(shape, json).map((one) => one.params ?? one);
    assert.deepEqual(read(text("x/", a, ".y"), "x/1.y"), [true, { a: "1" }]);
    assert.deepEqual(read(text("x/", a), "x/"), [true, { a: "" }]);
    assert.deepEqual(read(text("aba", a, "ba"), "aba"), [false, {}], "the two overlap");
    for (const other of ["y/1", 5, null]) assert.deepEqual(read(text("x/", a), other), [false, {}]);
    assert.deepEqual(read(text(a, " of ", b), "anything"), [true, {}]);
    assert.deepEqual(read(text({ type: "integer", param: "n" }, " left"), "5 left"), [true, { n: 5 }]);
    assert.deepEqual(read(text({ type: "integer", param: "n" }, " left"), "few left"), [false, {}]);
  });

  test("checks every element of a list, and keeps those that are something", () => {
    const items = { body: { param: "items", of: { members: [MEMBERS.field, MEMBERS.note] } } };
    const elements = [{ field: "a" }, 5, { note: 1 }, { field: "b", note: "c" }];
    assert.deepEqual(follow(items, elements), [false, { params: { items: [{ field: "a" }, { note: "1" }, { field: "b", note: "c" }] } }]);
    assert.deepEqual(follow(items, []), [true, { params: { items: [] } }]);
    assert.deepEqual(follow(items, {}), [false, { params: {} }]);
    const single = { body: { param: "all", of: { type: "any", param: "one" } } };
    assert.deepEqual(follow(single, [1, null, "a"]), [true, { params: { all: [1, null, "a"] } }]);
  });

  test("reads each error of a list of errors, with what is around", () => {
    const around = (param) => ({ key: param, optional: true, type: "text", param });
    const status = { key: "status", optional: true, type: "integer", is: "status" };
    const list = { key: "errors", isErrors: true, of: { members: [MEMBERS.code, status, around("b")] } };
    const shape = { body: { members: [around("a"), list, around("b"), status] } };
    const [isMatch, found] = follow(shape, { a: "1", b: "2", status: 500, errors: [{ code: "x", status: 404 }, null, { code: "y", b: "3" }] });
    assert.equal(isMatch, false);
    assert.deepEqual(found, {
      params: { a: "1", b: "2" },
      status: 500,
      statusBefore: undefined,
      errors: [
        { code: "x", status: 404, params: { a: "1" } },
        { code: "y", params: { a: "1", b: "3" } },
      ],
    });
    const codes = { body: { isErrors: true, of: { type: "text", is: "code", isRead: true } } };
    assert.deepEqual(follow(codes, ["a", {}, ""])[1].errors, [{ code: "a", params: {} }]);
  });
});

describe("reading", async () => {
  const { detectFailure, readFailure } = await imported("read");
  const after = (afterMs, more) => ({ kind: "after", afterMs, initialMs: 1000, maxDelayMs: 2000, factor: 2, retries: 3, ...more });
  const never = { kind: "never" };
  const errors = { a: { status: 404, retryAdvice: never }, b: { status: 429, retryAdvice: after(5000) }, c: { status: 503, retryAdvice: after(5000, { maxDelayMs: 9000 }) } };
  const reader = (body, more) => ({
    surface: "api",
    errors,
    shape: { body, ...more },
    keyOf: (code) => (Object.hasOwn(errors, code) ? code : undefined),
    idOf: (key, code) => ({ name: key, code }),
  });
  const one = reader({ members: [MEMBERS.code] });
  const status = { key: "status", optional: true, type: "status", is: "status" };
  const several = reader({ isErrors: true, of: { members: [MEMBERS.code, status] } }, { hasErrors: true });
  const of = ({ name, status, codeText, retryAdvice }) => [name, status, codeText, retryAdvice.kind];

  test("knows an error by its code, and else its status", () => {
    assert.deepEqual(of(readFailure(one, 500, '{"code": "a"}')), ["a", 500, "a", "never"]);
    assert.deepEqual(of(readFailure(one, 500, '{"code": "new"}')), [undefined, 500, "new", "backoff"]);
    assert.deepEqual(of(readFailure(one, undefined, '{"code": "a"}')), ["a", 404, "a", "never"]);
    assert.deepEqual(of(readFailure(one, undefined, '{"code": "new"}')), [undefined, undefined, "new", "never"]);
    const { errors, ...whole } = readFailure(one, 503, "<b>Bad gateway</b>");
    assert.deepEqual([whole.text, whole.body, whole.matches], ["Bad gateway", "<b>Bad gateway</b>", false]);
    assert.equal(errors.length, 1);
    assert.deepEqual(of(errors[0]), [undefined, 503, undefined, "backoff"]);
  });

  test("takes the first known one of several errors, and the longest wait", () => {
    const read = (...codes) => readFailure(several, 400, codes.map((code) => ({ code, status: "499" })));
    assert.deepEqual(of(read("new", "b")), ["b", 400, "b", "never"]);
    assert.deepEqual(read("new", "b").errors.map(of), [[undefined, 499, "new", "never"], ["b", 499, "b", "after"]]);
    assert.equal(read("b", "c").retryAdvice, errors.c.retryAdvice);
    assert.equal(read("c", "b").retryAdvice, errors.c.retryAdvice);
    assert.equal(read("b", "b").retryAdvice, errors.b.retryAdvice);
    assert.equal(read("b", "a").retryAdvice, never);
    assert.deepEqual(read().errors, []);
    assert.deepEqual(of(read()), [undefined, 400, undefined, "never"]);
    assert.deepEqual(of(readFailure(several, undefined, [{ code: "new" }, { code: "b", status: "503" }])), ["b", 503, "b", "after"]);
  });

  test("detects an error below 400 by its code, or by a literal", () => {
    const literal = reader({ members: [{ key: "ok", literal: false }, MEMBERS.code] }, { hasLiteral: true });
    const names = (reader, body) => [200, 400].map((status) => detectFailure(reader, status, body)?.codeText);
    assert.deepEqual(names(one, { code: "a" }), ["a", "a"]);
    assert.deepEqual(names(one, { code: "new" }), [undefined, "new"]);
    assert.deepEqual(names(literal, { ok: false, code: "new" }), ["new", "new"]);
    assert.deepEqual(names(literal, { ok: true, code: "a" }), [undefined, "a"]);
    assert.deepEqual(names(literal, { ok: false, code: "" }), [undefined, undefined]);
  });
});

describe("a response", async () => {
  const { detectIn, readFrom } = await imported("response");
  const { peeked } = await imported("peek");
  const wait = { key: "wait", optional: true, type: "ms", param: "wait" };
  const reader = {
    surface: "api",
    errors: { a: { status: 200, retryAdvice: { kind: "never" } } },
    shape: { body: { members: [MEMBERS.code, wait] }, hasWait: true },
    lowStatuses: [200],
    keyOf: (code) => (code === "a" ? code : undefined),
    idOf: (code) => ({ code }),
  };
  const respond = (body, status = 503) => new Response(JSON.stringify(body), { status, headers: { "x-id": "7" } });

  test("is read without using up the body", async () => {
    const text = async (response, most) => String(Buffer.from(await peeked(response, most)));
    const response = new Response("text");
    assert.equal(await text(response, 4), "text");
    assert.equal(await response.text(), "text");
    assert.equal(await text(new Response(null, { status: 204 }), 4), "");
    assert.equal(await peeked(new Response("texts"), 4), "");
  });

  test("says as much as its status and its body, and has its headers", async () => {
    for (const [read, isUsed] of [[readFrom, true], [detectIn, false]]) {
      const response = respond({ code: "a", wait: 5 });
      const { headers, ...rest } = await read(reader, response);
      const told = read(reader, 503, { code: "a", wait: 5 });
      assert.deepEqual({ ...rest, headers: undefined }, told);
      assert.deepEqual([rest.bodyWaitMs, rest.retryable, told.headers], [5, false, undefined]);
      assert.equal(headers, response.headers);
      assert.equal(response.bodyUsed, isUsed);
    }
    assert.equal(readFrom(reader, 503, "{}").bodyWaitMs, undefined);
    assert.equal(readFrom({ ...reader, shape: { ...reader.shape, hasWait: false } }, 503, { wait: 5 }).bodyWaitMs, undefined);
  });

  test("without a body that can be read is read as an empty one", async () => {
    const used = respond({ code: "a" });
    await used.text();
    const broken = new Response(new ReadableStream({ start: (controller) => controller.error(new Error("broken")) }), { status: 503 });
    for (const response of [used, broken]) {
      for (const read of [readFrom, detectIn]) {
        const { status, body, codeText, retryAdvice } = await read(reader, response);
        assert.deepEqual([status, body, codeText, retryAdvice.kind], [503, undefined, undefined, "backoff"]);
      }
    }
  });

  test("is a success below 400, unless it is small JSON that says otherwise", async () => {
    const ask = async (body, headers, own = reader) => {
      let isRead = false;
      const stream = new ReadableStream({
        pull(controller) {
          isRead = true;
          controller.enqueue(new TextEncoder().encode(body));
          controller.close();
        },
      }, { highWaterMark: 0 });
      const response = new Response(stream, { headers });
      const failure = await detectIn(own, response);
      const wasRead = isRead;
      assert.equal(await response.text(), body);
      return [failure?.retryAdvice.kind, wasRead];
    };
    const error = '{"code": "a"}';
    for (const type of ["application/json", "application/problem+json; charset=utf-8", "text/JSON"]) {
      assert.deepEqual(await ask(error, { "content-type": type }), ["never", true]);
    }
    assert.deepEqual(await ask("{}", { "content-type": "application/json" }), [undefined, true]);
    const { lowStatuses, ...strict } = reader;
    for (const own of [strict, { ...reader, lowStatuses: [202] }]) {
      assert.deepEqual(await ask(error, { "content-type": "application/json" }, own), [undefined, false]);
    }
    const long = JSON.stringify({ code: "a", more: "x".repeat(65_536) });
    assert.deepEqual(await ask(long, { "content-type": "application/json" }), [undefined, true]);
    let clones = 0;
    const untouched = { status: 200, clone: () => clones++ };
    for (const headers of [{}, { "content-type": "text/event-stream" }, { "content-type": "application/json-seq" }, { "content-type": "application/json", "content-length": "65537" }]) {
      assert.equal(await detectIn(reader, { ...untouched, headers }), undefined);
    }
    assert.equal(clones, 0);
  });
});

describe("sending", async () => {
  const { bodyOf } = await imported("build");
  const { respond } = await imported("send");
  const backoff = { kind: "backoff" };
  const after = { kind: "after", afterMs: 1500 };
  const entry = { status: 429, meaning: "Busy", fix: "Wait.", retryAdvice: after };
  const errors = { a: entry, b: { ...entry, status: 404, retryAdvice: backoff } };
  const sent = (members, call, more) => bodyOf({ shape: { body: { members } }, errors, isKeyedByCode: true, ...more }, call);
  const text = (key, optional) => ({ key, optional, type: "text", param: key });

  test("leaves out what is optional and has no value", () => {
    const members = [text("a"), text("b", true), { key: "c", optional: true, members: [text("d"), text("e", true)] }];
    assert.deepEqual(sent(members, ["a", { a: "1" }]), { a: "1" });
    assert.deepEqual(sent(members, ["a", { a: "", b: null, d: undefined, e: "2" }]), { a: "" });
    assert.deepEqual(sent(members, ["a", { d: "1" }]), { a: null, c: { d: "1" } });
    assert.deepEqual(sent([{ key: "k", optional: true, members: [] }, { key: "l", optional: true, literal: 0 }], ["a"]), { k: {}, l: 0 });
    assert.deepEqual(sent([text("toString", true)], ["a"]), {});
    const fill = sent([{ key: "__proto__", type: "text", is: "meaning" }], ["a"]);
    assert.deepEqual(Object.entries(fill), [["__proto__", "Busy"]]);
  });

  test("fills in what the table says, and joins texts", () => {
    const is = (key, type = "text") => ({ key, type, is: key });
    const parts = [{ type: "integer", param: "n" }, " of ", { type: "any", param: "x" }];
    const members = [is("code"), is("status", "integer"), is("meaning"), is("fix"), { key: "t", optional: true, parts }];
    const body = { code: "b", status: 404, meaning: "Busy", fix: "Wait." };
    assert.deepEqual(sent(members, ["b"]), body);
    assert.deepEqual(sent(members, ["b", { n: 1, x: { y: 2 } }, { status: 409 }]), { ...body, status: 409, t: '1 of {"y":2}' });
    assert.deepEqual(sent([{ ...is("status"), type: "status" }], ["b"]), { status: "404" });
  });

  test("sends lists, whether they are empty or not given", () => {
    const list = (optional) => [{ key: "l", optional, param: "l", of: { members: [text("a"), text("b", true), { key: "m", type: "text", is: "meaning" }] } }];
    assert.deepEqual(sent(list(true), ["a"]), {});
    assert.deepEqual(sent(list(false), ["a"]), { l: [] });
    assert.deepEqual(sent(list(true), ["a", { l: [] }]), { l: [] });
    assert.deepEqual(sent(list(true), ["a", { l: [{ a: 1, b: null }, {}] }]), { l: [{ a: 1, m: "Busy" }, { a: null, m: "Busy" }] });
    assert.deepEqual(sent([{ key: "l", param: "l", of: { type: "any", param: "x" } }], ["a", { l: [1, null] }]), { l: [1, null] });
  });

  test("sends what a placeholder always holds for an error", () => {
    const values = { a: { v: { parts: ["<", { type: "text", param: "w" }, ">"] }, z: { literal: [1] } } };
    const members = [text("v"), text("z", true)];
    assert.deepEqual(sent(members, ["a", { w: "1", z: "no" }], { values }), { v: "<1>", z: [1] });
    assert.deepEqual(sent(members, ["b", { v: "1" }], { values }), { v: "1" });
  });

  test("sends a wait in its unit, from the caller or the table", () => {
    const wait = (type) => [{ key: "w", optional: true, type, param: "wait" }];
    assert.deepEqual([sent(wait("s"), ["a", { wait: 64_570 }]), sent(wait("ms"), ["a", { wait: 0 }])], [{ w: 64.57 }, { w: 0 }]);
    assert.deepEqual([sent(wait("s"), ["a"]), sent(wait("s"), ["b"])], [{ w: 1.5 }, {}]);
    const init = { retryAfterMs: 2500 };
    assert.deepEqual([sent(wait("s"), ["b", {}, init]), sent(wait("s"), ["a", { wait: 5 }, init])], [{ w: 2.5 }, { w: 0.005 }]);
  });

  test("joins several errors", () => {
    const status = { key: "status", type: "integer", is: "status" };
    const members = [text("t"), { key: "errors", isErrors: true, of: { members: [MEMBERS.code, status, text("x", true)] } }, status];
    const body = { t: "1", errors: [{ code: "a", status: 429, x: "2" }, { code: "b", status: 404 }], status: 429 };
    assert.deepEqual(sent(members, [[["a", { t: "1", x: "2" }], ["b"]]]), body);
    assert.deepEqual(sent(members, [[["a", { t: "1", x: "2" }], ["b"]], { status: 400 }]), { ...body, status: 400 });
    assert.deepEqual(sent(members, ["b", {}, { status: 410 }]), { t: null, errors: [{ code: "b", status: 410 }], status: 410 });
    assert.deepEqual(sent([{ key: "e", optional: true, isErrors: true, of: { members: [text("x")] } }], ["a"]), {});
  });

  test("answers with the status and headers of the entry, and the caller's over them", async () => {
    const sender = { shape: { body: { members: [MEMBERS.code] }, hasWait: true }, isKeyedByCode: true };
    const answer = (...call) => respond(sender, errors, "application/json", call);
    const response = answer("a");
    assert.deepEqual([response.status, response.headers.get("retry-after")], [429, "2"]);
    assert.equal(response.headers.get("content-type"), "application/json");
    assert.equal(await response.text(), '{"code":"a"}');
    const other = answer("a", null, { status: 503, statusText: "Busy", headers: { "Retry-After": "9" } });
    assert.deepEqual([other.status, other.statusText, other.headers.get("retry-after")], [503, "Busy", "9"]);
    const retryAfter = (...call) => answer(...call).headers.get("retry-after");
    assert.equal(retryAfter("b"), null);
    assert.equal(retryAfter("b", { wait: 2500 }), "3");
    assert.equal(retryAfter("a", { wait: 0 }), "0");
    assert.equal(retryAfter("b", { wait: 2500 }, { retryAfterMs: 0 }), "0");
    assert.equal(retryAfter("a", {}, { retryAfterMs: 8001, headers: { "retry-after": "1" } }), "1");
    assert.equal(retryAfter([["b"], ["a"]]), "2");
    assert.equal(answer([["b"], ["a"]]).status, 404);
    sender.shape.hasWait = false;
    assert.equal(retryAfter("b", { wait: 2500 }), null);
  });
});

test("the strategy decides on what no table lists", async () => {
  const { retryAdviceForStatus } = await imported("retry-advice");
  const kinds = [200, 404, 428, 429, 430, 499, 500, 599, 600, 5, 0, -500, NaN].map((status) => retryAdviceForStatus(status).kind);
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
  const { retryAdviceForStatus, retryStrategy } = await import(pathToFileURL(join(folder, "typescript/index.js")));
  for (const status of [404, 429, 503]) assert.deepEqual(retryAdviceForStatus(status), { kind: "never" });
  assert.equal(retryStrategy, undefined);
  const options = { ...RESOLUTIONS.bundler, ...FETCH_TYPES["lib.dom"], noUnusedParameters: true };
  assert.deepEqual(findings([join(folder, "typescript-module/errors.ts")], options), []);
});

test("a group may have a name that another function has", async () => {
  const catalog = join(temporaryFolder(), "errors.yaml");
  const tags = { code: "Codes", error_body: "Bodies", api_error: "Errors", plain: "Others" };
  const error = { code: "a", status: 400, meaning: "Broken", fix: "Wait.", retryable: false, tags: Object.keys(tags) };
  const surface = { id: "api", title: "API", shape: { body: { code: "<code>" } }, errors: [error] };
  const head = { errcat: 1, product: "Acme", version: "1.0.0", title: "Acme errors", tags };
  writeFileSync(catalog, JSON.stringify({ ...head, surfaces: [surface] }));
  const folder = generate(catalog, ["typescript", "typescript-module"]);
  const api = await import(pathToFileURL(join(folder, "typescript/index.js")));
  const failure = api.readApiError(400, '{"code": "a"}');
  const guards = ["isApiCodeGroup", "isApiErrorBodyGroup", "isApiApiErrorGroup", "isApiPlain"];
  assert.deepEqual(guards.map((guard) => api[guard](failure)), [true, true, true, true]);
  assert.deepEqual([api.isApiCode("a"), api.isApiErrorBody({}), api.isApiApiError(failure)], [true, false, false]);
  const options = { ...RESOLUTIONS.bundler, ...FETCH_TYPES["lib.dom"] };
  assert.deepEqual(findings([join(folder, "typescript-module/errors.ts")], options), []);
});

// Reading a response never fails: 224 real ones, captured from three versions of a proxy and the
// servers before it, say what was found out about them by hand; random ones of every kind say
// something. Never compares with the wording of a message.

import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import * as errors from "../../generated/typescript/index.js";
import { responses } from "./captures.mjs";
import { catalogOf, featuresCatalog, generate, local } from "./support.mjs";
import { camel, imported, pascal } from "./typescript-kit.mjs";

const RUNS = Number(process.env.ERRCAT_CASES ?? 2000);

const modules = generate(local("../../catalog/tensorloop.yaml"), ["typescript-module"]);
const forms = {
  "the package": errors,
  "the module": await imported(join(modules, "typescript-module/errors.ts")),
};

// status, body's shape → the error, its advice, whether the body fits; how many of the captures.
const TABLE = [
  [401, "openai", "unauthorized", "never", true, 41],
  [403, "openai", "forbidden", "never", true, 4],
  [404, "detail", "not_found", "never", false, 6],
  [429, "openai", "too_many_requests", "6 retries", true, 29],
  [429, "html", "too_many_requests", "6 retries", false, 1],
  [500, "openai", "internal_server_error", "1 retries", true, 30],
  [502, "openai", "upstream_down", "6 retries", true, 3],
  [503, "openai", "upstream_down", "6 retries", true, 10],
  [502, "html", "upstream_down", "6 retries", false, 1],
  [502, "empty", "upstream_down", "6 retries", false, 1],
  [503, "html", "upstream_down", "6 retries", false, 1],
  [400, "openai", undefined, "never", true, 46],
  [408, "openai", undefined, "never", true, 9],
  [409, "openai", undefined, "never", true, 3],
  [405, "detail", undefined, "never", false, 6],
  [413, "openai", undefined, "never", true, 1],
  [413, "html", undefined, "never", false, 1],
  [504, "html", undefined, "6 retries", false, 1],
];

for (const [form, { readInferenceError, readInferenceEvent, readManagementError }] of Object.entries(forms)) {
  describe(`224 real responses, by ${form}`, () => {
    test("are read as the table says", () => {
      const counted = new Map();
      for (const { file, status, body, headers } of responses) {
        const read = readInferenceError(status, body);
        // Text, bytes of another kind and what is parsed already are read alike.
        assert.deepEqual(readInferenceError(status, body.toString()), read, file);
        assert.deepEqual(readInferenceError(status, Uint8Array.from(body).buffer), read, file);
        assert.deepEqual(readInferenceError(status, read.body), read, file);
        if (status < 400) continue;
        const shape =
          read.body === undefined
            ? "empty"
            : typeof read.body === "string"
              ? "html"
              : typeof read.body.error?.message === "string"
                ? "openai"
                : "detail";
        if (shape === "html") assert.match(headers["content-type"], /html/, file);
        const { kind, retries } = read.verdict;
        const key = [status, shape, read.name, kind === "never" ? kind : `${retries} retries`, read.fits];
        counted.set(String(key), (counted.get(String(key)) ?? 0) + 1);
        assert.equal(read.entry, errors.inferenceErrors[read.name] && read.entry, file);
        // None of them is an error of the management API, and reading it as one tells so.
        const other = readManagementError(status, body);
        assert.deepEqual([other.name, other.fits], [undefined, false], file);
      }
      const table = new Map(TABLE.map((row) => [String(row.slice(0, 5)), row[5]]));
      assert.deepEqual(counted, table);
    });

    test("have the values that were sent, without those that are nothing", () => {
      let none = 0;
      for (const { file, status, body, type, shape } of responses) {
        if (shape !== "error") continue;
        const { params, body: parsed } = readInferenceError(status, body);
        assert.equal(params.message, parsed.error.message, file);
        const isNothing = type === null || type === "None" || type === undefined;
        assert.equal(params.type, isNothing ? undefined : type, file);
        if (isNothing) none++;
      }
      assert.equal(none, 99);
    });

    test("have errors in five event streams", () => {
      const found = [];
      for (const { status, headers, body } of responses) {
        if (status !== 200 || !/event-stream/.test(headers["content-type"])) continue;
        for (const [, data] of body.toString().matchAll(/^data: (.*)$/gm)) {
          const read = readInferenceEvent(data);
          if (read.fits) found.push(`${read.status} ${read.name}`);
          else assert.deepEqual([read.status, read.name, read.verdict.kind], [0, undefined, "never"]);
        }
      }
      assert.deepEqual(found.sort(), [
        ...Array(4).fill("500 internal_server_error"),
        "503 upstream_down",
      ]);
    });
  });
}

// What is in none of the captures.
const ODD = [
  undefined, null, true, 0, NaN, 1n, Symbol("x"), "", " ", "\0", "null", "[]", "{}", "[1]", '"None"', "\uFEFF{}",
  "<html>", "{", '{"error": {}}', '{"error": null}', '{"error": []}', '{"error": [{"message": "x"}]}',
  '{"error": {"message": null, "type": 5}}', '{"__proto__": {"error": "internal"}}', new Uint8Array([0xff, 0xfe, 0x00]),
  new ArrayBuffer(0), new DataView(new ArrayBuffer(3)), new Date(), new Map(), Object.create(null), () => {}, /x/,
  "[".repeat(1_000_000), `${"[".repeat(100_000)}${"]".repeat(100_000)}`, `{"error": "${"x".repeat(5_000_000)}"}`,
];

describe("any body", () => {
  test("is read, odd ones", () => {
    for (const body of ODD) {
      for (const read of [errors.readManagementError(500, body), errors.readInferenceError(500, body)]) {
        assert.equal(read.status, 500);
        assert.equal(read.name, read.surface === "management" ? undefined : "internal_server_error");
      }
      assert.equal(errors.readInferenceEvent(body).verdict.kind, "never");
    }
  });

  test("is read for what is known of it", () => {
    const { readManagementError: read } = errors;
    const known = read(403, '\uFEFF{"error": "plan_limit_model", "detail": "gpt-4o", "more": [1]}');
    assert.deepEqual(
      [known.name, known.code, known.codeText, known.params, known.fits, known.verdict.kind],
      ["plan_limit_model", "plan_limit_model", "plan_limit_model", { detail: "gpt-4o" }, true, "never"],
    );
    assert.equal(known.entry, errors.managementErrors.plan_limit_model);
    // The code counts, and not the status that a proxy made of it.
    assert.equal(read(500, { error: "rate_limited" }).verdict.afterMs, 3_600_000);
    const newer = read(503, { error: "plan_limit_seats", detail: null });
    assert.deepEqual(
      [newer.name, newer.code, newer.codeText, newer.params, newer.fits, newer.verdict.kind],
      [undefined, undefined, "plan_limit_seats", {}, true, "backoff"],
    );
    for (const nothing of [null, "None", 5, {}, ["x"]]) {
      assert.deepEqual(read(400, { error: "internal", detail: nothing }).params, {});
    }
    assert.equal(read(400, { error: 404 }).codeText, "404");
    assert.equal(read(400, { error: "None" }).codeText, undefined);
    for (const code of ["__proto__", "constructor", "toString"]) {
      assert.equal(read(400, { error: code }).name, undefined);
    }
    const bytes = new TextEncoder().encode('{"error": "internal"}');
    assert.equal(read(400, new DataView(bytes.buffer)).name, "internal");
    // Memory that was handed to somebody else.
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    assert.equal(read(400, bytes.buffer).body, undefined);
  });
});

const outputs = generate(featuresCatalog, ["typescript", "json"]);
const features = await import(join(outputs, "typescript/index.js"));

describe("the catalog of all features", () => {
  const { surfaces } = catalogOf(outputs);
  const keys = ["errors", "code", "type", "message", "source", "unit", "line", "fatal", "status", "detail"];
  const { value: body } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom(null, "None", "", "auth.token.type", 1001, "1001", true, 503),
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
      fc.array(tie("value"), { maxLength: 3 }),
      tie("object"),
      fc.record({ errors: fc.tuple(tie("object")) }),
    ),
    object: fc.dictionary(fc.constantFrom(...keys), tie("value")),
  }));
  const wire = fc.oneof(
    body,
    body.map((value) => {
      try {
        return JSON.stringify(value);
      } catch {
        return "{";
      }
    }),
    fc.uint8Array(),
    fc.string({ unit: "binary" }),
  );

  for (const surface of surfaces) {
    const [read, readEvent] = ["Error", "Event"].map((what) => features[`read${pascal(surface.id)}${what}`]);
    const table = features[`${camel(surface.id)}Errors`];
    const fits = features[`is${pascal(surface.id)}Error`];

    test(`reads any body of ${surface.id}`, () => {
      let withParams = 0;
      const property = fc.property(fc.oneof(fc.nat(999), fc.integer()), wire, (status, sent) => {
        const one = read(status, sent);
        assert.equal(one.surface, surface.id);
        assert.equal(one.status, status);
        assert.equal(one.entry, one.name === undefined ? undefined : table[one.name]);
        assert.equal(one.fits, fits(one.body));
        assert.deepEqual(one.verdict, one.entry?.retry ?? features.fallbackVerdict(status));
        for (const { name, type } of surface.shape.placeholders) {
          const value = one.params[name];
          if (value === undefined) continue;
          withParams++;
          assert.ok(value !== null && value !== "None");
          if (type === "text") assert.equal(typeof value, "string");
          if (type === "integer") assert.ok(Number.isInteger(value));
        }
        assert.equal(readEvent(sent).fits, one.fits);
      });
      fc.assert(property, { numRuns: RUNS });
      assert.ok(withParams > 0);
    });

    test(`reads each error of ${surface.id} as it was sent`, () => {
      for (const error of surface.errors) {
        const one = read(error.status, JSON.stringify(error.body));
        assert.equal(one.name, typeof error.code === "string" ? error.code : error.name);
        assert.equal(one.code, error.code ?? undefined);
        assert.equal(one.codeText, error.code === null ? undefined : String(error.code));
        assert.ok(one.fits);
        const event = readEvent(JSON.stringify(error.body));
        const isFound = surface.keyed_by === "code";
        assert.equal(event.status, isFound ? error.status : 0);
        assert.equal(event.name, isFound ? one.name : undefined);
      }
    });
  }

  test("an integer code is found as text as well, a code in a URL without it", () => {
    assert.equal(features.readLedgerError(409, { errors: [{ code: "1002" }] }).code, 1002);
    for (const code of ["1002.0", " 1002", "0x3ea", "", null, [1002]]) {
      assert.equal(features.readLedgerError(409, { errors: [{ code }] }).code, undefined);
    }
    const type = "https://docs.acme.dev/errors#payments-auth.token.type";
    assert.equal(features.readPaymentsError(401, { type }).name, "auth.token.type");
    assert.equal(features.readPaymentsError(401, { type: "auth.token.type" }).name, undefined);
    const newer = { type: "https://docs.acme.dev/errors#payments-new", status: "429" };
    assert.equal(features.readPaymentsError(401, newer).codeText, "new");
    assert.deepEqual([features.readPaymentsEvent(newer).status, features.readPaymentsEvent(newer).verdict.kind], [429, "backoff"]);
    const { params } = features.readLedgerError(409, { errors: [{ source: { unit: "ledger/eu" } }] });
    assert.deepEqual(params, { unit: "eu" });
  });
});

// Reading a response never fails. Real ones, captured from a proxy and the servers in front of it, are
// read as their manifest says. Random ones of every kind are read somehow.

import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import * as errors from "../../generated/typescript/index.js";
import { responses } from "./captures.mjs";
import { catalogOf, featuresCatalog, generate, local } from "./support.mjs";
import { camel, imported, keyOf, keyRead, pascal } from "./typescript-kit.mjs";

const RUNS = Number(process.env.ERRCAT_CASES ?? 2000);

const modules = generate(local("../../catalog/tensorloop.yaml"), ["typescript-module"]);
const forms = {
  "the package": errors,
  "the module": await imported(join(modules, "typescript-module/errors.ts")),
};

for (const [form, { readInferenceError, readInferenceEvent, readManagementError }] of Object.entries(forms)) {
  describe(`real responses, by ${form}`, () => {
    for (const { file, status, headers, body, shape, name, retries, type, event } of responses) {
      test(`${file} is read`, () => {
        const read = readInferenceError(status, body);
        // Text, other kinds of bytes and a parsed body are read the same.
        assert.deepEqual(readInferenceError(status, body.toString()), read);
        assert.deepEqual(readInferenceError(status, Uint8Array.from(body).buffer), read);
        assert.deepEqual(readInferenceError(status, read.body), read);
        if (/event-stream/.test(headers["content-type"])) {
          const data = [...body.toString().matchAll(/^data: (.*)$/gm)].map(([, data]) => data);
          const events = data.map((data) => readInferenceEvent(data));
          assert.deepEqual(events.filter(({ matches }) => matches).map(({ name }) => name), event ? [event] : []);
          for (const { status, name, retryAdvice } of events.filter(({ matches }) => !matches)) {
            assert.deepEqual([status, name, retryAdvice.kind], [undefined, undefined, "never"]);
          }
        }
        if (status < 400) return;
        assert.deepEqual(
          [read.name, read.retryable ? read.retryAdvice.retries : 0, read.matches],
          [name ?? undefined, retries, shape === "error"],
        );
        assert.equal(read.entry, errors.inferenceErrors[name] && read.entry);
        if (shape === "error") assert.equal(read.params.message, read.body.error.message);
        // In LiteLLM, null and the text None mean nothing.
        assert.equal(read.params.type, type === null || type === "None" ? undefined : type);
        // It isn't an error of the management API, and reading it as one says so.
        const other = readManagementError(status, body);
        assert.deepEqual([other.code, other.matches], [undefined, false]);
      });
    }
  });
}

// Bodies that are not among the captures.
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
        assert.equal(read.surface === "management" ? read.code : read.name, read.surface === "management" ? undefined : "internal_server_error");
      }
      assert.equal(errors.readInferenceEvent(body).retryAdvice.kind, "never");
    }
  });

  test("is read for what is known about it", () => {
    const { readManagementError: read } = errors;
    const known = read(403, '\uFEFF{"error": "plan_limit_model", "detail": "gpt-4o", "more": [1]}');
    assert.deepEqual(
      [known.code, known.codeText, known.params, known.matches, known.retryAdvice.kind, known.retryable],
      ["plan_limit_model", "plan_limit_model", { detail: "gpt-4o" }, true, "never", false],
    );
    assert.equal(known.entry, errors.managementErrors.plan_limit_model);
    // The code counts, and not the status that a proxy made of it.
    assert.equal(read(500, { error: "rate_limited" }).retryAdvice.afterMs, 3_600_000);
    const newer = read(503, { error: "plan_limit_seats", detail: null });
    assert.deepEqual(
      [newer.entry, newer.code, newer.codeText, newer.params, newer.matches, newer.retryAdvice.kind],
      [undefined, undefined, "plan_limit_seats", {}, true, "backoff"],
    );
    for (const nothing of [null, 5.5, {}, ["x"]]) {
      assert.deepEqual(read(400, { error: "internal", detail: nothing }).params, {});
    }
    // Only the shape of the other API says that this text means nothing.
    assert.deepEqual(read(400, { error: "internal", detail: "None" }).params, { detail: "None" });
    const { readInferenceError } = errors;
    assert.deepEqual(readInferenceError(400, { error: { message: "None", type: "None" } }).params, { message: "None" });
    assert.equal(read(400, { error: 404 }).codeText, "404");
    assert.equal(read(400, { error: "" }).codeText, undefined);
    for (const code of ["__proto__", "constructor", "toString"]) {
      assert.equal(read(400, { error: code }).code, undefined);
    }
    const bytes = new TextEncoder().encode('{"error": "internal"}');
    assert.equal(read(400, new DataView(bytes.buffer)).code, "internal");
    // Memory that was handed to somebody else.
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    assert.equal(read(400, bytes.buffer).body, undefined);
  });
});

const outputs = generate(featuresCatalog, ["typescript", "json"]);
const features = await import(join(outputs, "typescript/index.js"));

describe("the catalog of all features", () => {
  const { surfaces } = catalogOf(outputs);
  /** Any body. Its keys are those of a surface. */
  const bodiesOf = ({ shape }) => {
    const keys = new Set(JSON.stringify(shape.body).match(/(?<="key":")\w+/g));
    const { value: body } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom(null, "None", "", "auth.token.type", 1001, "1001", true, 503),
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
        fc.array(tie("value"), { maxLength: 3 }),
        tie("object"),
        fc.tuple(tie("object")),
        fc.record({ errors: fc.tuple(tie("object")) }),
      ),
      object: fc.dictionary(fc.constantFrom(...keys), tie("value")),
    }));
    const text = body.map((value) => {
      try {
        return JSON.stringify(value);
      } catch {
        return "{";
      }
    });
    return fc.oneof(body, text, fc.uint8Array(), fc.string({ unit: "binary" }));
  };

  for (const surface of surfaces) {
    const [read, readEvent] = ["Error", "Event"].map((what) => features[`read${pascal(surface.id)}${what}`]);
    const table = features[`${camel(surface.id)}Errors`];
    const guard = features[`is${pascal(surface.id)}ErrorBody`];

    test(`reads any body of ${surface.id}`, () => {
      let withParams = 0;
      const property = fc.property(fc.oneof(fc.nat(999), fc.integer()), bodiesOf(surface), (status, sent) => {
        const one = read(status, sent);
        assert.equal(one.surface, surface.id);
        assert.equal(one.status, status);
        assert.equal(one.entry, table[keyRead(one)]);
        assert.equal(one.matches, guard(one.body));
        if (surface.shape.errors_path === null) {
          assert.deepEqual(one.retryAdvice, one.entry?.retryAdvice ?? features.retryAdviceForStatus(status));
          assert.equal(one.errors.length, 1);
        }
        assert.ok(one.errors.every((error) => error.entry === table[keyRead(error)]));
        for (const { name, type } of surface.shape.placeholders) {
          const value = one.params[name];
          if (value === undefined) continue;
          withParams++;
          assert.notEqual(value, null);
          if (type === "text") assert.equal(typeof value, "string");
          if (type === "integer") assert.ok(Number.isInteger(value));
        }
        assert.equal(readEvent(sent).matches, one.matches);
      });
      fc.assert(property, { numRuns: RUNS });
      assert.ok(withParams > 0);
    });

    test(`reads each error of ${surface.id} as it was sent`, () => {
      for (const error of surface.errors) {
        const one = read(error.status, JSON.stringify(error.body));
        assert.equal(keyRead(one), keyOf(surface, error));
        assert.equal(one.code, error.code ?? undefined);
        // A key that says nothing more isn't there.
        const fields = { code: surface.keyed_by !== "status", name: keyRead(one) !== error.code };
        assert.deepEqual({ code: "code" in one, name: "name" in one }, fields);
        assert.equal(one.codeText, error.code === null ? undefined : String(error.code));
        assert.ok(one.matches);
        const event = readEvent(JSON.stringify(error.body));
        const isFound = error.code !== null;
        assert.equal(event.status, isFound ? error.status : undefined);
        assert.equal(keyRead(event), isFound ? keyRead(one) : undefined);
      }
    });
  }

  test("an integer code is found as text as well, a code in a URL without it", () => {
    assert.equal(features.readLedgerError(409, { errors: [{ code: "1002" }] }).code, 1002);
    for (const code of ["1002.0", " 1002", "0x3ea", "", null, [1002]]) {
      assert.equal(features.readLedgerError(409, { errors: [{ code }] }).code, undefined);
    }
    const type = "https://docs.acme.dev/errors#payments-auth.token.type";
    assert.equal(features.readPaymentsError(401, { type }).code, "auth.token.type");
    assert.equal(features.readPaymentsError(401, { type: "auth.token.type" }).code, undefined);
    const newer = { type: "https://docs.acme.dev/errors#payments-new", status: "429" };
    assert.equal(features.readPaymentsError(401, newer).codeText, "new");
    assert.deepEqual([features.readPaymentsEvent(newer).status, features.readPaymentsEvent(newer).retryAdvice.kind], [429, "backoff"]);
    const { params } = features.readLedgerError(409, { errors: [{ source: { unit: "ledger/eu" } }] });
    assert.deepEqual(params, { unit: "eu" });
  });
});

// The class of errors to throw: its message, cause and stack; `instanceof` across copies, forms and realms; what throws it;
// and that bundlers drop it where nobody uses it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { rollup } from "rollup";
import { featuresCatalog, generate, local } from "./support.mjs";
import { imported } from "./typescript-kit.mjs";

const outputs = generate(local("../../catalog/tensorloop.yaml"), ["typescript", "typescript-module"]);
const index = join(outputs, "typescript/index.js");
const forms = {
  "the package": await import(pathToFileURL(index)),
  "the module": await imported(join(outputs, "typescript-module/errors.ts")),
};
const features = await import(pathToFileURL(join(generate(featuresCatalog, ["typescript"]), "typescript/index.js")));

/** The package in another realm, where `Error` is another one too. */
function foreign() {
  const source = readFileSync(index, "utf8").replaceAll(/^export /gm, "");
  return vm.runInNewContext(`${source}; ({ ManagementApiError, readManagementError })`, { TextDecoder });
}

const caught = (promise) => promise.then(() => assert.fail("nothing was thrown"), (error) => error);
const respond = (status, body, headers) => new Response(body, { status, headers });

for (const [form, api] of Object.entries(forms)) {
  const { InferenceApiError, ManagementApiError, isManagementApiError, managementOk, readManagementError } = api;
  const failure = readManagementError(409, '{"error": "alias_taken"}');

  describe(`an error of ${form}`, () => {
    test("is an Error with what was read, and a cause only if one is given", () => {
      const error = new ManagementApiError(failure);
      assert.ok(error instanceof Error);
      assert.deepEqual([error.name, error.failure], ["ManagementApiError", failure]);
      assert.ok(!("cause" in error));
      for (const cause of [new Error("the socket closed"), undefined, null, 0]) {
        const options = { cause };
        const caused = new ManagementApiError(failure, options);
        const native = new Error("", options);
        assert.deepEqual(Object.getOwnPropertyDescriptor(caused, "cause"), Object.getOwnPropertyDescriptor(native, "cause"));
      }
      // What a log of JSON has.
      assert.deepEqual(Object.keys(error).sort(), ["failure", "name"]);
    });

    test("begins its stack where it was thrown", () => {
      const thrower = () => new ManagementApiError(failure);
      const [first, second] = thrower().stack.split("\n");
      assert.match(first, /ManagementApiError: alias_taken \(409\): You already have a key with this alias$/);
      assert.match(second, /at thrower /);
    });

    test("says in one line what went wrong, safe for a log", () => {
      const messageOf = (status, body) => new ManagementApiError(readManagementError(status, body)).message;
      assert.equal(messageOf(500, '{"error": "alias_taken"}'), "alias_taken (500): You already have a key with this alias");
      assert.equal(messageOf(418, '{"error": "newer"}'), "newer (418): unknown");
      assert.equal(messageOf(503, "<h1>Bad\ngateway</h1>"), "HTTP error (503): Bad gateway");
      assert.equal(messageOf(502, ""), "HTTP error (502): unknown");
      const odd = messageOf(400, JSON.stringify({ error: `a\r\nb\u001b[31m\u2028\u202e<c>${"d".repeat(500)}` }));
      assert.match(odd, /^a b \[31m d{80,100} \(400\): unknown$/);
      assert.equal(messageOf(400, JSON.stringify({ error: "\u0007" })), "HTTP error (400): unknown");
      const event = new ManagementApiError(api.readManagementEvent("{}"));
      assert.equal(event.message, "HTTP error: unknown");
      const named = new InferenceApiError(api.readInferenceError(429, "{}"));
      assert.equal(named.message, "too_many_requests (429): Hit RPM cap or budget cap");
    });

    test("is told from errors of other APIs and from anything else", () => {
      const error = new ManagementApiError(failure);
      assert.ok(error instanceof ManagementApiError && isManagementApiError(error));
      assert.ok(!(error instanceof InferenceApiError) && !api.isInferenceApiError(error));
      const others = [failure, { name: "ManagementApiError", failure }, new Error("x"), null, undefined, "x", () => {}, [error]];
      for (const other of others) assert.ok(!isManagementApiError(other) && !(other instanceof ManagementApiError));
    });

    test("has subclasses, which know their own", () => {
      class KeyError extends ManagementApiError {
        name = "KeyError";
      }
      const own = new KeyError(failure, { cause: 1 });
      assert.ok(own instanceof KeyError && own instanceof ManagementApiError && isManagementApiError(own));
      assert.ok(!(new ManagementApiError(failure) instanceof KeyError));
      assert.deepEqual([own.name, own.cause, own.failure], ["KeyError", 1, failure]);
      // Code that was compiled for ES5 assigns it.
      own.name = "Renamed";
      assert.match(String(own), /^Renamed: alias_taken/);
    });

    test("is known across copies, forms and realms", () => {
      const other = foreign();
      const theirs = new other.ManagementApiError(other.readManagementError(409, '{"error": "alias_taken"}'));
      assert.ok(!(theirs instanceof Error));
      const all = [theirs, ...Object.values(forms).map((one) => new one.ManagementApiError(failure))];
      for (const error of all) {
        assert.ok(error instanceof ManagementApiError && isManagementApiError(error));
        assert.ok(error instanceof other.ManagementApiError);
        assert.ok(!(error instanceof InferenceApiError));
      }
    });
  });

  describe(`managementOk of ${form}`, () => {
    test("gives back the very response, unread, if it is a success", async () => {
      for (const response of [respond(200, '{"error": "alias_taken"}'), respond(204, null), respond(304, null)]) {
        assert.equal(await managementOk(response), response);
        assert.equal(response.bodyUsed, false);
      }
    });

    test("throws what was read otherwise, with its headers", async () => {
      const response = respond(403, '{"error": "plan_limit_keys"}', { "x-request-id": "7" });
      const error = await caught(managementOk(response));
      assert.ok(isManagementApiError(error));
      assert.deepEqual([error.failure.code, error.failure.headers.get("x-request-id")], ["plan_limit_keys", "7"]);
      // Its connection is free.
      assert.ok(response.bodyUsed);
      assert.match(error.stack, /typescript-errors\.test\.mjs/);
    });

    test("throws also if the body can't be read", async () => {
      const used = respond(500, "x");
      await used.text();
      assert.deepEqual((await caught(managementOk(used))).failure.retryAdvice.kind, "backoff");
    });
  });
}

test("an error below 400 is thrown where its API has such", async () => {
  const { chatOk, isChatApiError, ordersOk } = features;
  const headers = { "content-type": "application/json" };
  const failed = respond(200, '{"ok": false, "error": "channel_not_found"}', headers);
  const error = await caught(chatOk(failed));
  assert.ok(isChatApiError(error));
  assert.deepEqual([error.failure.code, error.failure.status], ["channel_not_found", 200]);
  const done = respond(200, '{"ok": true, "error": "channel_not_found"}', headers);
  assert.equal(await chatOk(done), done);
  assert.equal((await done.json()).ok, true);
  assert.ok(isChatApiError(await caught(chatOk(respond(429, "")))));
  const other = respond(200, '{"ok": false, "error": "channel_not_found"}', headers);
  assert.equal(await ordersOk(other), other);
});

describe("a bundle by rollup", () => {
  /** A bundle that exports some of the package, or of one that was told nothing about side effects. */
  async function bundle(names, treeshake) {
    const input = "entry";
    const plugin = {
      name: "entry",
      resolveId: (id) => (id === input ? id : null),
      load: (id) => (id === input ? `export { ${names} } from ${JSON.stringify(index)};` : null),
    };
    const built = await rollup({ input, plugins: [plugin], treeshake });
    const { output } = await built.generate({ format: "es" });
    return output[0].code;
  }

  for (const treeshake of [true, { annotations: false, moduleSideEffects: true }]) {
    test(`has no class that nobody uses (${JSON.stringify(treeshake)})`, async () => {
      for (const names of ["readManagementError", "isManagementPlanLimit", "fetchWithRetry"]) {
        const code = await bundle(names, treeshake);
        assert.ok(!/\bclass \w+ extends\b|HTTP error|ApiError/.test(code), names);
      }
      const code = await bundle("ManagementApiError", treeshake);
      assert.ok(/class ManagementApiError/.test(code) && !/InferenceApiError|Hit max keys/.test(code));
    });
  }
});

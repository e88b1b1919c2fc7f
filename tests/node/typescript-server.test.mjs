// Requests to a real server on this machine: it answers as captured servers did, with what handlers
// of the package return, or breaks off; node's fetch and OpenAI's client ask it. Waits are short
// where a server's own wait is not what is tested.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import OpenAI, { APIError } from "openai";
import * as errors from "../../generated/typescript/index.js";
import { local } from "./support.mjs";

const {
  fetchWithRetry,
  inferenceErrors,
  readInferenceError,
  readManagementError,
  detectInferenceError,
  detectManagementError,
} = errors;

/** The body of a captured response. */
function captured(file) {
  const text = readFileSync(local(`../conformance/captures/${file}.http`), "utf8");
  return text.slice(/\r?\n\r?\n/.exec(text).index).trim();
}

const json = (status, body, headers = {}) => [status, { "content-type": "application/json", ...headers }, body];
const RATE = captured("litellm-1.72.6/upstream_429");
const ERROR_500 = captured("litellm-1.100.5/upstream_500");
const HTML = captured("litellm-1.100.5/edge_nginx_503_limit_req");
const OK = json(200, '{"ok": true}');

/** What each path answers, attempt by attempt; the last one again and again. */
const SCRIPT = {
  "/429": [json(429, RATE)],
  "/429-after": [json(429, RATE, { "retry-after": "1" }), OK],
  "/429-late": [json(429, RATE, { "retry-after": "121" })],
  "/429-date": [json(429, RATE, { date: "Mon, 23 Nov 2020 04:10:00 GMT", "retry-after": "Mon, 23 Nov 2020 04:10:02 GMT" }), OK],
  "/500-500-200": [json(500, ERROR_500), json(500, ERROR_500), OK],
  "/503-503-200": [json(503, ERROR_500), [503, { "content-type": "text/html" }, HTML], OK],
  "/empty": [[502, {}, ""]],
  "/html": [[503, { "content-type": "text/html" }, HTML]],
  "/401": [json(401, captured("litellm-1.80.11/key_missing"), { "retry-after": "1" })],
  "/management": [json(502, '{"error": "litellm_failed"}'), json(500, '{"error": "not_found"}')],
  "/hour": [json(429, '{"error": "rate_limited", "detail": "one hour"}')],
  "/huge": [json(503, `{"error": "internal", "x": "${"y".repeat(20_000_000)}"}`)],
  "/broken": ["break"],
  "/text-code": [json(400, '{"error": {"message": "m", "type": "None", "code": "400"}}')],
  "/304": [[304, {}, ""]],
  "/v1/chat/completions": [json(429, RATE)],
};

let server, base;
const seen = [];

before(async () => {
  server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { pathname } = new URL(request.url, "http://localhost");
    const attempt = seen.filter((one) => one.path === pathname).length;
    seen.push({ path: pathname, method: request.method, headers: request.headers, body: Buffer.concat(chunks).toString() });
    const next = SCRIPT[pathname][attempt] ?? SCRIPT[pathname].at(-1);
    if (next === "break") {
      response.writeHead(503, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"error": "inter');
      setTimeout(() => response.destroy(), 20);
      return;
    }
    response.writeHead(next[0], next[1]).end(next[2]);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${server.address().port}`;
});
after(() => new Promise((resolve) => {
  server.close(resolve);
  server.closeAllConnections();
}));

/** How often a path was asked since the last call. */
function requests(path) {
  const own = seen.filter((one) => one.path === path);
  for (const one of own) seen.splice(seen.indexOf(one), 1);
  return own;
}

/** Options that note each wait instead of waiting. */
function noted(options = {}) {
  const waits = [];
  const sleep = async (ms, signal) => {
    waits.push(ms);
    signal?.throwIfAborted();
  };
  return { waits, options: { detect: detectInferenceError, random: () => 0, sleep, ...options } };
}

describe("fetchWithRetry", () => {
  test("waits longer each time, then gives the last response unread", async () => {
    const notices = [];
    const { waits, options } = noted({ onRetry: (notice) => notices.push(notice) });
    const { response, failure, ...outcome } = await fetchWithRetry(`${base}/429`, undefined, options);
    assert.deepEqual(outcome, { attempts: 7, gaveUp: "exhausted" });
    assert.deepEqual([failure.name, failure.headers], ["too_many_requests", response.headers]);
    assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000, 30_000]);
    assert.equal(response.bodyUsed, false);
    assert.equal(await response.text(), RATE);
    assert.equal(requests("/429").length, 7);
    assert.deepEqual(notices.map(({ attempt, waitMs }) => [attempt, waitMs]).at(0), [1, 1000]);
    assert.deepEqual(notices.map(({ response: { status }, failure }) => [status, failure.retryAdvice.retries]).at(-1), [429, 6]);
    assert.equal(notices.length, 6);
  });

  test("waits as long as the server asks, by the clock of the server", async () => {
    const { waits, options } = noted();
    assert.equal((await fetchWithRetry(`${base}/429-after`, undefined, options)).response.status, 200);
    assert.equal((await fetchWithRetry(`${base}/429-date`, undefined, options)).attempts, 2);
    assert.deepEqual(waits, [1000, 2000]);
    requests("/429-after");
  });

  test("really waits", async () => {
    const start = performance.now();
    const { attempts } = await fetchWithRetry(`${base}/429-after`, undefined, { detect: detectInferenceError });
    assert.equal(attempts, 2);
    assert.ok(performance.now() - start >= 999);
    requests("/429-after");
  });

  test("does not wait longer than the limit, and says how long it would have been", async () => {
    const { waits, options } = noted();
    const { response, failure, ...outcome } = await fetchWithRetry(`${base}/429-late`, undefined, options);
    assert.deepEqual(outcome, { attempts: 1, gaveUp: "wait_too_long", requestedMs: 121_000 });
    assert.equal(failure.text, undefined);
    assert.equal(await response.text(), RATE);
    const patient = await fetchWithRetry(`${base}/429-late`, undefined, { ...options, maxRequestedWaitMs: Infinity });
    assert.deepEqual([patient.attempts, patient.gaveUp, waits.at(-1)], [7, "exhausted", 121_000]);
  });

  test("follows the advice of each error", async () => {
    const { options } = noted();
    // An error 500 is retried once: the third answer, 200, is never asked for.
    const once = await fetchWithRetry(`${base}/500-500-200`, undefined, options);
    assert.deepEqual([once.response.status, once.attempts, once.gaveUp], [500, 2, "exhausted"]);
    assert.equal(await once.response.text(), ERROR_500);
    const down = await fetchWithRetry(`${base}/503-503-200`, undefined, options);
    assert.deepEqual(await down.response.json(), { ok: true });
    assert.deepEqual([down.attempts, "gaveUp" in down], [3, false]);
    // A Retry-After changes nothing about what can never succeed.
    const never = await fetchWithRetry(`${base}/401`, undefined, options);
    assert.deepEqual([never.attempts, never.gaveUp], [1, "permanent"]);
    assert.equal(readInferenceError(401, await never.response.text()).name, "unauthorized");
    // By default the status alone decides.
    const { detect, ...plain } = options;
    requests("/500-500-200");
    assert.equal((await fetchWithRetry(`${base}/500-500-200`, undefined, plain)).attempts, 3);
    assert.equal((await fetchWithRetry(`${base}/text-code`, undefined, plain)).gaveUp, "permanent");
    assert.deepEqual((await fetchWithRetry(`${base}/304`, undefined, plain)).attempts, 1);
  });

  test("reads codes from a clone, also where the body is broken, huge or nothing", async () => {
    const { options } = noted({ detect: detectManagementError });
    const { response, attempts, gaveUp } = await fetchWithRetry(`${base}/management`, undefined, options);
    assert.deepEqual([attempts, gaveUp, response.bodyUsed], [2, "permanent", false]);
    assert.equal(readManagementError(response.status, await response.text()).code, "not_found");
    const hour = await fetchWithRetry(`${base}/hour`, undefined, options);
    assert.deepEqual([hour.gaveUp, hour.requestedMs], ["wait_too_long", 3_600_000]);
    assert.deepEqual(await hour.response.json(), { error: "rate_limited", detail: "one hour" });
    for (const path of ["/broken", "/empty", "/html", "/huge"]) {
      const last = await fetchWithRetry(`${base}${path}`, undefined, options);
      assert.deepEqual([last.attempts, last.gaveUp, last.response.bodyUsed], [7, "exhausted", false], path);
      if (path === "/broken") await assert.rejects(last.response.text());
      else if (path === "/huge") assert.equal((await last.response.text()).length, SCRIPT[path][0][2].length);
      else assert.equal(await last.response.text(), SCRIPT[path][0][2]);
    }
  });

  test("sends the body again in each attempt, a stream too, with the same headers", async () => {
    const { options } = noted();
    const stream = () =>
      new ReadableStream({
        pull(controller) {
          controller.enqueue(new TextEncoder().encode("part "));
          controller.enqueue(new TextEncoder().encode("by part"));
          controller.close();
        },
      });
    for (const [body, sent, more] of [["text", "text", {}], [stream(), "part by part", { duplex: "half" }]]) {
      requests("/503-503-200");
      const headers = { "idempotency-key": "k1" };
      const init = { method: "POST", body, headers, ...more };
      const { attempts } = await fetchWithRetry(`${base}/503-503-200`, init, options);
      assert.equal(attempts, 3);
      const received = requests("/503-503-200");
      assert.deepEqual(received.map((one) => [one.method, one.body, one.headers["idempotency-key"]]), Array(3).fill(["POST", sent, "k1"]));
    }
    const request = new Request(`${base}/503-503-200`, { method: "PUT", body: "again" });
    await fetchWithRetry(request, undefined, options);
    assert.deepEqual(requests("/503-503-200").map((one) => one.body), Array(3).fill("again"));
  });

  test("ends a wait at once when it is aborted, with the signal's reason", async () => {
    for (const make of [(signal) => [`${base}/429`, { signal }], (signal) => [new Request(`${base}/429`, { signal })]]) {
      requests("/429");
      const controller = new AbortController();
      const start = performance.now();
      setTimeout(() => controller.abort(new Error("enough")), 150);
      const [input, init] = make(controller.signal);
      await assert.rejects(fetchWithRetry(input, init, { detect: detectInferenceError }), /enough/);
      assert.ok(performance.now() - start < 900);
      assert.equal(requests("/429").length, 1);
    }
    await assert.rejects(fetchWithRetry(`${base}/429`, { signal: AbortSignal.abort(new Error("before")) }), /before/);
    assert.equal(requests("/429").length, 0);
  });

  test("leaves a request without an answer, and what a hook throws, to the caller", async () => {
    await assert.rejects(fetchWithRetry("http://127.0.0.1:9/"), TypeError);
    const { options } = noted();
    const fail = (text) => () => {
      throw new Error(text);
    };
    await assert.rejects(fetchWithRetry(`${base}/429`, undefined, { ...options, onRetry: fail("seen") }), /seen/);
    await assert.rejects(fetchWithRetry(`${base}/429`, undefined, { ...options, detect: fail("detected") }), /detected/);
    requests("/429");
  });

  test("lets a hook refuse, decide late, or call it a success", async () => {
    const { waits, options } = noted();
    const ask = (detect) => fetchWithRetry(`${base}/429`, undefined, { ...options, detect });
    assert.equal((await ask(() => ({ retryAdvice: { kind: "never" } }))).gaveUp, "permanent");
    const { attempts, failure, gaveUp } = await ask(async () => undefined);
    assert.deepEqual([attempts, failure, gaveUp], [1, undefined, undefined]);
    const retryAdvice = { kind: "backoff", initialMs: 5, maxDelayMs: 5, factor: 1, retries: 2 };
    const asking = await ask(() => ({ retryAdvice, bodyWaitMs: 7 }));
    assert.deepEqual([asking.attempts, waits.splice(0)], [3, [7, 7]]);
    const read = (response) => readInferenceError(response.clone());
    // One that reads its clone by half, or not at all, must not hold up the next attempt.
    const huge = await fetchWithRetry(`${base}/huge`, undefined, { ...options, detect: (one) => (one.clone(), inferenceErrors.upstream_down) });
    assert.deepEqual([huge.attempts, waits.splice(0).length], [7, 6]);
    const { response } = await ask(read);
    assert.equal(await response.text(), RATE);
    assert.equal(waits.length, 6);
    requests("/429");
  });

  test("leaves no connection open while it waits", async () => {
    requests("/huge");
    const connections = () => new Promise((resolve) => server.getConnections((_, count) => resolve(count)));
    const already = await connections();
    const open = [];
    const count = async () => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      open.push((await connections()) - already);
    };
    for (const detect of [detectInferenceError, detectManagementError]) {
      await fetchWithRetry(`${base}/huge`, undefined, { detect, sleep: count, random: () => 0 });
    }
    assert.ok(Math.max(...open) <= 2, String(open));
    requests("/huge");
  });
});

describe("a server's side", () => {
  test("an error is a response with status, headers and body", async () => {
    const limited = errors.managementResponse("rate_limited", { detail: "one hour" });
    assert.deepEqual([limited.status, limited.headers.get("retry-after")], [429, "3600"]);
    assert.equal(limited.headers.get("content-type"), "application/json");
    assert.equal(await limited.text(), '{"error":"rate_limited","detail":"one hour"}');
    const bare = errors.managementResponse("unauthorized");
    assert.equal(bare.headers.get("retry-after"), null);
    assert.equal(await bare.text(), '{"error":"unauthorized"}');
    const soon = errors.managementResponse("rate_limited", {}, { retryAfterMs: 1500 });
    assert.equal(soon.headers.get("retry-after"), "2");
    const own = errors.managementResponse("rate_limited", {}, { headers: [["Retry-After", "5"], ["x-id", "7"]], statusText: "Slow" });
    assert.deepEqual([own.headers.get("retry-after"), own.headers.get("x-id"), own.statusText], ["5", "7", "Slow"]);
    const down = errors.inferenceResponse("upstream_down", { message: "m", type: null }, { status: 503 });
    assert.deepEqual([down.status, await down.json()], [503, { error: { message: "m", code: "503" } }]);
  });

  test("what it sends is read as what it was", async () => {
    for (const code of Object.keys(errors.managementErrors)) {
      const response = errors.managementResponse(code, { detail: "d" });
      const read = readManagementError(response.status, await response.text());
      assert.deepEqual([read.code, read.params, read.matches], [code, { detail: "d" }, true]);
    }
    for (const [name, { statuses, status }] of Object.entries(inferenceErrors)) {
      for (const one of statuses ?? [status]) {
        const response = errors.inferenceResponse(name, { message: "m", type: "t" }, { status: one });
        const read = readInferenceError(response.status, await response.text());
        assert.deepEqual([read.name, read.params, read.status], [name, { message: "m", type: "t" }, one]);
      }
    }
  });
});

test("an error of OpenAI's client is read like any other", async () => {
  const client = new OpenAI({ baseURL: `${base}/v1`, apiKey: "k", maxRetries: 0 });
  const failed = client.chat.completions.create({ model: "m", messages: [] });
  const error = await failed.then(() => assert.fail("it answered"), (error) => error);
  assert.ok(error instanceof APIError);
  // Its client keeps what was at `error` in the body.
  const read = readInferenceError(error.status, { error: error.error });
  assert.deepEqual([read.name, read.matches, read.params.message], ["too_many_requests", true, JSON.parse(RATE).error.message]);
  assert.equal(errors.nextDelay({ ...read, headers: error.headers, retries: 0, random: 0 }).waitMs, 1000);
  assert.equal(requests("/v1/chat/completions").length, 1);
});

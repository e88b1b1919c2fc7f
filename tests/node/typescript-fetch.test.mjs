// `fetchWithRetry` with what projects use as `fetch`: the global one with options of their own, a wrapper, a mock, undici,
// node-fetch and cross-fetch, which answer with streams of Node. Each asks a real server on this machine.

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { after, before, beforeEach, describe, test } from "node:test";
import crossFetch from "cross-fetch";
import nodeFetch, { Request as NodeFetchRequest } from "node-fetch";
import * as undici from "undici";
import * as errors from "../../generated/typescript/index.js";

const { fetchWithRetry, sleep, detectManagementError } = errors;

const DOWN = [502, '{"error": "litellm_failed"}'];
const MISSING = [404, '{"error": "not_found"}'];
const OK = [200, '{"ok": true}'];

let server, url, answers, seen;

before(async () => {
  server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = answers[Math.min(seen.length, answers.length - 1)];
    seen.push({ method: request.method, headers: request.headers, body: Buffer.concat(chunks).toString() });
    if (answer === "no answer") return request.socket.destroy();
    const [status, body, headers] = answer;
    response.writeHead(status, { "content-type": "application/json", ...headers });
    if (body !== "broken off") return response.end(body);
    response.write('{"error": "litellm_');
    setTimeout(() => response.destroy(), 20);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${server.address().port}/`;
});
beforeEach(() => {
  seen = [];
});
after(() => new Promise((resolve) => {
  server.close(resolve);
  server.closeAllConnections();
}));

/** Options that wait a moment. */
const quick = { detect: detectManagementError, random: () => 0, sleep: (_, signal) => sleep(5, signal) };
const bodies = () => seen.map((one) => one.body);

const LIBRARIES = {
  "the global fetch": undefined,
  undici: undici.fetch,
  "node-fetch 3": nodeFetch,
  "cross-fetch": crossFetch,
  "a wrapper": (input, init) => fetch(new URL(input), { ...init }),
};

for (const [name, send] of Object.entries(LIBRARIES)) {
  const options = { ...quick, ...(send && { fetch: send }) };

  describe(`with ${name}`, () => {
    test("each attempt sends the same, and the code in the body decides", async () => {
      answers = [DOWN, MISSING];
      const init = { method: "POST", body: "abc", headers: { "idempotency-key": "k1" } };
      for (const input of [url, new URL(url)]) {
        seen = [];
        const { response, attempts, gaveUp } = await fetchWithRetry(input, init, options);
        assert.deepEqual([attempts, gaveUp, response.bodyUsed], [2, "permanent", false]);
        assert.equal(await response.text(), MISSING[1]);
        const sent = seen.map((one) => [one.method, one.body, one.headers["idempotency-key"]]);
        assert.deepEqual(sent, Array(2).fill(["POST", "abc", "k1"]));
      }
    });

    test("a body that can be sent again is", async () => {
      answers = [DOWN, OK];
      for (const body of [new URLSearchParams({ a: "b" }), new TextEncoder().encode("a=b")]) {
        seen = [];
        const { attempts } = await fetchWithRetry(url, { method: "POST", body }, options);
        assert.equal(attempts, 2);
        assert.deepEqual(bodies(), ["a=b", "a=b"]);
      }
    });

    test("a Node stream is sent once", async () => {
      answers = [DOWN, OK];
      const init = { method: "POST", body: Readable.from([Buffer.from("abc")]), duplex: "half" };
      const { response, attempts, gaveUp } = await fetchWithRetry(url, init, options);
      assert.deepEqual([attempts, gaveUp, response.status], [1, "body_used", 502]);
      assert.equal(await response.text(), DOWN[1]);
      assert.deepEqual(bodies(), ["abc"]);
      // It says why even then.
      answers = [MISSING];
      const never = await fetchWithRetry(url, { ...init, body: Readable.from([Buffer.from("abc")]) }, options);
      assert.equal(never.gaveUp, "permanent");
    });

    test("a large or broken body neither hangs nor keeps its connection", async () => {
      const connections = () => new Promise((resolve) => server.getConnections((_, count) => resolve(count)));
      const large = JSON.stringify({ error: "internal", x: "y".repeat(3_000_000) });
      answers = [[503, large]];
      const open = [];
      const counted = async () => {
        await sleep(30);
        open.push(await connections());
      };
      const { response, attempts } = await fetchWithRetry(url, undefined, { ...options, sleep: counted });
      assert.equal(attempts, 7);
      assert.equal((await response.text()).length, large.length);
      assert.ok(open.at(-1) <= open[0] + 1, String(open));
      answers = [[503, "broken off"], OK];
      seen = [];
      assert.equal((await fetchWithRetry(url, undefined, options)).attempts, 2);
    });

    test("an aborted signal ends a wait", async () => {
      answers = [DOWN];
      const controller = new AbortController();
      const { signal } = controller;
      setTimeout(() => controller.abort(new Error("enough")), 50);
      const slow = { ...options, sleep: (_, signal) => sleep(60_000, signal) };
      await assert.rejects(fetchWithRetry(url, { signal }, slow), /enough/);
      assert.equal(seen.length, 1);
      assert.equal(getEventListeners(signal, "abort").filter(({ name }) => name === "end").length, 0);
    });

    test("a request that gets no response rejects", async () => {
      answers = ["no answer"];
      await assert.rejects(fetchWithRetry(url, undefined, options));
      assert.equal(seen.length, 1);
    });
  });
}

describe("what fetch is called with", () => {
  /** Calls a fetch that notes its arguments, and answers 500 once. */
  async function calls(...args) {
    const noted = [];
    const send = async (...given) => {
      noted.push(given);
      return new Response("", { status: noted.length < 2 ? 500 : 200 });
    };
    const { attempts } = await fetchWithRetry(args[0], args[1], { ...quick, detect: undefined, fetch: send });
    assert.equal(attempts, 2);
    return noted;
  }

  test("is what the caller gave, in every attempt", async () => {
    const init = { method: "POST", body: "abc", next: { revalidate: 60 }, dispatcher: {}, cf: {}, proxy: "p", agent: {}, unix: "/s" };
    const link = new URL("http://127.0.0.1/");
    for (const [input, own] of await calls(link, init)) {
      assert.equal(input, link);
      assert.equal(own, init);
    }
    assert.deepEqual(await calls("http://127.0.0.1/"), Array(2).fill(["http://127.0.0.1/", undefined]));
  });

  test("is what the caller gave also where the global fetch is patched, as Next.js does", async () => {
    const original = globalThis.fetch;
    const seenNext = [];
    globalThis.fetch = async (input, init) => {
      seenNext.push(init?.next ?? input.next);
      return new Response("", { status: seenNext.length < 2 ? 500 : 200 });
    };
    try {
      await fetchWithRetry("http://127.0.0.1/", { next: { revalidate: 60 } }, { ...quick, detect: undefined });
    } finally {
      globalThis.fetch = original;
    }
    assert.deepEqual(seenNext, Array(2).fill({ revalidate: 60 }));
  });

  test("is the request itself if it has no body, else a clone", async () => {
    const plain = new Request("http://127.0.0.1/");
    for (const [input] of await calls(plain)) assert.equal(input, plain);
    const full = new Request("http://127.0.0.1/", { method: "POST", body: "abc", headers: { a: "b" } });
    for (const [input] of await calls(full)) {
      assert.notEqual(input, full);
      assert.deepEqual([input.method, input.headers.get("a"), await input.text()], ["POST", "b", "abc"]);
    }
    // Some libraries make one request from another.
    for (const [, init] of await calls("http://127.0.0.1/", new Request("http://localhost/", { method: "PUT", body: "abc" }))) {
      assert.deepEqual([init.method, await init.text()], ["PUT", "abc"]);
    }
  });

  test("is a stream of its own in each attempt, with everything else of init", async () => {
    const body = new Blob(["abc"]).stream();
    for (const [, init] of await calls("http://127.0.0.1/", { method: "POST", body, duplex: "half", next: 1 })) {
      assert.deepEqual({ ...init, body: null }, { method: "POST", body: null, duplex: "half", next: 1 });
      assert.equal(await new Response(init.body).text(), "abc");
    }
  });

  test("is a Request of node-fetch, for node-fetch", async () => {
    answers = [DOWN, OK];
    const request = new NodeFetchRequest(url, { method: "POST", body: "abc" });
    const { attempts } = await fetchWithRetry(request, undefined, { ...quick, fetch: nodeFetch });
    assert.equal(attempts, 2);
    assert.deepEqual(bodies(), ["abc", "abc"]);
  });

  test("a request without body is the caller's mistake, and rejects", async () => {
    const used = new Request("http://127.0.0.1/", { method: "POST", body: "abc" });
    await used.text();
    await assert.rejects(fetchWithRetry(used, undefined, quick), TypeError);
  });
});

describe("a response", () => {
  const ask = async (response, options = {}) => {
    let sent = 0;
    const send = async () => (++sent === 1 ? response : { status: 200, headers: {} });
    return fetchWithRetry("u", undefined, { ...quick, fetch: send, ...options });
  };

  test("may be a mock with little in it", async () => {
    for (const rest of [{}, { headers: null }, { headers: {} }, { headers: new Map() }, { headers: { get: () => undefined } }, { body: {} }, { body: null }]) {
      const { attempts } = await ask({ status: 503, ...rest });
      assert.equal(attempts, 2, JSON.stringify(rest));
    }
    const waits = [];
    const noted = { sleep: async (ms) => void waits.push(ms) };
    await ask({ status: 503, headers: { "Retry-After": "7" } }, noted);
    await ask({ status: 503, headers: new Map([["retry-after", 8]]) }, noted);
    assert.deepEqual(waits, [7000, 8000]);
  });

  test("may be React Native's, whose body isn't a stream", async () => {
    const clone = () => ({ text: async () => '{"error": "not_found"}' });
    const { gaveUp } = await ask({ status: 500, headers: new Headers(), clone });
    assert.equal(gaveUp, "permanent");
  });

  test("may fail while its body is discarded", async () => {
    const fail = () => {
      throw new Error("locked");
    };
    for (const body of [{ cancel: fail }, { resume: fail }, { cancel: async () => fail() }]) {
      assert.equal((await ask({ status: 503, headers: {}, body })).attempts, 2);
    }
  });
});

describe("a signal", () => {
  test("of React Native has no reason", async () => {
    const target = new EventTarget();
    const signal = Object.assign(target, { aborted: false });
    const waiting = sleep(60_000, signal);
    signal.aborted = true;
    target.dispatchEvent(new Event("abort"));
    await assert.rejects(waiting, { name: "AbortError" });
    await assert.rejects(sleep(60_000, signal), { name: "AbortError" });
  });

  test("that is null overrides that of the request", async () => {
    answers = [DOWN, OK];
    const controller = new AbortController();
    const request = new Request(url, { signal: controller.signal });
    const seenSignals = [];
    const options = { ...quick, sleep: async (_, signal) => void seenSignals.push(signal) };
    await fetchWithRetry(request, undefined, options);
    seen = [];
    await fetchWithRetry(request, { signal: null }, options);
    assert.deepEqual(seenSignals, [request.signal, null]);
  });
});

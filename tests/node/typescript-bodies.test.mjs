// Bodies with lists, several errors, waits and values per error, and errors with the status 200: handlers of the package
// send them from a real server on this machine, and clients read and retry them.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import crossFetch from "cross-fetch";
import nodeFetch from "node-fetch";
import * as undici from "undici";
import { catalogOf, featuresCatalog, generate } from "./support.mjs";
import { FETCH_TYPES, RESOLUTIONS, camel, findings, imported, keyOf, keyRead, pascal } from "./typescript-kit.mjs";

const outputs = generate(featuresCatalog, ["typescript", "typescript-module", "json"]);
const forms = {
  "the package": await import(join(outputs, "typescript/index.js")),
  "the module": await imported(join(outputs, "typescript-module/errors.ts")),
};

let server, url, handlers, asked;

before(async () => {
  server = createServer(async (_, response) => {
    const handler = handlers[Math.min(asked++, handlers.length - 1)];
    const answer = await handler(response);
    if (answer === undefined) return;
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${server.address().port}/`;
});
beforeEach(() => {
  asked = 0;
});
after(() => new Promise((resolve) => {
  server.close(resolve);
  server.closeAllConnections();
}));

/** Lets the server answer with the package's responses, one a request. */
const answers = (...responses) => {
  handlers = responses.map((response) => () => response.clone());
};

const json = (status, body, headers) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });

/** Retries without waiting. Gives the outcome, and each wait. */
async function retried(api, detect, options) {
  const waits = [];
  const outcome = await api.fetchWithRetry(url, undefined, {
    detect,
    random: () => 0,
    sleep: async (ms) => void waits.push(ms),
    ...options,
  });
  return { ...outcome, waits };
}

for (const [form, api] of Object.entries(forms)) {
  describe(`several errors in a body, by ${form}`, () => {
    const sum = { message: "The sum is 5", fatal: true, line: 7, unit: "a" };

    test("are joined by a server, and told apart by a client", async () => {
      const context = { of: [1] };
      answers(api.ledgerResponse([["unbalanced", { ...sum, trace: "t1" }], ["self", { message: "m", fatal: false, unit: "b", context }]]));
      const response = await fetch(url);
      const body = await response.json();
      assert.equal(response.status, 422);
      assert.deepEqual(body, {
        ok: false,
        version: 2,
        trace: "t1",
        errors: [
          { code: 1001, message: "The sum is 5", fatal: true, source: { line: 7, unit: "ledger/a" } },
          { code: 1002, message: "m", fatal: false, context, source: { unit: "ledger/b" } },
        ],
      });
      const error = api.readLedgerError(response.status, body);
      assert.deepEqual([error.name, error.matches, error.params], ["unbalanced", true, { ...sum, trace: "t1" }]);
      assert.deepEqual(
        error.errors.map(({ name, status, params }) => [name, status, params]),
        [
          ["unbalanced", 422, { ...sum, trace: "t1" }],
          ["self", 422, { message: "m", fatal: false, unit: "b", context, trace: "t1" }],
        ],
      );
    });

    test("are one whole list, if that is the body", async () => {
      answers(api.importsResponse([["INVALID_FIELD", { message: "m", row: 3, fields: ["a", "b"] }], ["DUPLICATE_ROW", { message: "n" }]], { status: 409 }));
      const response = await fetch(url);
      const error = api.readImportsError(response.status, await response.text());
      assert.deepEqual([error.code, error.status, error.params], ["INVALID_FIELD", 409, { message: "m", row: 3, fields: ["a", "b"] }]);
      assert.deepEqual(error.errors.map(({ code }) => code), ["INVALID_FIELD", "DUPLICATE_ROW"]);
      const [newer, known] = [{ message: "m", errorCode: "NEWER" }, { message: "n", errorCode: "DUPLICATE_ROW" }];
      const other = api.readImportsError(400, [newer, known]);
      assert.deepEqual([other.code, other.params.message, other.errors[0].codeText], ["DUPLICATE_ROW", "n", "NEWER"]);
    });

    test("are retried only if each may be", async () => {
      const busy = ["busy", { message: "m", fatal: false, unit: "a" }];
      answers(api.ledgerResponse([busy, busy]));
      const both = await retried(api, api.detectLedgerError);
      assert.deepEqual([both.gaveUp, both.waits], ["exhausted", [2000, 5000]]);
      answers(api.ledgerResponse([busy, ["unbalanced", sum]]));
      assert.equal((await retried(api, api.detectLedgerError)).gaveUp, "permanent");
      assert.equal((await retried(api, undefined)).gaveUp, "exhausted");
    });
  });

  describe(`lists of items, by ${form}`, () => {
    const fields = [
      { pointer: "/a", problem: "too long", limit: 1.5, allowed: ["EUR"], causes: [{ reason: "r", cause_line: 3 }, { reason: "s" }] },
      { pointer: "/b" },
    ];

    test("are read as they were sent", async () => {
      answers(api.ordersResponse("invalid_order", { fields: [...fields, { pointer: "/c", problem: null, causes: [] }], lines: [] }));
      const response = await fetch(url);
      const body = await response.json();
      assert.deepEqual(body.fields[0].causes, [{ reason: "r", line: 3 }, { reason: "s" }]);
      assert.deepEqual(body.fields.slice(1), [{ pointer: "/b" }, { pointer: "/c", causes: [] }]);
      assert.deepEqual([body.status, body.notes, body.data, body.warnings, body.result], ["422", ["Some fields of the order are wrong"], {}, [], null]);
      const { params, matches } = api.readOrdersError(422, body);
      assert.deepEqual([params, matches], [{ fields: [...fields, { pointer: "/c", causes: [] }], lines: [] }, true]);
      // An optional member may say that it is absent.
      assert.deepEqual(api.readOrdersError(422, { ...body, fields: "n/a", lines: null }).params, {});
      // Elements that aren't items are left out.
      const odd = api.readOrdersError(422, { ...body, fields: [null, { pointer: 5.5, problem: "p" }, "x"], lines: ["3", "x", 4] });
      assert.deepEqual([odd.params, odd.matches], [{ fields: [{ problem: "p" }], lines: [3, 4] }, false]);
    });
  });

  describe(`a wait in the body, by ${form}`, () => {
    const slow = (wait, headers) => api.ordersResponse("limit_exceeded", { total: 2.5, budget: 250, wait }, { status: 429, headers });
    const done = json(200, {});

    test("is sent in its unit, and as Retry-After", async () => {
      answers(slow(64_570), api.ordersResponse("nightly_close"));
      const response = await fetch(url);
      assert.deepEqual([response.status, response.headers.get("retry-after")], [429, "65"]);
      const body = await response.json();
      assert.deepEqual([body.retry_after, body.total, body.budget], [64.57, 2.5, "250 EUR"]);
      assert.equal(api.readOrdersError(429, body).params.wait, 64_570);
      const other = await fetch(url);
      assert.deepEqual([(await other.json()).retry_after, other.headers.get("retry-after")], [60, "60"]);
    });

    test("counts if it is longer than that in the header", async () => {
      answers(slow(7500, { "retry-after": "3" }), slow(1000, { "retry-after": "9" }), slow(0, { "retry-after": "x" }), done);
      const { attempts, waits } = await retried(api, api.detectOrdersError);
      assert.deepEqual([attempts, waits], [4, [7500, 9000, 2250]]);
      answers(slow(121_000, { "retry-after": "1" }));
      asked = 0;
      const { gaveUp, requestedMs } = await retried(api, api.detectOrdersError);
      assert.deepEqual([gaveUp, requestedMs], ["wait_too_long", 121_000]);
    });

    test("doesn't count where nothing is retried", async () => {
      answers(api.ordersResponse("out_of_stock", { lines: [1], left: 0, ordered: 1, wait: 5 }));
      assert.equal((await retried(api, api.detectOrdersError)).gaveUp, "permanent");
    });
  });

  describe(`values of an error, by ${form}`, () => {
    test("are sent without the server giving them", async () => {
      const body = api.libraryBody("shelf_taken", { shelf: "A7", books: 12, limit: 9 });
      assert.deepEqual(body, {
        type: "conflict",
        code: "SHELF TAKEN",
        message: "The shelf is taken: A7 has 12 of 9 books (<3)",
        shelf: "A7",
        limit: 9,
        more: { shelf: ["<a>", 1.5, null] },
      });
      assert.deepEqual(api.libraryBody("unauthorized"), { type: "auth", message: "The card is not valid. Show another." });
      const read = api.readLibraryError(500, body);
      assert.deepEqual([read.name, read.code, read.params.books], ["shelf_taken", "SHELF TAKEN", undefined]);
      const codeless = api.readLibraryError(401, { type: "auth", message: "m", code: null });
      assert.deepEqual([codeless.name, codeless.code, codeless.codeText, codeless.entry.status], ["unauthorized", undefined, undefined, 401]);
      const newer = api.readLibraryError(401, { type: "auth", message: "m", code: "NEWER" });
      assert.deepEqual([newer.name, newer.codeText], [undefined, "NEWER"]);
      assert.equal(api.libraryErrorName("", 401), "unauthorized");
    });
  });

  describe(`an error that doesn't say whether it is retryable, by ${form}`, () => {
    const done = json(200, {});

    test("is retried if the strategy retries the received status", async () => {
      const { draft_locked, draft_lost } = api.draftsErrors;
      const said = ({ fix, retryable, retryAdvice }) => [fix, retryable, retryAdvice];
      assert.deepEqual(said(draft_locked), [undefined, undefined, undefined]);
      assert.deepEqual(said(draft_lost), ["Write another.", undefined, undefined]);
      for (const [status, attempts, gaveUp] of [[503, 2, undefined], [429, 2, undefined], [409, 1, "permanent"]]) {
        asked = 0;
        answers(json(status, { error: "draft_locked" }), done);
        const outcome = await retried(api, api.detectDraftsError);
        assert.deepEqual([outcome.attempts, outcome.gaveUp], [attempts, gaveUp], `${status}`);
        const read = api.readDraftsError(status, { error: "draft_locked" });
        assert.deepEqual([read.code, read.retryAdvice], ["draft_locked", api.retryAdviceForStatus(status)]);
      }
      // Also where the status tells which error it is.
      for (const [status, attempts] of [[429, 2], [451, 1]]) {
        asked = 0;
        assert.equal(api.gatewayErrorName(status), "held_back");
        answers(json(status, {}), done);
        assert.equal((await retried(api, api.detectGatewayError)).attempts, attempts, `${status}`);
      }
    });

    test("is sent without a fix, if it has none", async () => {
      assert.deepEqual(api.draftsBody("draft_locked"), { error: "draft_locked" });
      assert.deepEqual(api.draftsBody("draft_lost"), {
        error: "draft_lost",
        hint: "Write another.",
        help: { text: "To do: Write another.", page: "https://acme.dev/help" },
      });
      answers(api.draftsResponse("draft_locked", {}, { status: 409 }));
      const response = await fetch(url);
      assert.deepEqual([response.status, await response.json()], [409, { error: "draft_locked" }]);
    });
  });

  describe(`an error with the status 200, by ${form}`, () => {
    const { detectChatError } = api;
    const done = json(200, { ok: true, error: "channel_not_found" });
    const limited = api.chatResponse("ratelimited", {}, { status: 200 });

    for (const [name, send] of Object.entries({ "the global fetch": fetch, undici: undici.fetch, "node-fetch": nodeFetch, "cross-fetch": crossFetch })) {
      test(`is retried, and a success is left unread, with ${name}`, async () => {
        answers(limited, limited, done);
        const { response, attempts, waits, gaveUp } = await retried(api, detectChatError, { fetch: send });
        assert.deepEqual([attempts, waits, gaveUp], [3, [250, 750], undefined]);
        assert.equal(response.bodyUsed, false);
        assert.deepEqual(await response.json(), { ok: true, error: "channel_not_found" });
      });
    }

    test("that can't succeed is the last response, unread", async () => {
      for (const body of [{ ok: false, error: "channel_not_found" }, { ok: false, error: "newer" }]) {
        answers(json(200, body));
        const { response, gaveUp } = await retried(api, detectChatError);
        assert.equal(gaveUp, "permanent");
        const read = api.detectChatError(response.status, await response.text());
        assert.equal(read.codeText, body.error);
      }
    });

    test("is none without its code, its literal, or the status of the surface", async () => {
      const { detectChatError } = api;
      for (const body of [{ ok: true, error: "ratelimited" }, { ok: false, error: null }, { ok: false }, "ok", [], ""]) {
        assert.equal(detectChatError(200, JSON.stringify(body)), undefined);
        assert.equal(detectChatError(404, JSON.stringify(body)).status, 404);
      }
      // A status that the surface doesn't list is a success, whatever the body says.
      answers(json(202, { ok: false, error: "ratelimited" }));
      assert.equal((await retried(api, detectChatError)).gaveUp, undefined);
      // By the status alone, every 200 is.
      answers(limited);
      assert.equal((await retried(api, undefined)).attempts, 1);
      // A caller can look for itself.
      asked = 0;
      answers(limited, done);
      const own = async (response) => {
        const { error } = await response.clone().json();
        return error === "ratelimited" ? api.chatErrors.ratelimited : undefined;
      };
      assert.equal((await retried(api, own)).attempts, 2);
    });

    test("is not looked for in a large body or another type", async () => {
      const error = { ok: false, error: "ratelimited", more: "x".repeat(65_536) };
      answers(json(200, error));
      const large = await retried(api, detectChatError);
      assert.equal(large.gaveUp, undefined);
      assert.deepEqual(await large.response.json(), error);
      answers(json(200, { ok: false, error: "ratelimited" }, { "content-type": "text/plain" }));
      assert.equal((await retried(api, detectChatError)).gaveUp, undefined);
    });

    for (const [type, start] of [["text/event-stream", ""], ["application/json", "[".padEnd(65_537)]]) {
      test(`is not waited for in an endless ${type}`, async () => {
        let end;
        handlers = [(response) => {
          response.writeHead(200, { "content-type": type });
          response.write(`${start} `);
          end = () => response.end("]");
        }];
        const { response, gaveUp } = await retried(api, detectChatError);
        assert.equal(gaveUp, undefined);
        end();
        assert.equal(await response.text(), `${start} ]`);
      });
    }
  });

  test(`every sample is what is sent and read, by ${form}`, () => {
    for (const surface of catalogOf(outputs).surfaces) {
      const [body, detect] = [api[`${camel(surface.id)}Body`], api[`detect${pascal(surface.id)}Error`]];
      for (const error of surface.errors) {
        for (const { status, body: sample } of [error, ...error.other_bodies]) {
          const sent = body(keyOf(surface, error), valuesOf(error), { status });
          assert.deepEqual(JSON.parse(JSON.stringify(sent)), sample, error.name);
          const read = detect(status, JSON.stringify(sample));
          assert.deepEqual([keyRead(read), read?.matches], [keyOf(surface, error), true], error.name);
        }
      }
    }
  });
}

/** Values for what an error needs, and for what its params describe: their examples. */
function valuesOf({ arguments: needed, params }) {
  const exampleOf = (name) => params.find((param) => param.name === name)?.example ?? undefined;
  const plain = { integer: 0, number: 0.5, boolean: false };
  const valueOf = ({ name, type, unit, item }) => {
    if (type === "list") return [item.type === "object" ? all(item.placeholders) : valueOf({ name: item.param, type: item.type })];
    const example = exampleOf(name);
    if (type !== "wait") return example ?? plain[type] ?? "...";
    return (example ?? 1) * (unit === "s" ? 1000 : 1);
  };
  const all = (placeholders) => {
    const sent = placeholders.filter(({ name, optional }) => !optional || params.some((param) => param.name === name));
    return Object.fromEntries(sent.map((one) => [one.name, valueOf(one)]));
  };
  return Object.fromEntries(needed.map((one) => [one.name, valueOf(one)]));
}

describe("the types", () => {
  const PROGRAM = `
    import * as api from "./index.js";
    import type { ChatErrorBody, LedgerErrorInBody, LedgerSent, OrdersCausesItem, OrdersFieldsItem } from "./index.js";

    export const cause: OrdersCausesItem = { reason: "r" };
    export const field: OrdersFieldsItem = { pointer: "/a", causes: [cause], allowed: ["EUR"], limit: 1.5 };
    api.ordersBody("invalid_order", { fields: [field], lines: null });
    api.ordersResponse("nightly_close");
    // @ts-expect-error the list is missing
    api.ordersBody("invalid_order", { lines: [1] });
    // @ts-expect-error an item needs its pointer
    api.ordersBody("invalid_order", { fields: [{ problem: "p" }] });
    // @ts-expect-error an item has no such value
    api.ordersBody("invalid_order", { fields: [{ pointer: "/a", extra: 1 }] });
    // @ts-expect-error a list of numbers
    api.ordersBody("out_of_stock", { left: 1, ordered: 2, lines: ["1"] });

    api.libraryBody("unauthorized");
    api.libraryBody("shelf_taken", { shelf: "A7", books: 12, limit: 9 });
    // @ts-expect-error the message holds it
    api.libraryBody("shelf_taken", { shelf: "A7", limit: 9 });
    // @ts-expect-error the catalog gives it
    api.libraryBody("unauthorized", { message: "m" });
    // @ts-expect-error it is what only another error's message holds
    api.libraryBody("closed", { message: "m", books: 12 });
    // @ts-expect-error one of them needs a message
    export const sendAny = (name: "unauthorized" | "closed") => api.libraryBody(name);

    export const sent: LedgerSent = ["busy", { message: "m", fatal: false, unit: "a" }];
    api.ledgerResponse([sent, ["self", { message: "m", fatal: true, unit: "b", trace: "t" }]], { status: 400 });
    // @ts-expect-error the line is missing
    api.ledgerBody([["unbalanced", { message: "m", fatal: true, unit: "b" }]]);
    // @ts-expect-error at least one
    api.ledgerBody([]);
    // @ts-expect-error a body of this API holds one error
    api.ordersBody([["nightly_close"]]);

    export function read(status: number, body: unknown): string | number {
      const error = api.readOrdersError(status, body);
      const own: number = error.status;
      const wait: number | undefined = error.params.wait;
      const [first] = error.params.fields ?? [];
      const reason: string | undefined = first?.causes?.[0]?.reason;
      // @ts-expect-error a response may lack it
      const pointer: string | undefined = first.pointer;
      return reason ?? pointer ?? wait ?? own;
    }
    export function each(body: unknown): (503 | 422 | 409)[] {
      const { errors } = api.readLedgerEvent(body);
      return errors.flatMap((one: LedgerErrorInBody) => (one.entry === undefined ? [] : [one.entry.status]));
    }
    export function event(body: unknown): number {
      const { status } = api.readLedgerEvent(body);
      // @ts-expect-error an event may not tell it
      return status;
    }
    export function detected(body: unknown): "channel_not_found" | undefined {
      const error = api.detectChatError(200, body);
      return error?.code === "ratelimited" ? undefined : error?.code;
    }
    export function joined(reply: ChatErrorBody | { ok: true; channel: string }): string {
      return reply.ok ? reply.channel : reply.error;
    }
    export function codes(name: "shelf_taken" | "closed"): "SHELF TAKEN" | undefined {
      const error = api.readLibraryEvent({});
      if (error.name === "shelf_taken") return error.code;
      return name === "closed" && error.name === "closed" ? error.code : undefined;
    }
    export const calls = [
      api.fetchWithRetry("u", {}, { detect: api.detectChatError }),
      api.fetchWithRetry("u", {}, { detect: api.detectLedgerError }),
      api.fetchWithRetry("u", {}, { detect: () => undefined }),
    ];
  `;

  for (const [types, options] of Object.entries(FETCH_TYPES)) {
    test(`say what is needed, what may be there, and nothing else (${types})`, () => {
      const file = join(outputs, "typescript/program.ts");
      writeFileSync(file, PROGRAM);
      assert.deepEqual(findings([file], { ...RESOLUTIONS.nodenext, ...options }), []);
    });
  }
});

test("advice with statuses below 400 is left out of a bundle that doesn't use it", async () => {
  const { build } = await import("esbuild");
  const contents = 'export { chatBody } from "./index.js"';
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: join(outputs, "typescript") },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
  });
  assert.ok(!outputFiles[0].text.includes("lowStatuses"));
  assert.ok(readFileSync(join(outputs, "typescript/index.js"), "utf8").includes("lowStatuses"));
});

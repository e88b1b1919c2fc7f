// The recipes of docs/typescript.md. Each snippet of the page is a file in recipes/; each file compiles with every
// strict flag, and runs here against real servers that count requests.

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { serve } from "@hono/node-server";
import ts from "typescript";
import { generate, local, run, temporaryFolder } from "./support.mjs";
import { FETCH_TYPES, RESOLUTIONS, STRICT, findings, snippets } from "./typescript-kit.mjs";

const page = readFileSync(local("../../docs/typescript.md"), "utf8");
const names = readdirSync(local("recipes"));
const source = (name) => readFileSync(local(`recipes/${name}`), "utf8");

/** A project with the recipes, the libraries, and a package whose waits are short. */
const project = temporaryFolder();
writeFileSync(join(project, "package.json"), '{"private": true, "type": "module"}');
const modules = join(project, "node_modules");
mkdirSync(join(modules, "@tensorloop"), { recursive: true });
for (const name of readdirSync(local("node_modules"))) {
  if (!name.startsWith(".")) symlinkSync(local(`node_modules/${name}`), join(modules, name));
}
const catalog = readFileSync(local("../../catalog/tensorloop.yaml"), "utf8");
const quick = catalog.replace("  initial: 1s\n  max: 30s\n  retries: 6\n", "  initial: 10ms\n  max: 30ms\n  retries: 2\n");
assert.notEqual(quick, catalog);
const quickCatalog = join(project, "tensorloop.yaml");
writeFileSync(quickCatalog, quick);
symlinkSync(join(generate(quickCatalog, ["typescript"]), "typescript"), join(modules, "@tensorloop/errors"));
for (const name of names) {
  writeFileSync(join(project, name), source(name));
  const { outputText } = ts.transpileModule(source(name), { compilerOptions: STRICT });
  writeFileSync(join(project, name.replace(/ts$/, "js")), outputText);
}

/** A recipe, as a module. */
const recipe = (name) => import(pathToFileURL(join(project, `${name}.js`)));
const { isManagementApiError, managementErrors } = await import(pathToFileURL(join(modules, "@tensorloop/errors/index.js")));

describe("the page", () => {
  test("shows each recipe whole, and nothing that doesn't run", () => {
    const shown = snippets(page);
    for (const name of names) assert.ok(shown.includes(source(name)), `docs/typescript.md lacks recipes/${name}`);
    assert.equal(shown.length, names.length);
  });

  test("names the versions that run here", () => {
    const { devDependencies } = JSON.parse(readFileSync(local("package.json"), "utf8"));
    const rows = [...page.matchAll(/^\| \[(.+?)\]\(.+\) \| (\S+) \|/gm)];
    assert.equal(rows.length, 7);
    for (const [, name, version] of rows) assert.equal(version, devDependencies[name], name);
  });
});

describe("the recipes compile", () => {
  // As next/types/global.d.ts does.
  const next = join(project, "next.d.ts");
  writeFileSync(next, "interface RequestInit { next?: { revalidate?: number | false; tags?: string[] } | undefined }");
  const files = [...names.map((name) => join(project, name)), next];
  const libraries = { ...RESOLUTIONS.nodenext, skipLibCheck: true, typeRoots: [local("node_modules/@types")], types: ["node"] };
  test("with the types of Node", () => assert.deepEqual(findings(files, libraries), []));
  test("with the types of Node and of browsers", () => {
    const { lib } = FETCH_TYPES["lib.dom"];
    assert.deepEqual(findings(files, { ...libraries, ...RESOLUTIONS.bundler, lib }), []);
  });
});

const OK = [200, '{"alias":"ci"}'];
const DOWN = [502, '{"error":"litellm_failed"}'];
const FULL = [403, '{"error":"plan_limit_keys"}'];
const SLOW_DOWN = [429, '{"error":"rate_limited"}'];
const PROXY = [503, "<html>upstream</html>", { "content-type": "text/html" }];

/** Retries that the catalog allows. */
const RETRIES = 2;

describe("the client", () => {
  let server, url, answers, seen;
  before(async () => {
    server = createServer(async (request, response) => {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const answer = answers[Math.min(seen.length, answers.length - 1)];
      seen.push({ at: performance.now(), headers: request.headers, body: Buffer.concat(chunks).toString() });
      if (answer === "no answer") return request.socket.destroy();
      const [status, body, headers] = answer;
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    url = `http://127.0.0.1:${server.address().port}/api/keys`;
  });
  beforeEach(() => {
    seen = [];
  });
  after(() => server.close().closeAllConnections());

  /** The error that a call throws. */
  const thrown = (promise) => promise.then(() => assert.fail("it succeeds"), (error) => error);

  const CLIENTS = {
    "of your own": async () => {
      const { createClient } = await recipe("client");
      return () => createClient(url).createKey("ci");
    },
    "with p-retry": async () => {
      const { withRetries } = await recipe("p-retry");
      return async () => (await withRetries(() => fetch(url))).json();
    },
    "with ky": async () => {
      const { api } = await recipe("ky");
      // ky itself would retry a PUT.
      return () => api.put(url, { json: { alias: "ci" } }).json();
    },
    "with undici": async () => {
      const { listKeys } = await recipe("undici");
      return () => listKeys(url);
    },
    "with TanStack Query": async () => {
      const { keysQuery, queryClient } = await recipe("tanstack-query");
      return () => {
        queryClient.clear();
        return queryClient.fetchQuery(keysQuery(url));
      };
    },
    "in a page of Next.js": async () => {
      const { listKeys } = await recipe("next-page");
      return () => listKeys(url);
    },
  };

  for (const [name, load] of Object.entries(CLIENTS)) {
    describe(name, async () => {
      let call;
      before(async () => {
        call = await load();
      });

      test("returns what the server says", async () => {
        answers = [OK];
        assert.deepEqual(await call(), { alias: "ci" });
        assert.equal(seen.length, 1);
      });

      test("retries until it works", async () => {
        answers = [DOWN, PROXY, OK];
        assert.deepEqual(await call(), { alias: "ci" });
        assert.equal(seen.length, 3);
        // The waits are the catalog's: the libraries' own are longer.
        const took = seen[2].at - seen[0].at;
        assert.ok(took >= 28 && took < 900, `${took} ms`);
        const sent = seen.map(({ body, headers }) => [body, headers["idempotency-key"]]);
        assert.deepEqual(sent, Array(3).fill(sent[0]));
        if (name === "of your own") assert.match(sent[0].join(), /^\{"alias":"ci"\},[0-9a-f-]{36}$/);
      });

      test("gives up after as many retries as the catalog says, and throws the last error", async () => {
        answers = [DOWN];
        const error = await thrown(call());
        assert.equal(seen.length, 1 + RETRIES);
        assert.ok(isManagementApiError(error), String(error));
        assert.deepEqual([error.name, error.failure.code, error.failure.status], ["ManagementApiError", "litellm_failed", 502]);
        assert.equal(error.failure.entry, managementErrors.litellm_failed);
      });

      test("sends once what can't succeed", async () => {
        answers = [FULL];
        const error = await thrown(call());
        assert.equal(seen.length, 1);
        assert.equal(error.failure.code, "plan_limit_keys");
      });

      test("gives up at a wait that is too long", async () => {
        // The catalog says an hour.
        answers = [SLOW_DOWN];
        assert.equal((await thrown(call())).failure.code, "rate_limited");
        assert.equal(seen.length, 1);
        seen = [];
        answers = [[...DOWN, { "retry-after": "121" }]];
        assert.equal((await thrown(call())).failure.code, "litellm_failed");
        assert.equal(seen.length, 1);
      });

      test("waits as long as the server asks", async () => {
        answers = [[...DOWN, { "retry-after": "1" }], OK];
        await call();
        const waited = seen[1].at - seen[0].at;
        assert.ok(waited >= 995, `${waited} ms`);
      });

      test("throws the page of a proxy as an error without a code", async () => {
        answers = [[404, PROXY[1], PROXY[2]]];
        const error = await thrown(call());
        assert.equal(seen.length, 1);
        assert.deepEqual([error.failure.code, error.failure.status, error.failure.text], [undefined, 404, "upstream"]);
      });

      if (["with p-retry", "with TanStack Query"].includes(name)) {
        test("retries a request without a response like a 503", async () => {
          answers = ["no answer", OK];
          assert.deepEqual(await call(), { alias: "ci" });
          assert.equal(seen.length, 2);
          seen = [];
          answers = ["no answer"];
          assert.ok((await thrown(call())) instanceof TypeError);
          assert.equal(seen.length, 1 + RETRIES);
        });
      }
    });
  }

  test("the status alone decides where it tells the errors apart", async () => {
    const { listModels } = await recipe("status-alone");
    // The catalog lets a client retry a 500 once.
    for (const [status, requests] of [[200, 1], [404, 1], [418, 1], [500, 2], [503, 1 + RETRIES]]) {
      seen = [];
      answers = [[status, "not JSON"]];
      assert.equal(await (await listModels(url)).text(), "not JSON");
      assert.equal(seen.length, requests, String(status));
    }
  });

  test("a signal ends the wait of p-retry", async () => {
    const { withRetries } = await recipe("p-retry");
    answers = [[...DOWN, { "retry-after": "60" }]];
    const signal = AbortSignal.timeout(100);
    assert.equal((await thrown(withRetries(() => fetch(url, { signal }), signal))).name, "TimeoutError");
    assert.equal(seen.length, 1);
  });
});

describe("the server", () => {
  /** Starts a server, and returns its URL. */
  async function listening(t, server) {
    if (!server.listening) await once(server, "listening");
    t.after(() => server.close().closeAllConnections());
    return `http://127.0.0.1:${server.address().port}/api/keys`;
  }

  /** What a server answers to the body of a POST request. */
  async function post(url, body) {
    const init = { method: "POST", body, headers: { "content-type": "application/json" } };
    const response = await fetch(url, init);
    const type = response.headers.get("content-type");
    return [response.status, type, response.headers.get("retry-after"), await response.json()];
  }
  const error = (code, detail, retryAfter = null) => [
    managementErrors[code].status,
    "application/json",
    retryAfter,
    { error: code, ...(detail && { detail }) },
  ];
  const key = (alias) => JSON.stringify({ alias });

  const SERVERS = {
    Express: async () => (await recipe("express")).app.listen(0, "127.0.0.1"),
    Hono: async () => serve({ fetch: (await recipe("hono")).app.fetch, hostname: "127.0.0.1", port: 0 }),
  };
  for (const [name, start] of Object.entries(SERVERS)) {
    test(`of ${name} sends errors of the catalog`, async (t) => {
      const url = await listening(t, await start());
      assert.equal((await post(url, key("one")))[0], 201);
      assert.deepEqual(await post(url, key("one")), error("alias_taken"));
      assert.equal((await post(url, key("two")))[0], 201);
      assert.deepEqual(await post(url, key("three")), error("plan_limit_keys"));
      assert.deepEqual(await post(url, key(3)), error("invalid_body", "alias must be a string"));
      assert.equal((await post(url, "{")).at(-1).error, "invalid_body");
      assert.deepEqual(await post(url.replace("keys", "key"), "{}"), error("not_found", "/api/key"));
    });
  }

  test("of Next.js sends errors of the catalog", async (t) => {
    const { POST } = await recipe("next-route");
    const url = await listening(t, serve({ fetch: POST, hostname: "127.0.0.1", port: 0 }));
    assert.equal((await post(url, key("one")))[0], 201);
    assert.deepEqual(await post(url, key("one")), error("alias_taken"));
    assert.deepEqual(await post(url, key("two")), error("rate_limited", undefined, "60"));
    assert.deepEqual(await post(url, "{"), error("invalid_body", "alias must be a string"));
  });

  for (const [name, start] of Object.entries(SERVERS)) {
    test(`of ${name} answers a bug with "internal"`, async (t) => {
      const { has } = Set.prototype;
      t.mock.method(Set.prototype, "has", function (value) {
        if (value === "bug") throw new Error("a bug");
        return has.call(this, value);
      });
      const logged = t.mock.method(console, "error", () => {});
      assert.deepEqual(await post(await listening(t, await start()), key("bug")), error("internal"));
      assert.equal(logged.mock.calls[0].arguments[0].message, "a bug");
    });
  }
});

test("the test with MSW runs the client against every error", () => {
  // Otherwise it would report to this process, in a form of its own.
  delete process.env.NODE_TEST_CONTEXT;
  const { stdout } = run(process.execPath, ["--test", "--test-reporter=tap", "msw-tests.js"], project);
  const passed = [...stdout.matchAll(/^ *ok \d+ - createKey throws (\S+)$/gm)].map(([, code]) => code);
  assert.deepEqual(passed, Object.keys(managementErrors));
  assert.match(stdout, /^ok \d+ - createKey survives a short outage$/m);
});

// The responses of single operations: a document of 30 operations refers to each, and the types of its clients
// have exactly the codes that the catalog lists for an operation and a status.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { dump } from "js-yaml";
import { CLIENT_OPTIONS } from "./openapi-client-kit.mjs";
import { bundle, read, redocly, spectral } from "./openapi-kit.mjs";
import { generate, temporaryFolder, tool } from "./support.mjs";
import { findings } from "./typescript-kit.mjs";

const STATUSES = { 400: 4, 401: 1, 403: 4, 404: 2, 409: 3, 429: 2, 503: 1 };
const METHODS = ["GET", "PUT", "POST", "DELETE", "PATCH"];
const PATHS = ["/keys", "/keys/{id}", "/keys/{id}/limits", "/plans", "/plans/{name}", "/usage"];

/** The operations, each with its errors: another part of each status. */
const operations = Object.fromEntries(
  METHODS.flatMap((method, row) =>
    PATHS.map((path, column) => [`${method} ${path}`, codes((status, number) => (row + column * (number + 2) + status) % 3 > 0)]),
  ),
);

/** The codes that pass a test of their status and number, in the order of the catalog. */
function codes(isOne = () => true) {
  const all = Object.entries(STATUSES).flatMap(([status, count]) =>
    Array.from({ length: count }, (_, number) => ({ status: Number(status), number, code: `e${status}_${number}` })),
  );
  return all.filter(({ status, number }) => isOne(status, number)).map(({ code }) => code);
}

const error = (code) => ({ code, status: Number(code.slice(1, 4)), meaning: `It is ${code}`, fix: `Undo ${code}.`, retryable: false });

/** Bodies with a code: alone, in a list of errors, maybe without one, and as a part of a text. */
const SHAPES = {
  flat: { body: { error: "<code>", "detail?": "<detail>" }, at: ["error"] },
  listed: { body: { errors: [{ code: "<code>", message: "<meaning>" }] }, at: ["errors", 0, "code"] },
  optional: { body: { message: "<meaning>", "code?": "<code>" }, at: ["code"] },
};

/** A catalog of one shape. */
function catalog({ body }) {
  const retried = (one) => (one.status >= 429 ? { ...one, retryable: true } : one);
  return {
    errcat: 1,
    product: "Keys",
    version: "1.0.0",
    title: "Errors",
    contact: { name: "Keys", url: "https://keys.example" },
    retry: { statuses: [429, 503], initial: "1s", max: "30s", retries: 3 },
    surfaces: [{ id: "api", title: "API", shape: { body }, errors: codes().map(error).map(retried), operations }],
  };
}

/** The errors of an operation by status. */
const byStatus = (names) =>
  Object.fromEntries(Object.keys(STATUSES).map((status) => [status, names.filter((name) => name.startsWith(`e${status}`))]).filter(([, listed]) => listed.length > 0));

/** `ApiDeleteKeysByIdError404`. */
function component(operation, status) {
  const words = operation.replaceAll("{", "by ").match(/[A-Za-z]+/g).map((word) => word[0] + word.slice(1).toLowerCase());
  return `Api${words.map((word) => word[0].toUpperCase() + word.slice(1)).join("")}Error${status}`;
}

/** A document whose operations refer to their responses. */
function host(folder, version) {
  const document = {
    openapi: version,
    info: { title: "Keys", version: "1.0.0", description: "Keys.", license: { name: "MIT", url: "https://keys.example/license" }, contact: { name: "Keys" } },
    servers: [{ url: "https://api.keys.example" }],
    tags: [{ name: "keys", description: "Keys." }],
    security: [{ bearer: [] }],
    paths: {},
    components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
  };
  for (const [operation, names] of Object.entries(operations)) {
    const [method, path] = operation.split(" ");
    const references = Object.keys(byStatus(names)).map((status) => [
      status,
      { $ref: `openapi/errors.openapi.yaml#/components/responses/${component(operation, status)}` },
    ]);
    const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: "path", required: true, schema: { type: "string" } }));
    document.paths[path] ??= {};
    document.paths[path][method.toLowerCase()] = {
      operationId: operationId(operation),
      summary: operation,
      description: operation,
      tags: ["keys"],
      parameters,
      responses: { 200: { description: "OK" }, ...Object.fromEntries(references) },
    };
  }
  const file = join(folder, "host.yaml");
  writeFileSync(file, dump(document));
  return file;
}

const operationId = (operation) => component(operation, "").replace(/^Api(.)/, (_, first) => first.toLowerCase()).replace(/Error$/, "");

/** Checks, by the compiler, that each type has exactly its codes. `typeOf` writes the type of a body. */
function exhaustive(at, typeOf) {
  const place = at.map((key) => (key === 0 ? "[number]" : `[${JSON.stringify(key)}]`)).join("");
  const lines = Object.entries(operations).flatMap(([operation, names]) =>
    Object.entries(byStatus(names)).map(([status, listed]) => {
      const union = listed.map((name) => JSON.stringify(name)).join(" | ");
      return `same<${typeOf(operation, status)}${place}, ${union}>(true);`;
    }),
  );
  const same = `declare function same<A, B>(_: [A] extends [B] ? ([B] extends [A] ? true : false) : false): void;`;
  return [same, ...lines].join("\n");
}

/** What the compiler says of a program next to a client. */
function compiled(folder, program) {
  const file = join(folder, "program.ts");
  writeFileSync(join(folder, "package.json"), '{"type": "module"}');
  writeFileSync(file, program);
  return findings([file], CLIENT_OPTIONS);
}

for (const [name, shape] of Object.entries(SHAPES)) {
  for (const version of ["3.1.0", "3.0.3"]) {
    describe(`30 operations, ${name}, ${version}`, () => {
      let folder;
      let file;
      before(() => {
        const source = join(temporaryFolder(), "errors.yaml");
        writeFileSync(source, JSON.stringify(catalog(shape)));
        folder = generate(source, ["openapi"], { openapi: { version } });
        file = host(folder, version);
      });

      test("the document has no finding of Redocly and Spectral, and can be bundled", () => {
        assert.deepEqual([...redocly(file)[0], ...spectral(file)[0]], []);
        const { components } = read(bundle(file));
        assert.ok(Object.keys(components.responses).length > 120);
      });

      test("openapi-typescript gives each operation and status its codes", () => {
        const types = temporaryFolder();
        tool("openapi-typescript", [file, "--output", join(types, "types.ts")]);
        const imports = `import type { operations } from "./types.js";\n`;
        const typeOf = (operation, status) =>
          `operations[${JSON.stringify(operationId(operation))}]["responses"][${status}]["content"]["application/json"]`;
        assert.deepEqual(compiled(types, imports + exhaustive(shape.at, typeOf)), []);
        const wrong = exhaustive(shape.at, typeOf).replace('"e403_0"', '"e403_0" | "other"');
        assert.equal(compiled(types, imports + wrong).length, 1, "another code");
      });

      test("hey-api gives each operation and status its codes", () => {
        const client = temporaryFolder();
        tool("openapi-ts", ["--input", file, "--output", join(client, "client")], client);
        const type = (operation) => `${operationId(operation)[0].toUpperCase()}${operationId(operation).slice(1)}Errors`;
        const imports = `import type { ${Object.keys(operations).map(type).join(", ")} } from "./client/index.js";\n`;
        const typeOf = (operation, status) => `${type(operation)}[${status}]`;
        assert.deepEqual(compiled(client, imports + exhaustive(shape.at, typeOf)), []);
        const wrong = exhaustive(shape.at, typeOf).replace('"e403_0"', '"e403_0" | "other"');
        assert.equal(compiled(client, imports + wrong).length, 1, "another code");
      });
    });
  }
}

// The npm packages, as their users meet them: packed, installed, compiled by tsc with every strict
// flag, imported by node. Each text and number of a package equals the catalog's, index.d.ts says
// what index.js holds, guards accept and refuse as the body's shape says, hostile texts stay text.
// Never reads a template, and never un-escapes anything itself.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { committed, featuresCatalog, generate, hostile, local, run, tool } from "./support.mjs";
import {
  FETCH_TYPES,
  RESOLUTIONS,
  STRICT,
  camel,
  findings,
  install,
  keyOf,
  pascal,
  snippets,
} from "./typescript-kit.mjs";

/** A row of a table, from the catalog. */
function rowOf(surface, error) {
  const { retry, deprecated } = error;
  const waits = retry && {
    initialMs: retry.initial_ms,
    maxDelayMs: retry.max_delay_ms,
    factor: retry.factor,
    retries: retry.retries,
    afterMs: retry.after_ms,
  };
  const row = {
    code: error.code === keyOf(surface, error) ? null : error.code,
    status: error.status,
    statuses: error.statuses.length > 1 ? error.statuses : null,
    meaning: error.meaning,
    fix: error.fix,
    retryable: error.retryable,
    retryAdvice: error.retry_advice === "by_status" ? null : { kind: error.retry_advice, ...waits },
    tags: error.tags.length > 0 ? error.tags : null,
    since: error.since,
    deprecated,
    docs: error.docs_url,
  };
  return JSON.parse(JSON.stringify(row), (_, value) => value ?? undefined);
}

/** The keys of a table, each with what its type says: its code, and its statuses. */
function typesOf(surface) {
  const entries = surface.errors.map((error) => {
    const { code = undefined, status, statuses = undefined } = rowOf(surface, error);
    return `${JSON.stringify(keyOf(surface, error))}: ${JSON.stringify({ code, status, statuses })}`;
  });
  return `{ ${entries.join(", ")} }`;
}

/** For each type of a body's values, one that is not of it. */
const WRONG = {
  text: 1,
  integer: 1.5,
  number: "1",
  boolean: 0,
  null: 0,
  wait: -1,
  object: [],
  list: {},
  any: "any",
};

/** Every value within a body, with its path. Elements of lists are required. */
function* values(content, path = [], optional = false) {
  yield { path, content, optional };
  for (const member of content.members ?? []) yield* values(member.value, [...path, member.key], member.optional);
  if (content.of) yield* values(content.of, [...path, 0]);
}

/** A copy of a body with a change at a path; undefined if the body has no such place. */
function changedAt(body, path, change) {
  const copy = { body: JSON.parse(JSON.stringify(body)) };
  const full = ["body", ...path];
  const parent = full.slice(0, -1).reduce((value, key) => value?.[key], copy);
  if (parent?.[full.at(-1)] === undefined) return undefined;
  change(parent, full.at(-1));
  return copy.body;
}

/** Bodies of a surface: of each error, and with each optional member absent, and null. */
function bodiesOf(surface) {
  const { sample, body } = surface.shape;
  const optional = [...values(body)].filter((one) => one.optional);
  const changes = [(parent, key) => delete parent[key], (parent, key) => (parent[key] = null)];
  const changed = optional.flatMap(({ path }) => changes.map((change) => changedAt(sample, path, change)));
  return [sample, ...surface.errors.map((error) => error.body), ...changed.filter((body) => body !== undefined)];
}

const packages = {
  tensorloop: await install(committed),
  features: await install(generate(featuresCatalog, ["typescript", "json"])),
  hostile: await install(hostile("catalog/all")),
  mixed: await install(hostile("catalog/mixed")),
};

for (const [label, one] of Object.entries(packages)) {
  const { name, project, installed, module, tarball, catalog } = one;

  describe(`the package of the ${label} catalog`, () => {
    test("publint and attw find nothing", () => {
      tool("publint", ["--strict", tarball], project);
      tool("attw", [tarball, "--profile", "esm-only"], project);
    });

    test("its tables hold the catalog, text for text", () => {
      for (const surface of catalog.surfaces) {
        const table = module[`${camel(surface.id)}Errors`];
        const rows = surface.errors.map((error) => [keyOf(surface, error), rowOf(surface, error)]);
        // JavaScript puts keys such as "23505" first.
        const sorted = (entries) => entries.sort(([a], [b]) => (a < b ? -1 : 1));
        assert.deepEqual(sorted(Object.entries(table)), sorted(rows));
      }
      const { retryStrategy } = module;
      assert.deepEqual(retryStrategy?.statuses, catalog.retry?.statuses);
      assert.equal(retryStrategy?.retryAdvice.initialMs, catalog.retry?.initial_ms);
      const packed = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
      assert.equal(packed.version, catalog.version);
      assert.equal(packed.description, catalog.intro ?? catalog.title);
      assert.equal(packed.license, catalog.license ?? undefined);
    });

    for (const [resolution, options] of Object.entries(RESOLUTIONS)) {
      test(`index.d.ts says what index.js holds (${resolution})`, () => {
        // To tsc every object has a `constructor`, which a body of the hostile catalog may lack.
        const surfaces = label === "hostile" ? [] : catalog.surfaces;
        const bodies = surfaces.map(
          (surface) => `export const ${surface.id}_read = all<types.${pascal(surface.id)}ErrorBody>()(${JSON.stringify(bodiesOf(surface))});`,
        );
        const lines = [
          `import * as types from "${name}";`,
          "type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;",
          // Bodies may have more members than their type.
          "export const all = <Body>() => <Own extends Body>(bodies: readonly Own[]): readonly Body[] => bodies;",
          `export const exports: Same<keyof typeof types, ${Object.keys(module)
            .map((key) => `"${key}"`)
            .join(" | ")}> = true;`,
          // Of a table, the keys, codes and statuses.
          ...catalog.surfaces.flatMap((surface) => {
            const name = camel(surface.id);
            return [
              `const ${name}Told = ${typesOf(surface)} as const;`,
              `export const ${name}Keys: Same<keyof typeof ${name}Told, keyof typeof types.${name}Errors> = true;`,
              `export const ${name}Types: typeof ${name}Told = types.${name}Errors;`,
              `export const ${name}Back: { [Key in keyof typeof ${name}Told]: types.ErrorEntry } = types.${name}Errors;`,
              `export const ${name}Entries: readonly types.ErrorEntry[] = Object.values(types.${name}Errors);`,
            ];
          }),
          ...bodies,
        ];
        const file = join(project, "agreement.ts");
        writeFileSync(file, lines.join("\n"));
        assert.deepEqual(findings([file], options), []);
      });
    }

    test("every export has a comment, and no text became a tag", () => {
      const file = join(project, "comments.ts");
      writeFileSync(file, `export * from "${name}";`);
      const program = ts.createProgram([file], { ...STRICT, ...RESOLUTIONS.nodenext });
      const checker = program.getTypeChecker();
      const exports = checker.getExportsOfModule(
        checker.getSymbolAtLocation(program.getSourceFile(file)),
      );
      assert.ok(exports.length > 0);
      for (const symbol of exports) {
        assert.notDeepEqual(symbol.getDocumentationComment(checker), [], symbol.name);
        for (const { name: tag } of symbol.getJsDocTags(checker)) {
          assert.ok(["param", "returns"].includes(tag), `${symbol.name}: @${tag}`);
        }
      }
      for (const surface of catalog.surfaces) {
        const symbol = exports.find(({ name }) => name === `${camel(surface.id)}Errors`);
        const table = checker.getTypeOfSymbol(symbol);
        for (const error of surface.errors) {
          const key = keyOf(surface, error);
          const row = table.getProperty(key);
          const tags = row.getJsDocTags(checker).map((tag) => tag.name);
          const deprecated = error.deprecated ? ["deprecated"] : [];
          assert.deepEqual(tags, [...deprecated, ...error.see.map(() => "see")], key);
          assert.notDeepEqual(row.getDocumentationComment(checker), [], key);
        }
      }
    });

    for (const [types, options] of Object.entries(FETCH_TYPES)) {
      test(`the snippets of its README compile (${types})`, () => {
        const page = readFileSync(join(installed, "README.md"), "utf8");
        const sources = snippets(page);
        const has = (what) => Number(catalog.surfaces.some(what));
        const joins = has(({ shape }) => shape.errors_path !== null);
        assert.equal(sources.length, 4 + joins + has(({ groups }) => groups.length > 0));
        const files = sources.map((source, i) => {
          const file = join(project, `snippet-${i}.ts`);
          writeFileSync(file, source);
          return file;
        });
        assert.deepEqual(findings(files, { ...RESOLUTIONS.nodenext, ...options }), []);
      });
    }

    test("the tables of its README name every export, and no others", () => {
      const page = readFileSync(join(installed, "README.md"), "utf8");
      const types = readFileSync(join(installed, "index.d.ts"), "utf8");
      const cells = [...page.matchAll(/^\| (`.*?`) \|/gm)].map(([, cell]) => cell);
      const named = cells.flatMap((cell) => [...cell.matchAll(/`(\w+)/g)].map(([, name]) => name));
      for (const key of Object.keys(module)) assert.ok(named.includes(key), key);
      for (const key of named) {
        assert.ok(key in module || new RegExp(`^export (type|interface) ${key}\\b`, "m").test(types), key);
      }
    });

    for (const surface of catalog.surfaces) {
      const isError = module[`is${pascal(surface.id)}ErrorBody`];
      const isCode = module[`is${pascal(surface.id)}Code`];
      const codeOf = (body) => module[`read${pascal(surface.id)}Error`](400, body).code;
      const nameOf = module[`${camel(surface.id)}ErrorName`];

      test(`the guard of ${surface.id} follows the body's shape`, () => {
        assert.ok(isError(surface.shape.sample));
        for (const error of surface.errors) assert.ok(isError(error.body), error.name);
        const isList = surface.shape.body.type === "list";
        for (const body of [undefined, null, "", "text", 7, true, isList ? {} : []]) {
          assert.ok(!isError(body), String(body));
        }
        for (const { path, content, optional } of values(surface.shape.body)) {
          const { type, literal, of } = content;
          const where = path.join(" ");
          const isAny = type === "any" && literal === null;
          /** Whether the body still matches; `expected` where it has no such place. */
          const changed = (expected, change) => {
            const body = changedAt(surface.shape.sample, path, change);
            return body === undefined ? expected : isError(body);
          };
          const is = (expected, change, what) => assert.equal(changed(expected, change), expected, `${where} ${what}`);
          if (path.length > 0 && path.at(-1) !== 0) is(optional, (parent, key) => delete parent[key], "is absent");
          is(optional || isAny || type === "null", (parent, key) => (parent[key] = null), "is null");
          is(isAny, (parent, key) => (parent[key] = WRONG[type]), "is of another type");
          if (["text", "integer", "number", "boolean"].includes(type) && literal !== null) {
            is(false, (parent, key) => (parent[key] = type === "boolean" ? !literal : literal + literal + 1), "is another literal");
          }
          if (type === "object") is(true, (parent, key) => (parent[key]["one more"] = 1), "has one more member");
          if (type === "list") is(true, (parent, key) => (parent[key] = []), "is empty");
          if (of && of.type !== "any") {
            is(false, (parent, key) => parent[key].push(WRONG[of.type]), "has an element of another type");
          }
        }
      });

      test(`the codes of ${surface.id} are found, and nothing else is`, () => {
        const strange = [
          "__proto__",
          "constructor",
          "toString",
          "valueOf",
          "",
          "no such code",
          0,
          -1,
          1.5,
          null,
          undefined,
          {},
          [],
        ];
        const codeless = surface.errors.filter((error) => error.code === null);
        const byStatus = (status) => (surface.keyed_by === "status" ? nameOf(status) : nameOf(undefined, status));
        for (const error of codeless) {
          for (const status of error.statuses) assert.equal(byStatus(status), error.name);
        }
        if (codeless.length > 0) {
          for (const status of [0, 200, 418, "404", ...strange]) assert.equal(byStatus(status), undefined);
        }
        if (surface.keyed_by === "status") {
          assert.equal(isCode, undefined);
          return;
        }
        const coded = surface.errors.filter((error) => error.code !== null);
        for (const error of coded) {
          assert.ok(isCode(error.code));
          assert.equal(codeOf(error.body), error.code);
          if (nameOf) assert.equal(nameOf(error.code), error.name);
        }
        // A number is read as the text code that it spells.
        for (const code of strange.filter((code) => coded.every((error) => String(error.code) !== String(code)))) {
          assert.ok(!isCode(code), String(code));
          const body = changedAt(surface.shape.sample, surface.shape.code.path, (parent, key) => (parent[key] = code));
          assert.equal(codeOf(body), undefined);
        }
        for (const body of [...strange, { errors: 1 }, JSON.parse(`{"__proto__": ${JSON.stringify(surface.shape.sample)}}`)]) {
          assert.equal(codeOf(body), undefined);
        }
      });
    }
  });

  if (label === "tensorloop") {
    const consumer = join(project, "consumer");
    cpSync(local("consumer"), consumer, { recursive: true });
    const files = readdirSync(consumer).map((file) => join(consumer, file));

    describe("a project that uses the package", () => {
      for (const [resolution, options] of Object.entries(RESOLUTIONS)) {
        test(`compiles with every strict flag (${resolution})`, () => {
          assert.deepEqual(findings(files, { ...options, checkJs: true }), []);
        });
      }

      test("does not compile without a case of its exhaustive switch", () => {
        const source = readFileSync(join(consumer, "exhaustive.ts"), "utf8");
        const without = source.replace('    case "rate_limited":\n', "");
        assert.notEqual(without, source);
        const file = join(project, "incomplete.ts");
        writeFileSync(file, without);
        const [finding, ...others] = findings([file], RESOLUTIONS.nodenext);
        assert.match(finding, /TS2322: Type '"rate_limited"' is not assignable to type 'never'/);
        assert.deepEqual(others, []);
      });

      test("runs", async () => {
        const outDir = join(project, "built");
        mkdirSync(outDir);
        const options = { ...STRICT, ...RESOLUTIONS.nodenext, rootDir: consumer, outDir };
        assert.equal(ts.createProgram(files, options).emit().emitSkipped, false);
        const load = (file) => import(pathToFileURL(join(outDir, file)));
        const { explainManagement, explainInference, waitBeforeRetry } = await load("narrowing.js");
        assert.equal(explainManagement({ error: "alias_taken" }), "Pick a new alias.");
        assert.equal(
          explainManagement({ error: "rate_limited", detail: "key" }),
          "Wait an hour. [key]",
        );
        assert.equal(
          explainManagement({ error: "plan_limit_seats" }),
          "a code newer than this package: plan_limit_seats",
        );
        assert.equal(explainManagement("<html>"), "not an error of this API");
        assert.equal(
          explainInference(503, { error: { message: "down", type: null } }),
          "Proxy or upstream model is down: down",
        );
        assert.equal(explainInference(418, { error: { message: "teapot" } }), "teapot");
        assert.equal(waitBeforeRetry({ error: "rate_limited" }), 3_600_000);
        assert.equal(waitBeforeRetry({ error: "internal" }), 1000);
        assert.equal(waitBeforeRetry({ error: "not_found" }), undefined);
        const { codeOf, mayRetry } = await load("plain.js");
        assert.equal(codeOf({ error: "internal" }), "internal");
        assert.deepEqual([404, 429, 503].map(mayRetry), [false, true, true]);
        const { answer } = await load("exhaustive.js");
        assert.equal(answer("rate_limited"), "Please wait an hour.");
      });
    });
  }
}

// The schemas of the fragment against the reading specification: with `codes: open`, a schema accepts
// exactly the bodies that readers call a match.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import { inputs } from "../conformance/readers/inputs.mjs";
import { read } from "./openapi-kit.mjs";
import { catalogOf, featuresCatalog, generate, hostile, local } from "./support.mjs";

const RANDOM = Math.max(20_000, Number(process.env.ERRCAT_CASES ?? 0));

const bodies = local("../conformance/bodies.yaml");
const { cases } = JSON.parse(readFileSync(local("../conformance/bodies.json"), "utf8"));

/** For each surface of a catalog, a function that says whether its schema accepts a value. */
function schemas(catalog, codes) {
  const folder = generate(catalog, ["openapi", "json"], { openapi: { codes } });
  const { components } = read(join(folder, "openapi/errors.openapi.yaml"));
  const ajv = new Ajv({ strict: false, ownProperties: true }).addSchema({ components }, "fragment");
  const names = Object.keys(components.schemas);
  return Object.fromEntries(
    catalogOf(folder).surfaces.map(({ id }) => {
      const name = names.find((one) => one.toLowerCase() === `${id.replaceAll("_", "")}error`);
      return [id, ajv.getSchema(`fragment#/components/schemas/${name}`)];
    }),
  );
}

/** The value of a body, if it is JSON as readers take it. */
function valueOf(text) {
  try {
    const value = JSON.parse(text);
    return isWithinLimits(text) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a JSON text has finite numbers and at most 127 levels, in members with equal keys too. */
function isWithinLimits(json) {
  let [level, deepest] = [0, 0];
  for (const [token] of json.replace(/"([^"\\]|\\.)*"/gs, "").matchAll(/[[\]{}]|-?[0-9][0-9.eE+-]*/g)) {
    if (token === "[" || token === "{") deepest = Math.max(deepest, ++level);
    else if (token === "]" || token === "}") level -= 1;
    else if (!Number.isFinite(Number(token))) return false;
  }
  return deepest <= 127;
}

/** A number within a text that no double holds. It does not match, which no pattern can say. */
const HUGE = /"[^"]*[0-9]e[+]?[0-9]{3}/i;

/** How many of the bodies match. Fails if a schema disagrees. */
function compare(accepts, bodies) {
  const wrong = [];
  const counts = { matches: 0, differs: 0 };
  for (const { surface, bytes, matches, about } of bodies) {
    const text = new TextDecoder().decode(bytes);
    const value = valueOf(text);
    const accepted = value !== undefined && accepts[surface](value);
    if (accepted !== matches && (matches || !HUGE.test(text))) {
      wrong.push(`${surface} ${accepted ? "accepts" : "rejects"}: ${about}`);
    }
    if (value !== undefined) counts[matches ? "matches" : "differs"] += 1;
  }
  assert.deepEqual(wrong.slice(0, 20), []);
  return counts;
}

describe("a schema with open codes accepts what matches, and nothing else", () => {
  test("of the cases that every reader reads", () => {
    const all = cases.map(({ surface, json, body, hex, matches = false, about }) => {
      const bytes = hex === undefined ? Buffer.from(body ?? JSON.stringify(json)) : Buffer.from(hex, "hex");
      return { surface, bytes, matches, about };
    });
    const { matches, differs } = compare(schemas(bodies, "open"), all);
    assert.ok(matches > 150 && differs > 100);
  });

  test("and with closed codes, only listed ones", () => {
    const accepts = schemas(bodies, "closed");
    const counts = { accepted: 0, rejected: 0 };
    for (const { surface, json, matches = false, code, name, errors = [{ code, name }], about } of cases) {
      const areRead = errors.every((one) => (one.code ?? null) !== null);
      // Nobody reads the other codes of the surface `twice`.
      if (json === undefined || surface === "twice" || (matches && !areRead)) continue;
      if (HUGE.test(JSON.stringify(json))) continue;
      const areListed = errors.every((one) => (one.name ?? null) !== null);
      assert.equal(accepts[surface](json), matches && areListed, `${surface}: ${about}`);
      counts[matches && areListed ? "accepted" : "rejected"] += 1;
    }
    assert.ok(counts.accepted > 100 && counts.rejected > 100, JSON.stringify(counts));
  });

  test("and an error without a code, where codes are optional", () => {
    const { library } = schemas(featuresCatalog, "closed");
    const body = (code) => ({ type: "t", message: "m", ...code });
    for (const code of [{}, { code: null }, { code: "SHELF TAKEN" }]) assert.ok(library(body(code)));
    for (const code of [{ code: "other" }, { code: 1 }]) assert.ok(!library(body(code)));
  });

  test("of random bodies, of public APIs and of random catalogs", () => {
    // The packages that cargo test makes for the comparison of readers.
    const root = hostile("../readers");
    const files = readdirSync(root).filter((file) => /^\w+\.yaml$/.test(file) && file !== "errcat.yaml");
    const catalogs = files.map((file) => file.slice(0, -".yaml".length)).map((name) => [name, catalogOf(join(root, name))]);
    assert.ok(catalogs.length > 30);
    const asked = [...inputs(catalogs, RANDOM, 1)].filter(({ hex }) => hex !== undefined);
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [local("../conformance/readers/typescript.mjs"), root],
      { input: asked.map((one) => `${JSON.stringify(one)}\n`).join(""), encoding: "utf8", maxBuffer: 1e9 },
    );
    assert.equal(status, 0, stderr);
    const said = stdout.trim().split("\n").map((line) => JSON.parse(line));
    assert.equal(said.length, asked.length);
    const total = { matches: 0, differs: 0 };
    for (const [name] of catalogs) {
      const all = asked.flatMap(({ catalog, surface, hex }, index) => {
        const bytes = Buffer.from(hex, "hex");
        const about = `${name}: ${bytes}`;
        return catalog === name ? [{ surface, bytes, matches: said[index].matches, about }] : [];
      });
      const { matches, differs } = compare(schemas(join(root, `${name}.yaml`), "open"), all);
      total.matches += matches;
      total.differs += differs;
    }
    assert.ok(total.matches > 2000 && total.differs > 2000, JSON.stringify(total));
  });
});

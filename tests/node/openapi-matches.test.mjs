// The schemas of the fragment against the reading specification: with `codes: open`, a schema accepts
// exactly the bodies that readers call a match.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import { everyResponse, read } from "./openapi-kit.mjs";
import { local } from "./support.mjs";

const catalog = local("../conformance/bodies.yaml");
const { cases } = JSON.parse(readFileSync(local("../conformance/bodies.json"), "utf8"));

/** For each surface, a function that says whether its schema accepts a value. */
function schemas(version, codes) {
  const made = everyResponse(catalog, { version, codes });
  const { components } = read(made.fragment);
  const ajv = new Ajv({ strict: false, ownProperties: true }).addSchema({ components }, "fragment");
  return Object.fromEntries(
    made.catalog.surfaces.map(({ id }) => {
      const name = Object.keys(components.schemas).find((one) => one.toLowerCase() === `${id.replaceAll("_", "")}error`);
      return [id, ajv.getSchema(`fragment#/components/schemas/${name}`)];
    }),
  );
}

/** The value of a body, if it is JSON as readers take it. */
function valueOf({ json, body, hex }) {
  const bytes = hex === undefined ? Buffer.from(body ?? JSON.stringify(json)) : Buffer.from(hex, "hex");
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes));
    return isWithinLimits(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value has finite numbers and at most 127 levels. */
function isWithinLimits(value, level = 0) {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return true;
  return level < 127 && Object.values(value).every((one) => isWithinLimits(one, level + 1));
}

test("a schema with open codes accepts what matches, and nothing else", () => {
  const accepts = schemas("3.1.0", "open");
  const wrong = [];
  let checked = 0;
  for (const one of cases) {
    const value = valueOf(one);
    if (value === undefined) {
      assert.ok(!one.matches, one.about);
      continue;
    }
    checked += 1;
    if (accepts[one.surface](value) !== (one.matches ?? false)) wrong.push(`${one.surface}: ${one.about}`);
  }
  assert.deepEqual(wrong, []);
  assert.ok(checked > 200);
});

// The JSON Schemas of catalogs and of errcat.yaml agree with errcat's own loader on every fixture, as far as a schema
// can: what it refuses has a finding, and what only a rule can see it lets pass. Checked by ajv on
// what js-yaml reads. Never looks at what a finding says.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, test } from "node:test";
import Ajv from "ajv";
import yaml from "js-yaml";
import { local, run } from "./support.mjs";

/** The rules that a schema can express. The rest compare values with each other, or are YAML's. */
const EXPRESSIBLE = new Set([
  "empty-text",
  "format-version",
  "lone-key",
  "malformed-address",
  "malformed-code",
  "malformed-duration",
  "malformed-id",
  "malformed-include",
  "malformed-media-type",
  "malformed-name",
  "malformed-operation",
  "malformed-version",
  "missing-field",
  "number-range",
  "status-range",
  "unknown-field",
  "unknown-rule",
  "unlinkable-url",
  "wait-range",
  "wrong-type",
]);

/** The rules about errcat.yaml that its schema can't express. */
const FOR_ERRCAT = new Set([
  "empty-outputs",
  "malformed-path",
  "malformed-pattern",
  "malformed-requirement",
  "missing-path",
  "shared-only",
  "unknown-target",
]);

const schema = JSON.parse(readFileSync(local("../../catalog/errcat.schema.json"), "utf8"));
const configSchema = JSON.parse(readFileSync(local("../../catalog/errcat-config.schema.json"), "utf8"));
const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);

/** The names of the rules that a catalog breaks, by errcat itself. */
function brokenRules(file) {
  const { stdout } = run(resolve(process.env.ERRCAT), ["lint", "--format", "json", file], ".", [0, 1]);
  const lines = stdout.split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line).rule).filter(Boolean);
}

describe("the schema and the loader agree", () => {
  let refused = 0;
  let accepted = 0;
  for (const folder of ["../it/lint", "../it/load", "../it/catalogs", "../../catalog"]) {
    for (const name of readdirSync(local(folder)).filter((name) => name.endsWith(".yaml"))) {
      const file = join(local(folder), name);
      const rules = brokenRules(file);
      // A schema never sees what isn't YAML, or is more than plain data.
      if (rules.some((rule) => ["yaml-syntax", "plain-data", "duplicate-field"].includes(rule))) continue;
      test(`on ${folder}/${name}`, () => {
        const valid = validate(yaml.load(readFileSync(file, "utf8")) ?? null);
        const expected = !rules.some((rule) => EXPRESSIBLE.has(rule));
        assert.equal(valid, expected, `${rules}: ${JSON.stringify(validate.errors, null, 1)}`);
        if (valid) accepted += 1;
        else refused += 1;
      });
    }
  }

  test("and both kinds were there", () => {
    assert.ok(refused > 10 && accepted > 20, `${refused} refused, ${accepted} accepted`);
  });
});

describe("the schema of errcat.yaml and its reader agree", () => {
  const validateConfig = new Ajv({ allErrors: true, strict: false }).compile(configSchema);
  const folder = local("../it/config");
  for (const name of readdirSync(folder).filter((name) => name.endsWith(".yaml"))) {
    const text = readFileSync(join(folder, name), "utf8");
    // Only errcat knows versions, targets of the repo's own, and where a path leads.
    if (FOR_ERRCAT.has(name.replace(".yaml", ""))) continue;
    test(`on ${name}, which has a finding`, () => assert.equal(validateConfig(yaml.load(text)), false));
  }

  for (const name of ["errcat.yaml", "examples/monorepo/errcat.yaml", "examples/docs-site/errcat.yaml"]) {
    test(`on ${name}, which has none`, () => {
      const config = yaml.load(readFileSync(local(`../../${name}`), "utf8"));
      assert.ok(validateConfig(config), JSON.stringify(validateConfig.errors));
    });
  }

  test("on each option of a target", () => {
    const withOptions = (target, options) =>
      validateConfig({ errcat: 1, outputs: [{ catalog: "c.yaml", target, out: "o", options }] });
    assert.ok(withOptions("markdown", { frontmatter: true }));
    assert.ok(!withOptions("markdown", { frontmatter: "yes" }));
    assert.ok(withOptions("openapi", { version: "3.0.3", codes: "open" }));
    assert.ok(!withOptions("openapi", { version: "3.2.0" }));
    assert.ok(!withOptions("rust", { version: "3.0.3" }));
    assert.ok(withOptions("my-own", { anything: "goes" }));
  });

  test("on several targets, which all have the options of their output", () => {
    const accepts = (output) =>
      validateConfig({ errcat: 1, outputs: [{ catalog: "c.yaml", out: "o", ...output }] });
    assert.ok(accepts({ targets: ["rust", "my-own"] }));
    assert.ok(accepts({ targets: ["rust", "typescript"], options: { name: "acme-errors" } }));
    assert.ok(!accepts({ targets: ["rust", "json"], options: { name: "acme-errors" } }));
    assert.ok(!accepts({ targets: ["rust"], target: "json" }));
    assert.ok(!accepts({ targets: [] }));
    assert.ok(!accepts({ targets: "rust" }));
    assert.ok(!accepts({}));
  });
});

test("every field and every rule of the formats has a hover text", () => {
  const all = [schema, configSchema].flatMap((one) => [one, ...Object.values(one.definitions)]);
  const properties = all.flatMap((one) => Object.entries(one.properties ?? {}));
  assert.ok(properties.length > 48);
  for (const [name, { description }] of properties) assert.match(description ?? "", /^[A-Z`].*\.$/, name);
  const { enum: rules, markdownEnumDescriptions: texts } = schema.definitions.rule;
  assert.equal(texts.length, rules.length);
  for (const text of texts) assert.match(text, /^Finds .*: .*\.$/);
});

// A catalog in an editor: yaml-language-server with the schema finds the mistakes that errcat finds, at their lines,
// and shows each field's sentence, in a hover and where it offers the field. Never asks what no schema can know.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { isMap, isSeq, parseDocument } from "yaml";
import { startServer } from "./language-server.mjs";
import { featuresCatalog, local, run, temporaryFolder } from "./support.mjs";

const catalogFolder = local("../../catalog");
const schema = JSON.parse(readFileSync(join(catalogFolder, "errcat.schema.json"), "utf8"));
const tensorloop = readFileSync(join(catalogFolder, "tensorloop.yaml"), "utf8");
const modeline = `# yaml-language-server: $schema=${pathToFileURL(join(catalogFolder, "errcat.schema.json"))}\n`;

const server = await startServer();
after(() => server.stop());

let opened = 0;
/** Opens a text as a catalog next to the schema. */
const open = (text) => server.open(join(catalogFolder, `opened-${(opened += 1)}.yaml`), text);

/** What is offered where the text has a `|`, by label. */
async function offered(text) {
  const before = text.slice(0, text.indexOf("|")).split("\n");
  const { completion } = await open(text.replace("|", ""));
  const { items } = await completion(before.length - 1, before.at(-1).length);
  return new Map(items.map((item) => [item.label, { ...item, text: item.textEdit?.newText ?? item.insertText }]));
}

const documentation = (item) => item.documentation?.value ?? item.documentation;

/** The fields of each mapping, by the name of its definition. */
const mappings = Object.fromEntries(
  [["catalog", schema], ...Object.entries(schema.definitions)]
    .filter(([, { properties }]) => properties)
    .map(([name, { properties }]) => [name, properties]),
);

/** The schema of a value, without references; of alternatives, the one for mappings or lists. */
function resolved(one) {
  const branches = one.anyOf?.map(resolved) ?? [];
  if (one.$ref) return resolved(schema.definitions[one.$ref.replace("#/definitions/", "")]);
  if (one.allOf) return resolved(one.allOf[0]);
  return branches.find(({ properties, items }) => properties ?? items) ?? one;
}

/** Each field in a tree of YAML: its sentence, and a place within its name. */
function* fields(node, type) {
  const { items, properties, additionalProperties } = resolved(type);
  if (isSeq(node) && items) for (const item of node.items) yield* fields(item, items);
  if (!isMap(node)) return;
  for (const { key, value } of node.items) {
    const field = properties?.[key.value] ?? additionalProperties;
    if (!field) continue;
    if (properties) yield { sentence: field.description, offset: key.range[0] + 1 };
    yield* fields(value, field);
  }
}

describe("a catalog without mistakes has none in an editor", () => {
  test("TensorLoop's, whose first line names the schema", async () => {
    assert.match(tensorloop, /^# yaml-language-server: \$schema=\.\/errcat\.schema\.json\n/);
    assert.deepEqual((await open(tensorloop)).diagnostics, []);
  });

  for (const file of [
    "tests/it/catalogs/features.yaml",
    "tests/it/catalogs/odd-but-legal.yaml",
    ...["plain", "problem", "openai", "google", "jsonapi"].map((shape) => `src/cli/init/shapes/${shape}.yaml`),
  ]) {
    test(file, async () => {
      const text = modeline + readFileSync(local(`../../${file}`), "utf8");
      assert.deepEqual((await open(text)).diagnostics, []);
    });
  }

  test("that of the example, which names the schema of the installed package", async () => {
    const project = temporaryFolder();
    mkdirSync(join(project, "node_modules/errcat"), { recursive: true });
    cpSync(join(catalogFolder, "errcat.schema.json"), join(project, "node_modules/errcat/errcat.schema.json"));
    const text = readFileSync(local("../../examples/typescript-app/errors.yaml"), "utf8");
    assert.deepEqual((await server.open(join(project, "errors.yaml"), text)).diagnostics, []);
    const broken = text.replace("title: Errors", "titel: Errors");
    const { diagnostics } = await server.open(join(project, "broken.yaml"), broken);
    assert.ok(diagnostics.some(({ message }) => message === "Property titel is not allowed."));
  });
});

describe("a mistake is shown where errcat finds it", () => {
  const mistakes = {
    "an unknown field": [
      "        fix: Sign in again.",
      "        fix: Sign in again.\n        fixx: 1",
      "Property fixx is not allowed.",
    ],
    "an unknown field at the top": [
      "title: Errors",
      "title: Errors\nheading: Errors",
      "Property heading is not allowed.",
    ],
    "a missing field": ["        meaning: No active session\n", "", 'Missing property "meaning".'],
    "a text for a boolean": ["retryable: false", "retryable: no", 'Incorrect type. Expected "boolean".'],
    "a number for a text": ["meaning: No active session", "meaning: 401", 'Incorrect type. Expected "string".'],
    "a text for a mapping": ["retry: {after: 1h}", "retry: 1h", 'Incorrect type. Expected "retry_override".'],
    "a text for a body": [
      "      body:\n        error: <code>\n        detail?: <detail>\n",
      "      body: <code>\n",
      'Incorrect type. Expected one of object, array.',
    ],
    "another format version": ["errcat: 1", "errcat: 2", "Value is not accepted. Valid values: 1."],
    "a rule that is none": [
      "        retry: {after: 1h}",
      "        retry: {after: 1h}\n        allow: [no-such-rule]",
      /^Value is not accepted\. Valid values: .*"same-meaning"/,
    ],
    "a time without a unit": ["after: 1h", 'after: "60"', /^String does not match the pattern/],
    "a status that is no answer": ["status: 401", "status: 100", "Value is below the minimum of 200."],
  };
  for (const [name, [from, to, expected]] of Object.entries(mistakes)) {
    test(name, async () => {
      assert.ok(tensorloop.includes(from), from);
      const text = tensorloop.replace(from, to);
      const file = join(temporaryFolder(), "errors.yaml");
      writeFileSync(file, text);
      const { stdout } = run(resolve(process.env.ERRCAT), ["lint", "--format", "json", file], ".", [1]);
      const findings = stdout
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line))
        .filter(({ rule }) => rule);
      const { diagnostics } = await open(text);
      const [{ message }] = diagnostics;
      if (expected instanceof RegExp) assert.match(message, expected);
      else assert.equal(message, expected);
      assert.deepEqual(
        diagnostics.map(({ range }) => range.start.line + 1),
        findings.map(({ line }) => line),
      );
    });
  }
});

describe("every field is explained", () => {
  test("in a hover", async () => {
    const missing = new Set(
      Object.values(mappings).flatMap((properties) => Object.values(properties).map((field) => field.description)),
    );
    for (const text of [modeline + readFileSync(featuresCatalog, "utf8"), tensorloop]) {
      const { hover } = await open(text);
      for (const { sentence, offset } of fields(parseDocument(text).contents, schema)) {
        if (!missing.delete(sentence)) continue;
        const before = text.slice(0, offset).split("\n");
        const { contents } = await hover(before.length - 1, before.at(-1).length);
        const [shown] = contents.value.split("\n\n");
        // The server escapes what Markdown would read, except where the schema says that it is Markdown.
        assert.equal(shown.trim().replace(/\\(?=[^\w\s`])/g, ""), sentence);
      }
    }
    assert.deepEqual([...missing], []);
  });

  const top = `${modeline}errcat: 1\n`;
  const surface = `${top}surfaces:\n  - id: api\n`;
  const error = `${surface}    errors:\n      - code: teapot\n`;
  const places = {
    catalog: `${top}|\n`,
    contact: `${top}contact:\n  |\n`,
    retry_strategy: `${top}retry:\n  |\n`,
    surface: `${surface}    |\n`,
    shape: `${surface}    shape:\n      |\n`,
    retired_code: `${surface}    retired:\n      - note: Nobody sent it\n        |\n`,
    error: `${error}        |\n`,
    retry_override: `${error}        retry:\n          |\n`,
    param: `${error}        params:\n          detail:\n            |\n`,
    deprecation: `${error}        deprecated:\n          |\n`,
  };
  for (const [name, properties] of Object.entries(mappings)) {
    test(`where it is offered: ${name}`, async () => {
      const place = places[name];
      assert.ok(place, "this mapping has no place");
      const above = place.slice(0, place.indexOf("|"));
      const indent = above.slice(above.lastIndexOf("\n") + 1);
      const items = await offered(place);
      for (const [field, { description }] of Object.entries(properties)) {
        const isThere = above.includes(`\n${indent}${field}:`) || above.includes(`\n${indent.slice(2)}- ${field}:`);
        const item = items.get(field);
        if (isThere) assert.equal(item, undefined, field);
        else assert.deepEqual([documentation(item), item.text.split(":")[0]], [description, field]);
      }
    });
  }

  test("with the start of its value", async () => {
    const items = await offered(places.error);
    const texts = ["fix", "retryable", "retry", "since"].map((name) => items.get(name).text);
    assert.deepEqual(texts, ["fix: ", "retryable: ", "retry:\n  ", "since: ${1:1.0.0}"]);
  });
});

test("a whole error is offered, which lacks nothing but its values", async () => {
  const start = tensorloop.slice(0, tensorloop.indexOf("      - code: unauthorized"));
  const items = await offered(`${start}      - |\n`);
  const values = { 1: "teapot", 2: "418", 3: "A teapot", 4: "Ask a pot.", 5: "false" };
  const error = items.get("an error with `code`, `status`, `fix` and `retryable`").text.replace(/\$\{?(\d)(?:\|[^|]*\|\})?/g, (_, stop) => values[stop]);
  const file = join(temporaryFolder(), "errors.yaml");
  const rest = tensorloop.slice(start.length);
  writeFileSync(file, `${start}      - ${error.replaceAll("\n", "\n      ")}\n${rest}`);
  run(resolve(process.env.ERRCAT), ["lint", file], ".");
  assert.ok(
    readFileSync(file, "utf8").includes("      - code: teapot\n        status: 418\n        meaning: A teapot\n"),
  );
});

describe("values are offered", () => {
  const lines = modeline + "errcat: 1\n";
  const { enum: rules, markdownEnumDescriptions: findings } = schema.definitions.rule;
  const cases = {
    "true and false": [`${lines}surfaces:\n  - errors:\n      - retryable: |\n`, ["true", "false"]],
    "the rules that can be allowed on a surface": [`${lines}surfaces:\n  - allow: [|]\n`, rules],
    "the rules that can be allowed at the top": [`${lines}allow: [|]\n`, rules],
    "the rules that can be allowed for an error": [`${lines}surfaces:\n  - errors:\n      - allow:\n          - |\n`, rules],
    "a class of statuses": [`${lines}retry:\n  statuses:\n    - |\n`, ["5xx"]],
    "a duration": [`${lines}retry:\n  initial: |\n`, ["30s"]],
    "the version of the format": [`${modeline}errcat: |\n`, ["1"]],
  };
  for (const [name, [text, expected]] of Object.entries(cases)) {
    test(name, async () => {
      const items = await offered(text);
      assert.deepEqual([...items.keys()].sort(), [...expected].sort());
    });
  }

  test("a rule with what it finds", async () => {
    const items = await offered(`${lines}allow: [|]\n`);
    for (const [index, rule] of rules.entries()) {
      assert.equal(documentation(items.get(rule)), findings[index]);
    }
  });
});

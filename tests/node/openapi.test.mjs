// The OpenAPI fragment, as the people who describe an API use it: a document of their own refers to
// its responses, passes Redocly's recommended rules and Spectral's without a finding, and can be
// bundled; the examples in it are the catalog's bodies. The TensorLoop document is written by hand,
// those of the other catalogs refer to every response there is. Never lints the fragment by itself:
// alone, all its components are unused.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { dump, load } from "js-yaml";
import {
  catalogOf,
  committed,
  featuresCatalog,
  generate,
  hostile,
  local,
  temporaryFolder,
  tool,
} from "./support.mjs";

const FRAGMENT = "openapi/errors.openapi.yaml";

const documents = {
  tensorloop: { outputs: committed, host: local("openapi/host.yaml") },
  features: everyResponse(generate(featuresCatalog, ["openapi", "json"])),
  hostile: everyResponse(copied(hostile("catalog/all"))),
};

for (const [label, { outputs, host }] of Object.entries(documents)) {
  describe(`a document that uses the fragment of the ${label} catalog`, () => {
    test("has no finding of Redocly's recommended rules", () => {
      assert.deepEqual(redocly(host), []);
    });

    test("has no finding of Spectral's rules for OpenAPI", () => {
      assert.deepEqual(spectral(host), []);
    });

    test("can be bundled, with the names of the fragment", () => {
      const { responses, schemas } = load(readFileSync(join(outputs, FRAGMENT), "utf8")).components;
      const bundle = bundled(host);
      assert.deepEqual(
        Object.keys(bundle.components.responses).sort(),
        Object.keys(responses).sort(),
      );
      assert.deepEqual(Object.keys(bundle.components.schemas).sort(), Object.keys(schemas).sort());
    });

    test("shows the body of each error, with each status it is sent with", () => {
      const { components } = bundled(join(outputs, FRAGMENT), "--dereferenced");
      for (const surface of catalogOf(outputs).surfaces) {
        for (const error of surface.errors) {
          for (const status of error.statuses) {
            const [name, response] = responseOf(components, surface, status);
            const examples = Object.values(response.content[surface.shape.media_type].examples);
            const bodies = examples.map((example) => JSON.stringify(example.value));
            assert.ok(
              bodies.includes(JSON.stringify(error.body)),
              `${name} does not show ${error.name}`,
            );
          }
        }
      }
    });
  });
}

describe("a mistake is found", () => {
  test("in a reference to a response that is not there", () => {
    const host = copyOfTensorloop();
    const text = readFileSync(host, "utf8");
    writeFileSync(host, text.replace("ManagementError409", "ManagementError418"));
    assert.ok(redocly(host).some((problem) => problem.startsWith("no-unresolved-refs")));
    assert.ok(spectral(host).some((problem) => problem.startsWith("invalid-ref")));
  });

  test("in an example that is not of its schema", () => {
    const host = copyOfTensorloop();
    const file = join(dirname(host), "../../../generated", FRAGMENT);
    const fragment = load(readFileSync(file, "utf8"));
    const { examples } =
      fragment.components.responses.ManagementError409.content["application/json"];
    Object.values(examples)[0].value = { error: "no_such_code" };
    writeFileSync(file, dump(fragment));
    assert.ok(
      redocly(host).some((problem) => problem.startsWith("no-invalid-media-type-examples")),
    );
    assert.ok(spectral(host).some((problem) => problem.startsWith("oas3-valid-media-example")));
  });
});

/** What Redocly's recommended rules say, warnings too. */
function redocly(host) {
  const { stdout } = tool(
    "redocly",
    ["lint", host, "--extends=recommended", "--format=json"],
    dirname(host),
    [0, 1],
  );
  return JSON.parse(stdout).problems.map(({ ruleId, message }) => `${ruleId}: ${message}`);
}

/** What Spectral's own rules for OpenAPI say, hints too. */
function spectral(host) {
  const report = join(temporaryFolder(), "report.json");
  const args = [
    "lint",
    host,
    "--ruleset",
    local("openapi/spectral.yaml"),
    "--fail-severity=hint",
    "--format=json",
    "--output",
    report,
  ];
  tool("spectral", args, dirname(host), [0, 1]);
  return JSON.parse(readFileSync(report, "utf8")).map(({ code, message }) => `${code}: ${message}`);
}

/** A document with all it refers to. */
function bundled(document, ...options) {
  const file = join(temporaryFolder(), "bundle.yaml");
  tool("redocly", ["bundle", document, "--output", file, ...options], dirname(document));
  return load(readFileSync(file, "utf8"));
}

/** The response of a surface for a status: the names end with both. */
function responseOf({ responses }, { id }, status) {
  const name = `${id.replaceAll("_", "")}error${status}`;
  const found = Object.entries(responses).find(([key]) => key.toLowerCase() === name);
  assert.ok(found, `no response is named like ${name}`);
  return found;
}

/** A copy of a folder of outputs, beside which a document can stand. */
function copied(outputs) {
  const folder = temporaryFolder();
  cpSync(outputs, folder, { recursive: true });
  return folder;
}

/** A document beside a fragment that refers to each of its responses, with an operation a surface. */
function everyResponse(outputs) {
  const { responses } = load(readFileSync(join(outputs, FRAGMENT), "utf8")).components;
  const document = load(readFileSync(local("openapi/host.yaml"), "utf8"));
  const { 200: ok } = document.paths["/keys"].get.responses;
  document.paths = {};
  for (const name of Object.keys(responses)) {
    const [, schema, status] = /^(.+?)([45]\d\d)$/.exec(name);
    const tags = [document.tags[0].name];
    const operation = {
      operationId: schema,
      summary: schema,
      description: schema,
      tags,
      responses: { 200: ok },
    };
    document.paths[`/${schema}`] ??= { get: operation };
    document.paths[`/${schema}`].get.responses[status] = {
      $ref: `${FRAGMENT}#/components/responses/${name}`,
    };
  }
  const host = join(outputs, "host.yaml");
  writeFileSync(host, dump(document));
  return { outputs, host };
}

/** The TensorLoop document and fragment, where a test may change them. */
function copyOfTensorloop() {
  const repo = temporaryFolder();
  const host = join(repo, "tests/node/openapi/host.yaml");
  mkdirSync(dirname(host), { recursive: true });
  cpSync(local("openapi/host.yaml"), host);
  cpSync(join(committed, FRAGMENT), join(repo, "generated", FRAGMENT));
  return host;
}

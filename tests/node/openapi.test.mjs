// The OpenAPI fragment, as the people who describe an API use it: a document of their own refers to
// it, passes Redocly's recommended rules and Spectral's without a finding, and can be bundled. Every
// choice of options, with the catalogs of TensorLoop, of all features and of hostile texts. Lints
// the fragment by itself only to see which rules it can't meet alone.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { describe, test } from "node:test";
import { dump } from "js-yaml";
import {
  bundle,
  change,
  documented,
  everyResponse,
  example,
  FORMS,
  read,
  redocly,
  spectral,
} from "./openapi-kit.mjs";
import { errcat, featuresCatalog, hostile, local, run } from "./support.mjs";

const tensorloop = local("../../catalog/tensorloop.yaml");
const corners = local("../it/catalogs/corners.yaml");
const bare = local("../it/catalogs/bare.yaml");

const documents = FORMS.flatMap((form) =>
  [
    ["the example", example(form)],
    ["TensorLoop", everyResponse(tensorloop, form)],
    ["all features", everyResponse(featuresCatalog, form)],
    ["corners", everyResponse(corners, form)],
    ["no fix, no advice", everyResponse(bare, form)],
    ["hostile texts", everyResponse(hostile("catalog/all.yaml"), form)],
  ].map(([name, document]) => ({ name: `${name}, ${form.version}, ${form.codes}`, ...document })),
);
const hosts = documents.map(({ host }) => host);

test("documents that use the fragment have no finding of Redocly's recommended rules", () => {
  assert.deepEqual(named(redocly(...hosts)), named(hosts.map(() => [])));
});

test("documents that use the fragment have no finding of Spectral's rules for OpenAPI", () => {
  assert.deepEqual(named(spectral(...hosts)), named(hosts.map(() => [])));
});

/** Findings by the name of the document. */
function named(findings) {
  return Object.fromEntries(documents.map(({ name }, i) => [name, findings[i]]));
}

for (const { name, host, fragment, catalog } of documents) {
  test(`a document that uses the fragment can be bundled, and names stay: ${name}`, () => {
    const { components } = read(bundle(host));
    const own = read(fragment).components;
    for (const kind of ["schemas", "responses", "examples"]) {
      const names = Object.keys(components[kind]).sort();
      if (catalog) assert.deepEqual(names, Object.keys(own[kind]).sort());
      else assert.ok(names.some((one) => own[kind][one] !== undefined));
    }
  });

  if (catalog) {
    test(`each error is shown with each status it is sent with: ${name}`, () => {
      const { components } = read(fragment);
      for (const surface of catalog.surfaces) {
        for (const error of surface.errors) showsError(components, surface, error);
      }
    });
  }
}

/** Checks what the responses of an error say about it. */
function showsError(components, surface, error) {
  for (const status of error.statuses) {
    const [name, response] = responseOf(components, surface, status);
    const references = Object.values(response.content[surface.shape.media_type].examples);
    const examples = references.map(({ $ref }) => components.examples[$ref.split("/").at(-1)]);
    const other = error.other_bodies.find((body) => body.status === status);
    const body = JSON.stringify(other?.body ?? error.body);
    const summary = `${error.code ?? error.name}: ${error.meaning}`;
    const found = examples.filter((one) => JSON.stringify(one.value) === body && one.summary === summary);
    assert.equal(found.length, 1, `${name} does not show ${error.name} once`);
    const [{ "x-retryable": retryable, "x-retry": retry }] = found;
    // An example is for all statuses of the error, and a response for all errors of the status.
    const isRetried = same(error.statuses.map((one) => error.retried_statuses?.includes(one)));
    assert.equal(retryable, isRetried);
    assert.deepEqual(retry, isRetried ? numbers(error.retry) : undefined);
    const errors = surface.errors.filter(({ statuses }) => statuses.includes(status));
    const areRetried = same(errors.map((one) => one.retried_statuses?.includes(status)));
    assert.equal(response["x-retryable"], areRetried);
    const waits = same(errors.map((one) => JSON.stringify(one.retry)));
    assert.deepEqual(response["x-retry"], areRetried && waits ? numbers(error.retry) : undefined);
    const headers = Object.values(response.headers?.["Retry-After"].examples ?? {}).map(({ value }) => value);
    if (error.retry_after !== null) assert.ok(headers.includes(error.retry_after));
    else if (examples.length === 1) assert.deepEqual(headers, []);
  }
}

/** What all values are; undefined if they differ. */
const same = (values) => (new Set(values).size === 1 ? values[0] : undefined);

/** The numbers of a retry, without those that are missing. */
const numbers = (retry) => Object.fromEntries(Object.entries(retry).filter(([, number]) => number !== null));

/** The response of a surface for a status: the names end with both. */
function responseOf({ responses }, { id }, status) {
  const name = `${id.replaceAll("_", "")}error${status}`;
  const found = Object.entries(responses).find(([key]) => key.toLowerCase() === name);
  assert.ok(found, `no response is named like ${name}`);
  return found;
}

test("Retry-After is what the body of the example asks for, in whole seconds", () => {
  const { responses, examples } = read(everyResponse(featuresCatalog, FORMS[0]).fragment).components;
  const header = (name) => responses[name].headers?.["Retry-After"].examples;
  assert.equal(examples["orders-limit_exceeded-429"].value.retry_after, 1.5);
  assert.deepEqual(header("OrdersError429"), { "orders-limit_exceeded": { value: 2 } });
  assert.equal(examples["orders-nightly_close"].value.retry_after, 60);
  assert.deepEqual(header("OrdersError503"), { "orders-nightly_close": { value: 60 } });
  assert.equal(header("OrdersError422"), undefined);
});

describe("the fragment alone", () => {
  const rules = documented("Linting the fragment alone");
  const catalogs = { without: corners, with: featuresCatalog };

  for (const [has, catalog] of Object.entries(catalogs)) {
    for (const version of ["3.1.0", "3.0.3"]) {
      test(`breaks the rules that docs/openapi.md lists: ${version}, ${has} what is optional`, () => {
        const { fragment } = everyResponse(catalog, { version, codes: "closed" });
        const broken = [...redocly(fragment)[0], ...spectral(fragment)[0]].map((one) => one.split(":")[0]);
        const found = rules.filter(([, , when]) => {
          const [, of, only] = /^(with|without) \w+(?:, in (.+))?$/.exec(when) ?? [];
          return when === "always" || (of === has && (only ?? version) === version);
        });
        assert.deepEqual([...new Set(broken)].sort(), found.map(([rule]) => rule).sort());
      });
    }
  }
});

describe("a mistake is found", () => {
  test("in a reference to a response that is not there", () => {
    const { host } = example(FORMS[0]);
    change(host, "ManagementError409", "ManagementError418");
    assert.ok(redocly(host)[0].some((problem) => problem.startsWith("no-unresolved-refs")));
    assert.ok(spectral(host)[0].some((problem) => problem.startsWith("invalid-ref")));
  });

  test("in an example that is not of its schema", () => {
    const { host, fragment } = example(FORMS[0]);
    const document = read(fragment);
    document.components.examples["management-alias_taken"].value = { error: "no_such_code" };
    writeFileSync(fragment, dump(document));
    assert.ok(redocly(host)[0].some((problem) => problem.startsWith("no-invalid-media-type-examples")));
    assert.ok(spectral(host)[0].some((problem) => problem.startsWith("oas3-valid-media-example")));
  });
});

test("each script of the example project runs", () => {
  const { folder } = example(FORMS[0]);
  const PATH = [local("node_modules/.bin"), dirname(errcat()), process.env.PATH].join(delimiter);
  const { scripts } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  for (const name of Object.keys(scripts)) run("env", [`PATH=${PATH}`, "npm", "run", name], folder);
  const { components } = read(join(folder, "dist/openapi.yaml"));
  assert.deepEqual(Object.keys(components.schemas).filter((name) => /Error$/.test(name)), [
    "ManagementError",
    "InferenceError",
  ]);
});

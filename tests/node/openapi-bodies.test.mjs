// Bodies against the schemas of the fragment, by ajv: the samples of every error of each catalog, and
// the real responses that TensorLoop's page documents. (Those of OpenAPI 3.0, which is no JSON Schema,
// are read by tests/ecosystem/openapi.py.) Never takes a schema that accepts anything for a pass.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import { responses } from "./captures.mjs";
import { everyResponse, read } from "./openapi-kit.mjs";
import { featuresCatalog, hostile, local } from "./support.mjs";

const CATALOGS = {
  TensorLoop: local("../../catalog/tensorloop.yaml"),
  features: featuresCatalog,
  corners: local("../it/catalogs/corners.yaml"),
  bare: local("../it/catalogs/bare.yaml"),
  hostile: hostile("catalog/all.yaml"),
};

/** A function that says whether a body is of a schema of the fragment. */
function checker(document) {
  const ajv = new Ajv({ strict: false }).addSchema({ components: document.components }, "fragment");
  return (schema, body) => ajv.validate(`fragment#/components/schemas/${schema}`, body);
}

for (const [name, catalog] of Object.entries(CATALOGS)) {
  for (const codes of ["closed", "open"]) {
    test(`each sample body is of its schema: ${name}, ${codes}`, () => {
      const document = read(everyResponse(catalog, { version: "3.1.0", codes }).fragment);
      const isOf = checker(document);
      let checked = 0;
      for (const response of Object.values(document.components.responses)) {
        const [{ schema, examples }] = Object.values(response.content);
        const name = schema.$ref.split("/").at(-1);
        const shape = document.components.schemas[name];
        for (const example of shape.examples ?? []) assert.ok(isOf(name, example), name);
        const takesEmpty = shape.type === "object" && shape.required === undefined;
        assert.equal(isOf(name, {}), takesEmpty, `${name} takes anything`);
        assert.ok(!isOf(name, "a text"), `${name} takes anything`);
        for (const { $ref } of Object.values(examples)) {
          assert.ok(isOf(name, document.components.examples[$ref.split("/").at(-1)].value), $ref);
          checked += 1;
        }
      }
      assert.ok(checked >= Object.keys(document.components.examples).length);
    });
  }
}

describe("real responses", () => {
  const document = read(everyResponse(CATALOGS.TensorLoop, { version: "3.1.0", codes: "closed" }).fragment);
  const isOf = checker(document);
  const documented = responses.filter(({ status }) => document.components.responses[`InferenceError${status}`]);

  for (const { file, shape, body } of documented.filter(({ shape }) => ["error", "detail"].includes(shape))) {
    test(`${file} ${shape === "error" ? "matches" : "does not match"} the schema`, () => {
      assert.equal(isOf("InferenceError", JSON.parse(body)), shape === "error");
    });
  }

  test("would be refused by a closed schema alone for a code that is not listed", () => {
    const open = read(everyResponse(CATALOGS.TensorLoop, { version: "3.1.0", codes: "open" }).fragment);
    for (const [error, closed] of [["unauthorized", true], ["no_such_code", false]]) {
      assert.equal(isOf("ManagementError", { error }), closed);
      assert.ok(checker(open)("ManagementError", { error }));
    }
    assert.ok(!checker(open)("ManagementError", { error: 1 }));
    assert.ok(isOf("ManagementError", { error: "internal", detail: null }));
  });
});

// The fragment, and documents that refer to it, by the schemas of the OpenAPI Initiative: with lists, optional codes,
// errors that HTTP calls a success, waits, and the responses of single operations.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { bundle, everyResponse, FORMS, read } from "./openapi-kit.mjs";
import { featuresCatalog, local } from "./support.mjs";

const CATALOGS = {
  features: featuresCatalog,
  corners: local("../it/catalogs/corners.yaml"),
  conformance: local("../conformance/bodies.yaml"),
};

/** What is wrong with a document, and its version as the validator sees it. */
async function checked(document) {
  const validator = new Validator();
  const { errors = [] } = await validator.validate(document);
  return { version: validator.version, errors };
}

for (const [name, catalog] of Object.entries(CATALOGS)) {
  for (const form of FORMS) {
    test(`is valid: ${name}, ${form.version}, ${form.codes}`, async () => {
      const { host, fragment } = everyResponse(catalog, form);
      for (const document of [read(fragment), read(bundle(host))]) {
        assert.deepEqual(await checked(document), { version: form.version.slice(0, 3), errors: [] });
      }
    });
  }
}

test("and a mistake is found", async () => {
  const document = read(everyResponse(featuresCatalog, FORMS[0]).fragment);
  delete document.components.responses.OrdersError503.description;
  assert.notDeepEqual((await checked(document)).errors, []);
});

// Writes the documents that tests/ecosystem/clients makes clients of, each as one file:
// `node openapi-bundles.mjs FOLDER` makes FOLDER/{example,features}-VERSION-CODES.yaml without the responses of
// single operations, which progenitor doesn't take, and FOLDER/operations-VERSION.yaml with them. Never checks them:
// openapi.test.mjs and openapi-operations.test.mjs do.

import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { bundle, everyResponse, example, FORMS } from "./openapi-kit.mjs";
import { SHAPES, thirtyOperations } from "./openapi-thirty.mjs";
import { featuresCatalog } from "./support.mjs";

const [folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const form of FORMS) {
  const documents = { example: example(form), features: everyResponse(featuresCatalog, { ...form, operations: false }) };
  for (const [name, { host }] of Object.entries(documents)) {
    cpSync(bundle(host), join(folder, `${name}-${form.version}-${form.codes}.yaml`));
  }
}
for (const version of ["3.1.0", "3.0.3"]) {
  cpSync(bundle(thirtyOperations(SHAPES.flat, version)), join(folder, `operations-${version}.yaml`));
}

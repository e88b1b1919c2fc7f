// Writes the documents that tests/ecosystem/clients makes clients of, each as one file:
// `node openapi-bundles.mjs FOLDER` makes FOLDER/{example,features}-VERSION-CODES.yaml. Never checks
// them: openapi.test.mjs does.

import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { bundle, everyResponse, example, FORMS } from "./openapi-kit.mjs";
import { featuresCatalog } from "./support.mjs";

const [folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const form of FORMS) {
  const documents = { example: example(form), features: everyResponse(featuresCatalog, form) };
  for (const [name, { host }] of Object.entries(documents)) {
    cpSync(bundle(host), join(folder, `${name}-${form.version}-${form.codes}.yaml`));
  }
}

// What docs/openapi.md shows is true: what it refers to is there, its options are taken, its overlay
// gives a generated description its errors. (Other tests compare its tables.) Never runs what the
// page does not show.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { dump, load } from "js-yaml";
import { bundle, change, example, FORMS, read, redocly, spectral } from "./openapi-kit.mjs";
import { committed, errcat, generate, local, run, temporaryFolder, tool } from "./support.mjs";

const page = readFileSync(local("../../docs/openapi.md"), "utf8");
const blocks = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text]) => text);
const { components } = read(join(committed, "openapi/errors.openapi.yaml"));

/** The components that TensorLoop's catalog gets by the operations of the page. */
function withOperations() {
  const [block] = blocks.filter((text) => text.startsWith("operations:"));
  const catalog = load(readFileSync(local("../../catalog/tensorloop.yaml"), "utf8"));
  Object.assign(catalog.surfaces[0], load(block));
  const file = join(temporaryFolder(), "errors.yaml");
  writeFileSync(file, JSON.stringify(catalog, null, 1));
  return read(join(generate(file, ["openapi"]), "openapi/errors.openapi.yaml")).components;
}

test("each component of one operation that it names is there", () => {
  const there = withOperations();
  const section = page.split("\n## One operation\n")[1].split("\n## ")[0];
  const table = [...section.matchAll(/^\| (schema|response) \| `(.+?)` \|/gm)];
  assert.equal(table.length, 3);
  for (const [row, kind, name] of table) assert.ok(there[`${kind}s`][name], row);
  assert.equal(there.schemas.ManagementPostKeysError403Code.enum.length, 2);
});

test("each component that it names is there", () => {
  const references = [...page.matchAll(/errors\.openapi\.yaml#\/components\/(\w+)\/([\w.-]+)/g)];
  assert.ok(references.length > 3);
  const there = withOperations();
  for (const [reference, kind, name] of references) assert.ok(there[kind][name], reference);
  const [start] = page.split("\n## ");
  const table = [...start.matchAll(/^\| (schema|response|example) \| `(.+?)` \|/gm)];
  assert.equal(table.length, 5);
  for (const [row, kind, name] of table) assert.ok(components[`${kind}s`][name], row);
});

test("its options are taken", () => {
  const [block] = blocks.filter((text) => text.includes("options:"));
  const { host, folder } = example(FORMS[0]);
  const [output] = load(block);
  const outputs = [{ ...output, catalog: "../../catalog/tensorloop.yaml" }];
  writeFileSync(join(folder, "errcat.yaml"), JSON.stringify({ errcat: 1, outputs }));
  run(errcat(), ["generate"], dirname(host));
  assert.equal(read(join(folder, output.out, "errors.openapi.yaml")).openapi, output.options.version);
});

test("its overlay gives each operation the errors", () => {
  const [overlay] = blocks.filter((text) => text.startsWith("overlay:"));
  const { host, folder } = example(FORMS[0]);
  const there = overlay.replaceAll("errors.openapi.yaml#", "errors/errors.openapi.yaml#");
  writeFileSync(join(folder, "overlay.yaml"), there);
  const document = read(host);
  const operations = (one) => Object.values(one.paths).flatMap((path) => [path.get, path.post].filter(Boolean));
  for (const { responses } of operations(document)) {
    for (const status of Object.keys(responses)) if (status >= "400") delete responses[status];
  }
  writeFileSync(host, dump(document));
  const { stdout } = tool("overlayjs", ["--openapi", "openapi.yaml", "--overlay", "overlay.yaml"], folder);
  const made = join(folder, "made.yaml");
  writeFileSync(made, stdout);
  const all = operations(read(bundle(made)));
  assert.equal(all.length, 3);
  for (const { responses } of all) {
    assert.deepEqual(responses[401], { $ref: "#/components/responses/ManagementError401" });
  }
  assert.deepEqual([...redocly(made)[0], ...spectral(made)[0]], []);
});

test("a reference that is wrong is found", () => {
  const { host } = example(FORMS[0]);
  change(host, "examples/management-plan_limit_rpm", "examples/management-no_such");
  assert.notDeepEqual(redocly(host)[0], []);
});

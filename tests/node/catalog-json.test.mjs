// The target `json`: its schema describes each catalog.json whole, and its types take one that a program imports, with
// every version of TypeScript.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import Ajv from "ajv";
import { errcat, featuresCatalog, generate, hostile, local, run } from "./support.mjs";

const CATALOGS = {
  TensorLoop: local("../../catalog/tensorloop.yaml"),
  features: featuresCatalog,
  corners: local("../it/catalogs/corners.yaml"),
  bare: local("../it/catalogs/bare.yaml"),
  odd: local("../it/catalogs/odd-but-legal.yaml"),
  conformance: local("../conformance/bodies.yaml"),
  hostile: hostile("catalog/all.yaml"),
};

const json = (file) => JSON.parse(readFileSync(file, "utf8"));

/** A schema that takes no member that it doesn't list, so that it must list all of them. */
function strict(schema) {
  const all = [schema, ...Object.values(schema.definitions)];
  for (const one of all) one.additionalProperties = false;
  return schema;
}

for (const [name, catalog] of Object.entries(CATALOGS)) {
  test(`its schema has each member: ${name}`, () => {
    const folder = join(generate(catalog, ["json"]), "json");
    const document = json(join(folder, "catalog.json"));
    const schema = strict(json(join(folder, document.$schema)));
    const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
    assert.ok(validate(document), JSON.stringify(validate.errors, null, 1));
    assert.ok(!validate({ ...document, another: 1 }) && !validate({ ...document, title: undefined }));
    document.surfaces[0].errors[0].retry_advice = "sometimes";
    assert.ok(!validate(document));
  });
}

test("errcat prints the schema too, and later versions may add members", () => {
  const folder = join(generate(featuresCatalog, ["json"]), "json");
  const { stdout } = run(errcat(), ["schema", "json"], folder);
  assert.equal(stdout, readFileSync(join(folder, "catalog.schema.json"), "utf8"));
  const validate = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(stdout));
  assert.ok(validate({ ...json(join(folder, "catalog.json")), another: 1 }));
});

describe("the types of TypeScript", () => {
  let folder;
  before(() => {
    folder = join(generate(featuresCatalog, ["json"]), "json");
    writeFileSync(join(folder, "package.json"), '{"type": "module"}');
  });

  const COMPILERS = ["typescript-oldest", "typescript", "typescript-6", "typescript-next"];
  const MODULES = [
    ["nodenext", "./catalog.js", 'import json from "./catalog.json" with { type: "json" };'],
    ["bundler", "./catalog", 'import json from "./catalog.json";'],
  ];
  const PROGRAM = `
const catalog = json as Catalog;
/** What clients do. The compiler checks that each advice is there. */
function what({ retry_advice, code, fix }: Entry): string {
  switch (retry_advice) {
    case "never": return fix ?? "Give up.";
    case "after": case "backoff": return "Wait.";
    case "by_status": return String(code).toUpperCase();
  }
}
export const all: string[] = catalog.surfaces.flatMap(({ errors }) => errors.map(what));
export const version: 1 = catalog.errcat;
`;

  /** What a compiler says about a program, a finding a line. */
  function compiled(compiler, module, program) {
    writeFileSync(join(folder, "program.ts"), program);
    const kind = module === "bundler" ? "esnext" : module;
    const options = ["--noEmit", "--strict", "--target", "es2022", "--resolveJsonModule"];
    const resolution = ["--module", kind, "--moduleResolution", module];
    const tsc = local(`node_modules/${compiler}/bin/tsc`);
    const { stdout } = run(process.execPath, [tsc, ...options, ...resolution, "program.ts"], folder, [0, 1, 2]);
    return stdout.trim().split("\n").filter(Boolean);
  }

  for (const compiler of COMPILERS) {
    for (const [module, types, imported] of MODULES) {
      // TypeScript 5.0 has no import attributes.
      const line = compiler === "typescript-oldest" ? imported.replace(/ with .*;/, ";") : imported;
      const head = `${line}\nimport type { Catalog, Entry } from "${types}";\n`;
      test(`take what is imported: ${compiler}, ${module}`, () => {
        assert.deepEqual(compiled(compiler, module, head + PROGRAM), []);
        const forgotten = PROGRAM.replace('case "after": ', "");
        assert.equal(compiled(compiler, module, head + forgotten).length, 1);
        const misspelled = PROGRAM.replace("({ errors })", "({ erors })");
        assert.match(compiled(compiler, module, head + misspelled).join(), /erors/);
      });
    }
  }
});

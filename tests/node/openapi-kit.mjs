// What the tests of OpenAPI share: each form of the fragment, documents that refer to it, and the
// tools that people run on them. The TensorLoop document is the example's, those of other catalogs
// refer to every response there is. Never compares.

import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { dump, load } from "js-yaml";
import { catalogOf, errcat, generate, local, run, temporaryFolder, tool } from "./support.mjs";

const FRAGMENT = "openapi/errors.openapi.yaml";

/** Every choice of the target's options. */
export const FORMS = ["3.1.0", "3.0.3"].flatMap((version) =>
  ["closed", "open"].map((codes) => ({ version, codes })),
);

/** The example project, generated with some options: the folder that its scripts run in. */
export function example({ version, codes }) {
  const repo = temporaryFolder();
  const folder = join(repo, "examples/openapi");
  cpSync(local("../../catalog"), join(repo, "catalog"), { recursive: true });
  for (const file of ["errcat.yaml", "openapi.yaml", "package.json", "spectral.yaml"]) {
    cpSync(local(`../../examples/openapi/${file}`), join(folder, file), { recursive: true });
  }
  change(join(folder, "openapi.yaml"), "openapi: 3.1.0", `openapi: ${version}`);
  change(join(folder, "errcat.yaml"), "out: errors}", `out: errors, options: ${JSON.stringify({ version, codes })}}`);
  run(errcat(), ["generate"], folder);
  const host = join(folder, "openapi.yaml");
  return { folder, host, fragment: join(folder, "errors/errors.openapi.yaml") };
}

/** Changes one place of a file. */
export function change(file, from, to) {
  const text = readFileSync(file, "utf8");
  if (text.split(from).length !== 2) throw new Error(`${file} has not one \`${from}\``);
  writeFileSync(file, text.replace(from, () => to));
}

/** A document that refers to each response of a catalog's fragment, with an operation a surface. */
export function everyResponse(catalog, options) {
  const outputs = generate(catalog, ["openapi", "json"], { openapi: options });
  const fragment = join(outputs, FRAGMENT);
  const document = load(readFileSync(local("../../examples/openapi/openapi.yaml"), "utf8"));
  const tags = [document.tags[0].name];
  document.tags.length = 1;
  document.openapi = options.version;
  document.paths = {};
  document.components = { securitySchemes: document.components.securitySchemes };
  for (const name of Object.keys(read(fragment).components.responses)) {
    const [, schema, status] = /^(.+?)([2-5]\d\d)$/.exec(name);
    const responses = { 200: { description: "OK" } };
    const about = { operationId: `ask${schema}`, summary: schema, description: schema, tags };
    document.paths[`/${schema}`] ??= { get: { ...about, responses } };
    document.paths[`/${schema}`].get.responses[status] = {
      $ref: `${FRAGMENT}#/components/responses/${name}`,
    };
  }
  for (const { get } of Object.values(document.paths)) {
    // A rule of Redocly wants one from each operation.
    if (!Object.keys(get.responses).some((status) => status >= "400" && status < "500")) {
      get.responses[418] = { description: "Never." };
    }
  }
  const host = join(outputs, "host.yaml");
  writeFileSync(host, dump(document));
  return { host, fragment, catalog: catalogOf(outputs) };
}

/** A YAML file. */
export const read = (file) => load(readFileSync(file, "utf8"));

/** What Redocly's recommended rules say about documents, warnings too: a list for each. */
export function redocly(...documents) {
  const options = ["--extends=recommended", "--format=json", "--max-problems=1000"];
  const { stdout } = tool("redocly", ["lint", ...documents, ...options], ".", [0, 1]);
  // A report a document, with nothing between them.
  const reports = JSON.parse(`[${stdout.replace(/^\}\{$/gm, "},{")}]`);
  assert.equal(reports.length, documents.length, stdout);
  return reports.map(({ problems }) =>
    problems.filter((one) => !isInCode(one)).map(({ ruleId, message }) => `${ruleId}: ${message}`),
  );
}

/** Whether a rule that knows no code spans found a URL only in one. Codes may be any text. */
function isInCode({ ruleId, location: [{ source, pointer }] }) {
  if (ruleId !== "no-unsafe-markdown") return false;
  const text = pointer.slice(2).split("/").reduce((value, key) => value[key], read(source.ref));
  return !/javascript:/i.test(text.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/gs, ""));
}

/**
 * What Spectral's own rules for OpenAPI say of documents, hints too: a list
 * for each. Each has a folder of its own.
 */
export function spectral(...documents) {
  const report = join(temporaryFolder(), "report.json");
  const rules = local("../../examples/openapi/spectral.yaml");
  const options = ["--ruleset", rules, "--fail-severity=hint", "--format=json", "--output", report];
  tool("spectral", ["lint", ...documents, ...options], ".", [0, 1]);
  const problems = JSON.parse(readFileSync(report, "utf8"));
  // A finding may be in a file that the document refers to, which is in its folder.
  const isOf = (document) => ({ source }) => source.startsWith(`${dirname(document)}/`);
  const found = documents.map((document) => problems.filter(isOf(document)));
  assert.equal(found.flat().length, problems.length);
  return found.map((one) => one.map(({ code, message }) => `${code}: ${message}`));
}

/** A document with all it refers to, as one file. */
export function bundle(document, ...options) {
  const file = join(temporaryFolder(), "bundle.yaml");
  tool("redocly", ["bundle", document, "--output", file, ...options], dirname(document));
  return file;
}

/** The rows of the table in docs/openapi.md below a heading, each as its cells without backticks. */
export function documented(heading) {
  const page = readFileSync(local("../../docs/openapi.md"), "utf8");
  const section = page.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0];
  // The last table of the section.
  const table = section?.split(/\n\n/).filter((part) => part.startsWith("|")).at(-1);
  const rows = table?.split("\n").filter((line) => line.startsWith("|")).slice(2) ?? [];
  if (rows.length === 0) throw new Error(`docs/openapi.md has no table below "${heading}"`);
  return rows.map((row) => row.slice(1, -1).split("|").map((cell) => cell.trim().replaceAll("`", "")));
}

/** A generator with the version that is installed. */
export function installed(name) {
  const { version } = JSON.parse(readFileSync(local(`node_modules/${name}/package.json`), "utf8"));
  return `${name} ${version}`;
}

// Code that uses all that a package exports, compiled with the package of another catalog: which changes of a
// catalog break a build. tests/it/pairs lists the changes, and `cargo test --test it pairs` makes both packages.

import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { camel, findings, keyOf, pascal, RESOLUTIONS } from "./typescript-kit.mjs";

const folder = join(dirname(process.env.HOSTILE), "pairs");

/** A read of each member of an object, and of those within it. */
function* reads(checker, type, path) {
  for (const property of checker.getPropertiesOfType(type)) {
    const held = checker.getNonNullableType(checker.getTypeOfSymbol(property));
    const shown = checker.typeToString(checker.getTypeOfSymbol(property));
    const result = /^[a-z0-9"|[\] ]+$/.test(shown) ? shown : "unknown";
    const key = JSON.stringify(property.name);
    yield `((one: ${path}): ${result} => one[${key}]);`;
    const [element] = checker.isArrayType(held) ? checker.getTypeArguments(held) : [];
    // What has a name is an export of its own.
    if ((element ?? held).symbol?.name !== "__type") continue;
    yield* reads(checker, element ?? held, `NonNullable<${path}[${key}]>${element ? "[number]" : ""}`);
  }
}

/** A use of each export of a package: each value, each type, each member of a type. */
function exportsOf(declarations) {
  const program = ts.createProgram([declarations], { strict: true, types: [], lib: ["lib.es2022.d.ts"] });
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(declarations));
  const lines = [];
  const visit = (symbol, path) => {
    if (symbol.flags & ts.SymbolFlags.Value && !(symbol.flags & ts.SymbolFlags.NamespaceModule)) {
      lines.push(`export const v${lines.length}: unknown = ${path};`);
    }
    if (symbol.flags & ts.SymbolFlags.NamespaceModule) {
      for (const inner of checker.getExportsOfModule(symbol)) visit(inner, `${path}.${inner.name}`);
    }
    if (!(symbol.flags & ts.SymbolFlags.Type)) return;
    const parameters = symbol.declarations.flatMap((one) => one.typeParameters ?? []);
    const given = parameters.length > 0 ? `<${parameters.map(() => "any").join(", ")}>` : "";
    lines.push(`export type T${lines.length} = ${path}${given};`);
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    if (!given && type.flags & ts.TypeFlags.Object) lines.push(...reads(checker, type, path));
  };
  for (const symbol of checker.getExportsOfModule(module)) visit(symbol, `lib.${symbol.name}`);
  return lines;
}

/** A value of a placeholder or argument. */
const given = ({ type, item }) => {
  if (type !== "list") return { text: '"x"', integer: "1", number: "1.5", boolean: "true", wait: "1", any: "null" }[type];
  return item.type === "object" ? `[${members(item.placeholders)}]` : `[${given(item)}]`;
};
const members = (placeholders) =>
  `{ ${placeholders.map((one) => `${JSON.stringify(one.name)}: ${given(one)}`).join(", ")} }`;

/** What servers and clients do with the errors of a surface. */
function* uses(surface) {
  const { id, errors } = surface;
  const body = `${pascal(id)}ErrorBody`;
  yield `export const body_${id} = (one: lib.${body}): old.${body} => one;`;
  yield `const read_${id} = lib.read${pascal(id)}Error(400, "");`;
  for (const error of errors) {
    const key = JSON.stringify(keyOf(surface, error));
    const call = `lib.${camel(id)}Body(${key}`;
    yield error.arguments.length > 0 ? `${call}, ${members(error.arguments)});` : `${call});`;
    const taken = [...error.arguments, ...error.values].map(({ name }) => name);
    const optional = surface.shape.placeholders.filter(({ name }) => !taken.includes(name));
    yield `${call}, ${members([...error.arguments, ...optional])});`;
    for (const status of error.statuses.length > 1 ? error.statuses : []) {
      yield `${call}, ${members(error.arguments)}, { status: ${status} });`;
    }
    const field = surface.keyed_by === "code" && typeof error.code === "string" ? "code" : "name";
    yield `if (read_${id}.${field} === ${key}) read_${id}.entry.meaning;`;
  }
}

/** Code that uses all of a package. */
function consumer(old) {
  const { surfaces } = JSON.parse(readFileSync(join(old, "json/catalog.json"), "utf8"));
  const shown = surfaces.flatMap((surface) => [...uses(surface)]);
  return [...exportsOf(join(old, "typescript/index.d.ts")), ...shown].join("\n");
}

const pairs = JSON.parse(readFileSync(join(folder, "pairs.json"), "utf8"));

test("what used a package compiles with the next one, unless diff calls the change breaking", () => {
  const consumers = new Map();
  const files = [];
  const used = (page, side) => {
    const text = consumers.get(page) ?? consumer(join(folder, page, "old"));
    consumers.set(page, text);
    const file = join(folder, page, side, "typescript/consumer.ts");
    const old = join(folder, page, "old/typescript");
    const imports = `import * as lib from "./index.js";\nimport type * as old from "${old}/index.js";\n`;
    writeFileSync(file, imports + text);
    files.push(file);
    return file;
  };
  for (const page of new Set(pairs.map(({ page }) => page))) used(page, "old");
  for (const { page, id } of pairs) used(page, id);
  const broken = new Map();
  for (const line of findings(files, { ...RESOLUTIONS.nodenext, exactOptionalPropertyTypes: false })) {
    const [, side, rest] = /pairs\/([^/]+\/[^/]+)\/typescript\/consumer.ts:(.*)/s.exec(line) ?? [undefined, line, ""];
    broken.set(side, [...(broken.get(side) ?? []), rest]);
  }
  const nameOf = (page, side) => JSON.parse(readFileSync(join(folder, page, side, "typescript/package.json"))).name;
  for (const { page, id } of pairs) {
    if (nameOf(page, "old") !== nameOf(page, id)) broken.set(`${page}/${id}`, ["another package"]);
  }
  const seen = pairs.filter(({ seen_by }) => seen_by.includes("typescript"));
  const named = seen.map(({ page, id }) => `${page}/${id}`);
  const unlisted = [...broken].filter(([side]) => !named.includes(side));
  assert.deepEqual(unlisted.map(([side, lines]) => `${side}: ${lines[0]}`), []);
  assert.deepEqual(named.filter((side) => !broken.has(side)), []);
});

// What the tests of TypeScript share: the strictest compiler, and packages installed as users do.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { catalogOf, local, run, temporaryFolder } from "./support.mjs";

/** Every strict flag; only the types of the language. */
export const STRICT = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitReturns: true,
  noUnusedLocals: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  erasableSyntaxOnly: true,
  skipLibCheck: false,
  allowJs: true,
  types: [],
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts"],
};

/** The ways to find a package. */
export const RESOLUTIONS = {
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
};

/** What tsc says about files, a finding a line. */
export function findings(files, options) {
  const program = ts.createProgram(files, { ...STRICT, noEmit: true, ...options });
  return ts.getPreEmitDiagnostics(program).map((one) => {
    const at = one.file
      ? `${one.file.fileName}:${one.file.getLineAndCharacterOfPosition(one.start).line + 1}: `
      : "";
    return `${at}TS${one.code}: ${ts.flattenDiagnosticMessageText(one.messageText, "\n")}`;
  });
}

/** Packs and installs a package into a project of its own, as npm does for a user. */
export async function install(outputs) {
  const project = temporaryFolder();
  writeFileSync(join(project, "package.json"), '{"private": true, "type": "module"}');
  const folder = join(outputs, "typescript");
  const packed = run("npm", ["pack", "--json", "--pack-destination", project], folder);
  const [{ filename }] = JSON.parse(packed.stdout);
  run(
    "npm",
    ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", `./${filename}`],
    project,
  );
  const { name } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const installed = join(project, "node_modules", name);
  const module = await import(pathToFileURL(join(installed, "index.js")));
  return {
    name,
    project,
    installed,
    module,
    tarball: join(project, filename),
    catalog: catalogOf(outputs),
  };
}

export const camel = (id) => id.replace(/_+(.)?/g, (_, letter = "") => letter.toUpperCase());

/** The key of an error in the table of its surface: a text code if every error has one, otherwise its name. */
export const keyOf = ({ keyed_by }, { code, name }) => (keyed_by === "code" && typeof code === "string" ? code : name);

/** The key of an error that was read: its code, where the codes are the keys. */
export const keyRead = (read) => (read && "name" in read ? read.name : read?.code);

export const pascal = (id) => camel(`_${id}`);

/** The types of the Fetch API, by where they come from. */
export const FETCH_TYPES = {
  "lib.dom": { lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"] },
  "@types/node": { types: ["node"], typeRoots: [local("node_modules/@types")] },
};

/** The TypeScript of a page's fenced blocks. */
export const snippets = (page) => [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, source]) => source);

/** A file of TypeScript as JavaScript, imported. */
export async function imported(file) {
  const { outputText } = ts.transpileModule(readFileSync(file, "utf8"), { compilerOptions: STRICT });
  const built = join(temporaryFolder(), "built.mjs");
  writeFileSync(built, outputText);
  return import(pathToFileURL(built));
}

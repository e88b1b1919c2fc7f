// Makes the TypeScript runtime that templates include out of its modules in
// templates/_runtime/typescript: one text a form, without imports, in which only what index.ts
// names is exported. `node tests/node/typescript-runtime.mjs` writes the files; a test fails if they
// are out of date.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import prettier from "prettier";
import ts from "typescript";
import { local } from "./support.mjs";

/** The modules. */
export const SOURCES = local("../../templates/_runtime/typescript");

/** Where the texts made of them are. */
export const DERIVED = local("../../templates/_typescript");

const NOTE = "// What follows is the same for every catalog.";
const OPTIONS = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };

/** A module: its first comment, and its statements. */
function parse(file) {
  const text = readFileSync(join(SOURCES, file), "utf8");
  const end = text.indexOf("\n\n");
  const source = ts.createSourceFile(file, text.slice(end), OPTIONS.target, true);
  return { file, comment: text.slice(0, end), statements: [...source.statements] };
}

/** The names in the braces of an import or export, and the module that they come from. */
const namesIn = (clause) => clause.elements.map((element) => (element.propertyName ?? element.name).text);
const moduleOf = (statement) => statement.moduleSpecifier.text.replace("./", "");

/** What a statement declares, and its text after its comments. */
function declaration(statement) {
  const text = statement.getText();
  const comments = statement.getFullText().slice(0, -text.length).trim();
  const isExported = text.startsWith("export ");
  const list = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [statement];
  return {
    name: list[0].name.text,
    isType: ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement),
    isExported,
    // Lines that belong together have none between them.
    gap: statement.getFullText().startsWith("\n\n") ? "\n\n" : "\n",
    comments,
    text: isExported ? text.slice("export ".length) : text,
  };
}

function javascript({ outputText }) {
  return outputText.trim();
}

function declared({ outputText, diagnostics }) {
  if (diagnostics.length > 0) throw new Error(ts.flattenDiagnosticMessageText(diagnostics[0].messageText, "\n"));
  return outputText.trim();
}

/** A text in which formatters leave every statement as it is, whatever their settings. */
function ignored(text) {
  const { statements } = ts.createSourceFile("runtime.ts", text, OPTIONS.target, true);
  const starts = statements.map((statement) => statement.getStart());
  const pieces = [0, ...starts].map((start, at) => text.slice(start, starts[at]));
  return pieces.join("// prettier-ignore\n// biome-ignore format: generated\n");
}

/** Declarations without the modules' own types that no other declaration names. */
function named(declarations) {
  const isNamed = (one) => {
    const name = new RegExp(`\\b${one.name}\\b`);
    return !one.isOwnType || declarations.some((other) => other !== one && name.test(other.text));
  };
  const left = declarations.filter(isNamed);
  return left.length === declarations.length ? left : named(left);
}

/** The text of each form, by the name of its file. */
export async function derive() {
  const index = parse("index.ts").statements;
  const isPublic = new Set(index.flatMap((statement) => namesIn(statement.exportClause)));
  // Modules come in the order of index.ts; those that export nothing after them.
  const files = [...new Set([...index.map(moduleOf), ...readdirSync(SOURCES).sort()])];
  const modules = files.filter((file) => !["index.ts", "catalog.ts"].includes(file)).map(parse);
  const imported = new Set();
  const texts = { ts: [NOTE], js: [NOTE], "d.ts": [NOTE] };
  const ownNames = [];
  const declarations = [];
  for (const { comment, statements } of modules) {
    const sections = { ts: "", js: "" };
    for (const statement of statements) {
      if (ts.isImportDeclaration(statement)) {
        for (const name of namesIn(statement.importClause.namedBindings)) imported.add(name);
        continue;
      }
      const { name, isType, isExported, gap, comments, text } = declaration(statement);
      const whole = `${comments}\n${isPublic.has(name) ? "export " : ""}${text}`;
      if (!isType && isExported && !isPublic.has(name)) ownNames.push(name);
      sections.ts += gap + whole;
      // What the runtime has.
      if (text.startsWith("declare ")) continue;
      if (isType) declarations.push({ comment, name, isType, isExported, text: gap + whole });
      else sections.js += gap + javascript(ts.transpileModule(whole, { compilerOptions: OPTIONS }));
      if (!isType && isPublic.has(name)) {
        const text = gap + declared(ts.transpileDeclaration(whole, { compilerOptions: OPTIONS }));
        declarations.push({ comment, name, isType, text });
      }
    }
    for (const [form, section] of Object.entries(sections)) {
      if (section !== "") texts[form].push(comment, section);
    }
  }
  for (const one of declarations) {
    // Code of a catalog names the other types.
    const isOfModules = !one.isExported || imported.has(one.name);
    one.isOwnType = one.isType && !isPublic.has(one.name) && isOfModules;
  }
  const kept = named(declarations);
  for (const { comment } of modules) {
    const section = kept.filter((one) => one.comment === comment).map(({ text }) => text);
    if (section.length > 0) texts["d.ts"].push(comment, section.join(""));
  }
  // What only code of a catalog calls, for compilers that refuse what nothing uses.
  const unused = ownNames.filter((name) => !imported.has(name));
  texts.ts.push(`// Not every catalog needs each of these.\nvoid [${unused.join(", ")}];`);
  const formatted = Object.entries(texts).map(async ([form, parts]) => {
    const parser = form === "js" ? "babel" : "typescript";
    return [`runtime.${form}`, ignored(await prettier.format(parts.join("\n\n"), { parser }))];
  });
  return Object.fromEntries(await Promise.all(formatted));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, text] of Object.entries(await derive())) writeFileSync(join(DERIVED, file), text);
}

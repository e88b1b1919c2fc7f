// The package and the module compile with TypeScript, from the oldest version that the README names to
// the newest in the registry, with and without types of the Fetch API. The two have exactly the same types.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import ts from "typescript";
import { catalogOf, committed, featuresCatalog, generate, hostile, local, run } from "./support.mjs";
import { camel, install, keyOf, pascal } from "./typescript-kit.mjs";

// Version 7 is a different program, written in Go, without the API of the others.
const COMPILERS = ["typescript-oldest", "typescript", "typescript-6", "typescript-next"];

const FLAGS = {
  strict: true,
  noEmit: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  // Our declarations are checked. Checking those of TypeScript itself takes half of the time.
  skipLibCheck: false,
  skipDefaultLibCheck: true,
  target: "es2022",
  module: "nodenext",
  types: [],
  lib: ["es2022"],
};
// Options of 5.5 and 5.8. `isolatedDeclarations` needs `declaration`.
const NEWER = { erasableSyntaxOnly: true, isolatedDeclarations: true, declaration: true };
// Node's types need a newer compiler than the package does.
const WEB = {
  "lib.dom": { lib: ["es2022", "dom", "dom.iterable"] },
  "@types/node": { types: ["node"], typeRoots: [local("node_modules/@types")] },
};

/** Compiles files of a project with one compiler. The test fails if it exits otherwise than expected. */
function compile(compiler, project, include, options, codes) {
  const newer = compiler === "typescript-oldest" ? {} : NEWER;
  const compilerOptions = { ...FLAGS, ...newer, ...options };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, include }));
  const program = local(`node_modules/${compiler}/bin/tsc`);
  return run(process.execPath, [program, "--project", project], project, codes);
}

/** The types that a declaration file exports, each with how many parameters it needs. */
function typesOf(file) {
  const source = ts.createSourceFile(file, ts.sys.readFile(file), ts.ScriptTarget.ES2022);
  return source.statements
    .filter((one) => ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one))
    .filter((one) => one.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
    .map(({ name, typeParameters = [] }) => ({
      name: name.text,
      needs: typeParameters.filter((parameter) => parameter.default === undefined).length,
    }));
}

const packages = {
  tensorloop: [committed, generate(local("../../catalog/tensorloop.yaml"), ["typescript-module"])],
  features: (() => {
    const outputs = generate(featuresCatalog, ["typescript", "json", "typescript-module"]);
    return [outputs, outputs];
  })(),
  mixed: [hostile("catalog/mixed"), hostile("catalog/mixed")],
  hostile: [hostile("catalog/all"), hostile("catalog/all")],
};

for (const [label, [outputs, modules]] of Object.entries(packages)) {
  const { name, project, module, installed } = await install(outputs);
  const catalog = catalogOf(outputs);
  mkdirSync(join(project, "module"));
  cpSync(join(modules, "typescript-module/errors.ts"), join(project, "module/errors.ts"));
  // Of a function with a type parameter, what it is for each error of the catalog is compared.
  const guards = catalog.surfaces.flatMap(({ id, groups }) => groups.map((group) => [id, `is${pascal(id)}${pascal(group.name)}`]));
  const isGeneric = (key) => /(Body|Response|Ok|^(read|detect)\w+Error|^fetchWithRetry)$/.test(key) || guards.some(([, guard]) => guard === key);
  const values = Object.keys(module).filter((key) => !isGeneric(key)).map(
    (key) => `export const value_${key}: Same<typeof one.${key}, typeof other.${key}> = true;`,
  );
  const types = typesOf(join(installed, "index.d.ts")).map(({ name: type, needs }) => {
    const parameters = needs === 0 ? "" : `<${["string", ..."bcdefgh"].slice(0, needs).map(() => "string")}>`;
    return `export const type_${type}: Same<one.${type}${parameters}, other.${type}${parameters}> = true;`;
  });
  const sent = catalog.surfaces.flatMap((surface) => {
    const keys = surface.errors.map((error) => keyOf(surface, error));
    return keys.slice(0, 20).flatMap((key, i) => {
      const of = `<${JSON.stringify(key)}>`;
      const [type, body, response] = ["Params", "Body", "Response"].map((what) =>
        what === "Params" ? pascal(surface.id) + what : camel(surface.id) + what,
      );
      return [
        `export const ${type}_${i}: Same<one.${type}${of}, other.${type}${of}> = true;`,
        `export const ${body}_${i}: Same<typeof one.${body}${of}, typeof other.${body}${of}> = true;`,
        `export const ${response}_${i}: Same<typeof one.${response}${of}, typeof other.${response}${of}> = true;`,
      ];
    });
  });
  const lines = [
    `import * as one from "${name}";`,
    'import * as other from "./module/errors.js";',
    "type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;",
    "export const exports: Same<keyof typeof one, keyof typeof other> = true;",
    ...values,
    ...types,
    ...sent,
    ...guards.map(([id, guard]) => {
      const of = `<one.${pascal(id)}ErrorInBody>`;
      return `export const ${guard}: Same<typeof one.${guard}${of}, typeof other.${guard}${of}> = true;`;
    }),
    "export const fetched: Same<typeof one.fetchWithRetry<typeof fetch>, typeof other.fetchWithRetry<typeof fetch>> = true;",
  ];
  writeFileSync(join(project, "equal.ts"), lines.join("\n"));
  assert.ok(types.length >= 14, `${types.length}`);

  describe(`the package and the module of the ${label} catalog`, () => {
    // The hostile catalogs are large. What differs between compilers isn't their texts.
    const isHostile = ["mixed", "hostile"].includes(label);
    for (const compiler of isHostile ? ["typescript"] : COMPILERS) {
      test(`have the same types, by ${compiler}`, () => {
        compile(compiler, project, ["equal.ts"], WEB["lib.dom"]);
      });
      if (isHostile) continue;
      test(`the package needs no types of the Fetch API, by ${compiler}`, () => {
        writeFileSync(join(project, "bare.ts"), `export * from "${name}";`);
        compile(compiler, project, ["bare.ts"], {});
      });
      test(`the module takes those of Node, by ${compiler}`, () => {
        if (compiler === "typescript-oldest") return;
        compile(compiler, project, ["module/errors.ts"], WEB["@types/node"]);
      });
    }
  });

  if (label === "tensorloop") {
    describe("a project that uses the package", () => {
      for (const folder of ["consumer", "consumer-web"]) {
        cpSync(local(folder), join(project, folder), { recursive: true });
      }
      for (const compiler of COMPILERS) {
        test(`compiles with ${compiler}`, () => {
          const plain = { isolatedDeclarations: undefined, allowJs: true, checkJs: true };
          compile(compiler, project, ["consumer"], plain);
          compile(compiler, project, ["consumer-web"], WEB["lib.dom"]);
          if (compiler === "typescript-oldest") return;
          compile(compiler, project, ["consumer-web"], WEB["@types/node"]);
        });

        test(`learns from ${compiler} which value is missing`, () => {
          const calls = {
            'managementResponse("plan_limit_model")': /NeedsParams<"detail">/,
            'managementBody("invalid_body")': /NeedsParams<"detail">/,
            'inferenceResponse("unauthorized")': /NeedsParams<"message">/,
            'managementBody("plan_limit_model", {})': /Property 'detail' is missing/,
            'managementBody("plan_limit_seats")': /"plan_limit_seats".* is not assignable .*"alias_taken"/s,
            "managementBody(code)": /NeedsParams<"detail">/,
          };
          for (const [call, message] of Object.entries(calls)) {
            const names = ["inferenceResponse", "managementBody", "managementResponse", "type ManagementCode"];
            const source = `import { ${names.join(", ")} } from "${name}";
export const made = (code: ManagementCode) => [code, ${call}];
`;
            const used = `${source}export const used = [inferenceResponse, managementBody, managementResponse];
`;
            writeFileSync(join(project, "refused.ts"), used);
            const flags = { ...WEB["lib.dom"], isolatedDeclarations: undefined };
            const { stdout } = compile(compiler, project, ["refused.ts"], flags, [1, 2]);
            assert.match(stdout, message, call);
            assert.equal(stdout.match(/error TS/g).length, 1, stdout);
          }
        });
      }
    });
  }
}

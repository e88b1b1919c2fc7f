// The module compiles in the projects that people have: with the types of each runtime, old libraries, no strictness or
// all of it. So does a program that calls `fetchWithRetry` with the `fetch` of each library.

import assert from "node:assert/strict";
import { cpSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { ESLint } from "eslint";
import ts from "typescript";
import tseslint from "typescript-eslint";
import { featuresCatalog, generate, local, temporaryFolder } from "./support.mjs";

const STRICTEST = {
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitReturns: true,
  noImplicitOverride: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  allowUnreachableCode: false,
  allowUnusedLabels: false,
  isolatedModules: true,
  isolatedDeclarations: true,
  declaration: true,
  erasableSyntaxOnly: true,
};

/** The options of a project's tsconfig.json, by what kind of project it is. */
const HOSTS = {
  "Vite, with the library of 2020": { lib: ["es2020", "dom", "dom.iterable"], target: "es2020" },
  "Next.js": { lib: ["dom", "dom.iterable", "esnext"], target: "es2017", module: "esnext" },
  "Node without the DOM": { lib: ["es2022"], types: ["node"], module: "nodenext", moduleResolution: "nodenext" },
  Bun: { lib: ["esnext"], target: "esnext", module: "preserve", types: ["bun-types"] },
  "Cloudflare Workers": { lib: ["es2021"], target: "es2021", types: ["@cloudflare/workers-types"] },
  "React Native": { lib: ["es2020"], target: "esnext", types: ["react-native"] },
  // Its package of types has what Deno adds to the DOM's.
  Deno: { lib: ["esnext", "dom"], target: "esnext", types: ["deno"] },
  "a web worker": { lib: ["es2020", "webworker"], target: "es2020" },
  "no runtime's types": { lib: ["es2020"], target: "es2020" },
  "no strictness": { lib: ["es2020", "dom"], strict: false, verbatimModuleSyntax: false },
  CommonJS: { lib: ["es2020", "dom"], module: "commonjs", moduleResolution: "node10", verbatimModuleSyntax: false },
  "every flag": { lib: ["es2022", "dom"], ...STRICTEST },
  "every flag and no runtime's types": { lib: ["es2020"], ...STRICTEST },
};

const BASE = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: "es2020",
  module: "esnext",
  moduleResolution: "bundler",
  verbatimModuleSyntax: true,
  types: [],
};

/** Parsed libraries: many hosts share them. */
const parsed = new Map();

/** What tsc finds in files of a project. */
function compile(folder, files, options) {
  const typeRoots = [local("node_modules/@types"), local("node_modules")];
  const json = { ...BASE, typeRoots, ...options };
  const converted = ts.convertCompilerOptionsFromJson(json, folder);
  assert.deepEqual(converted.errors, []);
  const host = ts.createCompilerHost(converted.options);
  const { getSourceFile } = host;
  host.getSourceFile = (file, version, ...rest) => {
    if (!file.includes("node_modules")) return getSourceFile(file, version, ...rest);
    const key = JSON.stringify([file, version]);
    if (!parsed.has(key)) parsed.set(key, getSourceFile(file, version, ...rest));
    return parsed.get(key);
  };
  const program = ts.createProgram(files.map((file) => join(folder, file)), converted.options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start, code, messageText }) => {
    const at = file ? `${file.fileName}:${file.getLineAndCharacterOfPosition(start).line + 1}: ` : "";
    return `${at}TS${code}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}

/** A project with the outputs of both catalogs; the declarations of the packages are source, so that they are checked. */
const project = temporaryFolder();
writeFileSync(join(project, "package.json"), '{"private": true, "type": "module"}');
symlinkSync(local("node_modules"), join(project, "node_modules"));
const outputs = [];
for (const [name, catalog] of Object.entries({
  tensorloop: local("../../catalog/tensorloop.yaml"),
  features: featuresCatalog,
})) {
  const folder = generate(catalog, ["typescript", "typescript-module"]);
  cpSync(join(folder, "typescript-module/errors.ts"), join(project, `${name}.ts`));
  cpSync(join(folder, "typescript/index.d.ts"), join(project, `${name}-package.ts`));
  outputs.push(`${name}.ts`, `${name}-package.ts`);
}

describe("the module and the package compile", () => {
  for (const [host, options] of Object.entries(HOSTS)) {
    test(`with ${host}`, () => assert.deepEqual(compile(project, outputs, options), []));
  }
});

describe("fetchWithRetry has types", () => {
  const DOM = { lib: ["es2022", "dom", "dom.iterable"], types: ["node"], exactOptionalPropertyTypes: true };
  const program = (text) => {
    writeFileSync(join(project, "program.ts"), text);
    return ["program.ts"];
  };
  const IMPORTS = `
    import { fetchWithRetry, readManagementError, detectInferenceError, detectManagementError } from "./tensorloop.js";
    import type { RetryNotice, RetryOptions } from "./tensorloop.js";
    const detect = detectManagementError;
  `;

  const USES = {
    "of the project's own fetch": `
      const seen: RetryNotice[] = [];
      export const [one, two, three]: Response[] = [
        (await fetchWithRetry(new URL("http://localhost"))).response,
        (await fetchWithRetry("u", { method: "POST", signal: AbortSignal.timeout(1) }, { detect })).response,
        (await fetchWithRetry(new Request("u"), undefined, {
          detect: detectInferenceError,
          onRetry: (notice) => seen.push(notice),
        })).response,
      ];
      await fetchWithRetry("u", {}, {
        detect: async (response) => readManagementError(response.status, await response.clone().text()),
      });
      // @ts-expect-error not a URL
      await fetchWithRetry(5);
      // @ts-expect-error no such member
      await fetchWithRetry("u", { methd: "GET" });
    `,
    "of undici": `
      import { Agent, fetch } from "undici";
      const { response } = await fetchWithRetry("u", { dispatcher: new Agent() }, { fetch, detect });
      export const text: string = await response.text();
      // @ts-expect-error not an option of undici's
      await fetchWithRetry("u", { agent: 1 }, { fetch });
    `,
    "of node-fetch": `
      import fetch from "node-fetch";
      const { response } = await fetchWithRetry("u", { compress: true }, { fetch, detect });
      export const buffer: Buffer = await response.buffer();
    `,
    "of cross-fetch": `
      import crossFetch from "cross-fetch";
      export const { response }: { response: Response } = await fetchWithRetry("u", {}, { fetch: crossFetch, detect });
    `,
    "of wrappers and mocks": `
      const options: RetryOptions = { fetch: (input, init) => fetch(input, init), detect: () => ({ retryAdvice: { kind: "never" } }) };
      export const responses: Response[] = [
        (await fetchWithRetry("u", {}, options)).response,
        (await fetchWithRetry("u", { method: "GET" }, { fetch: (input, init) => fetch(input, { ...init, cache: "no-store" }) })).response,
        (await fetchWithRetry("u", { method: "GET" }, { fetch: async () => new Response("") })).response,
        (await fetchWithRetry("u", undefined, { fetch: async (url: string) => new Response(url) })).response,
        (await fetchWithRetry("u", { method: "GET" }, { fetch: async (url: string, init: RequestInit) => new Response(url, init as object) })).response,
        (await fetchWithRetry("u", {}, { fetch: globalThis.fetch })).response,
      ];
    `,
  };
  for (const [what, text] of Object.entries(USES)) {
    test(what, () => assert.deepEqual(compile(project, program(IMPORTS + text), { target: "es2022", ...DOM }), []));
  }

  const OWN = {
    Bun: 'await fetchWithRetry("u", { proxy: "http://p", unix: "/s", verbose: true }, { detect });',
    "Cloudflare Workers": 'await fetchWithRetry("u", { cf: { cacheTtl: 5 } }, { detect });',
    Deno: 'await fetchWithRetry("u", { client: Deno.createHttpClient({}) }, { detect });',
    "React Native": 'await fetchWithRetry("u", { method: "POST", body: new FormData() }, { detect });',
  };
  // As in Deno's own lib.deno_fetch.d.ts, which no package holds.
  const GLOBALS = {
    Deno: "declare global { function fetch(input: Request | URL | string, init?: RequestInit & { client: Deno.HttpClient }): Promise<Response>; }",
  };
  for (const [host, call] of Object.entries(OWN)) {
    test(`of ${host}`, () => {
      const text = `${IMPORTS}${GLOBALS[host] ?? ""}\nexport async function call(): Promise<Response> { const { response } = ${call} return response; }`;
      assert.deepEqual(compile(project, program(text), HOSTS[host]), []);
    });
  }
});

describe("a program that throws compiles", () => {
  const program = (form, fetched) => `
    import { ManagementApiError, isManagementApiError, isManagementPlanLimit, managementOk, nextDelay, readManagementError, sleep } from "./${form}.js";
    ${fetched}
    export class KeyError extends ManagementApiError {
      override name = "KeyError";
    }
    export async function call(retries: number): Promise<string | null> {
      try {
        const response = await managementOk(await fetched());
        return await response.text();
      } catch (error) {
        if (!isManagementApiError(error)) throw error;
        const { failure, cause } = error;
        if (isManagementPlanLimit(failure)) throw new KeyError(failure, { cause: cause ?? error });
        await sleep(nextDelay({ ...failure, retries }).waitMs ?? 0);
        return failure.headers?.get("x-request-id") ?? null;
      }
    }
    export const read = async (): Promise<string | null> => {
      const failure = await readManagementError(await fetched());
      return failure.headers.get("x-request-id");
    };
  `;
  // Where nothing says what `fetch` is, an own one will do.
  const OWN = `
    declare const fetched: () => Promise<{
      readonly status: number;
      readonly headers: { get(name: string): string | null };
      text(): Promise<string>;
    }>;
  `;
  for (const [host, options] of Object.entries(HOSTS)) {
    test(`with ${host}`, () => {
      for (const form of ["tensorloop", "tensorloop-package"]) {
        const own = host.includes("no runtime's types");
        const fetched = own ? OWN : 'const fetched = (): Promise<Response> => fetch("u");';
        writeFileSync(join(project, "program.ts"), program(form, fetched));
        assert.deepEqual(compile(project, ["program.ts"], options), [], form);
      }
    });
  }
});

describe("ESLint finds nothing in the module", () => {
  const parserOptions = { project: "tsconfig.json", tsconfigRootDir: project };
  const compilerOptions = { ...BASE, ...HOSTS["every flag"] };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["tensorloop.ts"] }));
  const typed = { languageOptions: { parserOptions } };
  const CONFIGS = {
    "with every rule of typescript-eslint": [...tseslint.configs.all, typed],
    "with few rules, and a report of directives without effect": [
      ...tseslint.configs.recommended,
      { linterOptions: { reportUnusedDisableDirectives: "error" } },
    ],
  };
  for (const [what, overrideConfig] of Object.entries(CONFIGS)) {
    test(what, async () => {
      const eslint = new ESLint({ cwd: project, overrideConfigFile: true, overrideConfig });
      const results = await eslint.lintFiles(["tensorloop.ts"]);
      const found = results.flatMap(({ messages }) => messages.map(({ line, ruleId, message }) => `${line}: ${message} (${ruleId})`));
      assert.deepEqual(found, []);
    });
  }
});

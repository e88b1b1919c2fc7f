// How the clients in TypeScript are tested, whichever generator made them: they compile, their types
// list every code and no other, and what a caller sees of a code is what docs/openapi.md says, for a
// code that is listed and for one that is not. Never reads types as text: the compiler does.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { documented, example, read } from "./openapi-kit.mjs";
import { findings, RESOLUTIONS } from "./typescript-kit.mjs";
import { local, temporaryFolder } from "./support.mjs";

const LISTED = "unauthorized";
const OTHER = "no_such_code";

/** `strict`, which generated clients keep; the flags beyond it are about their own code. */
export const CLIENT_OPTIONS = {
  ...RESOLUTIONS.bundler,
  exactOptionalPropertyTypes: false,
  noUncheckedIndexedAccess: false,
  noPropertyAccessFromIndexSignature: false,
  noUnusedLocals: false,
  verbatimModuleSyntax: false,
  erasableSyntaxOnly: false,
  skipLibCheck: true,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  paths: { "*": [local("node_modules/*")] },
};

/**
 * The tests of a generator's clients. `client` is its row of the table; `generate` makes a client of
 * a document in a folder; `consumer` is TypeScript that defines the type `Code` and `ask(url)`, which
 * resolves to an object with the body as `error`.
 */
export function testClients({ client, versions, generate, consumer }) {
  describe(`clients by ${client}`, () => {
    const row = documented("Codes that a client does not know").find(([name]) => name === client);
    let server;
    let url;
    before(async () => {
      server = createServer(({ url: path }, response) => {
        const error = path.split("/")[1];
        response.writeHead(401, { "content-type": "application/json" }).end(JSON.stringify({ error }));
      });
      await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
      url = `http://127.0.0.1:${server.address().port}`;
    });
    after(() => server.close());

    test("are in the table of docs/openapi.md, with the versions that are installed", () => {
      assert.ok(row, `no row for ${client}`);
    });

    for (const version of versions) {
      test(`closed codes, OpenAPI ${version}: compile, list each code, and do as documented`, async () => {
        const { host, fragment } = example({ version, codes: "closed" });
        const listed = read(fragment).components.schemas.ManagementErrorCode.enum;
        assert.equal(listed.length, 11);
        const folder = temporaryFolder();
        generate(host, folder, { version, codes: "closed" });
        assert.deepEqual(compiled(folder, consumer + closed(listed)), []);
        const [missing] = compiled(folder, consumer + closed(listed.slice(1)));
        assert.match(missing, /TS2322.*"unauthorized"/, "a code that is not asked for");
        const [other] = compiled(folder, consumer + closed([...listed, OTHER]));
        assert.match(other, /TS2678.*"no_such_code"/, "a code of no error");
        const seen = await run(folder, consumer + closed(listed));
        assert.equal(await seen(`${url}/${LISTED}`), `${row[1]} ${LISTED}`);
        assert.equal(await seen(`${url}/${OTHER}`), `${row[2]} ${OTHER}`);
      });

      test(`open codes, OpenAPI ${version}: compile, and do as documented`, async () => {
        const { host } = example({ version, codes: "open" });
        const folder = temporaryFolder();
        generate(host, folder, { version, codes: "open" });
        assert.deepEqual(compiled(folder, consumer + OPEN), []);
        const seen = await run(folder, consumer + OPEN);
        assert.equal(await seen(`${url}/${LISTED}`), `${row[3]} ${LISTED}`);
        assert.equal(await seen(`${url}/${OTHER}`), `${row[4]} ${OTHER}`);
      });
    }
  });
}

/** What tsc says about a consumer next to a client. */
function compiled(folder, consumer) {
  writeFileSync(join(folder, "package.json"), '{"type": "module"}');
  writeFileSync(join(folder, "consumer.ts"), consumer);
  return findings([join(folder, "consumer.ts")], CLIENT_OPTIONS);
}

/** The function `seen` of a consumer. */
async function run(folder, consumer) {
  const file = join(folder, "consumer.ts");
  const outfile = join(folder, "consumer.mjs");
  writeFileSync(file, consumer);
  await build({ entryPoints: [file], outfile, bundle: true, format: "esm", nodePaths: [local("node_modules")] });
  return (await import(pathToFileURL(outfile))).seen;
}

/** A caller who handles each code, which the compiler checks: a type that lists others fails. */
function closed(listed) {
  const cases = listed.map((code) => `case ${JSON.stringify(code)}:`).join("\n          ");
  return `
      export async function seen(url: string): Promise<string> {
        const { error } = await ask(url);
        if (error === undefined) throw new Error("no error came");
        const code: Code = error.error;
        switch (code) {
          ${cases}
            return \`typed \${code}\`;
          default: {
            const other: never = code;
            return \`mistyped \${String(other)}\`;
          }
        }
      }`;
}

/** A caller for whom a code is any text, which the compiler checks. */
const OPEN = `
      const any: Code = "any text";
      export async function seen(url: string): Promise<string> {
        const { error } = await ask(url);
        if (error === undefined) throw new Error("no error came");
        const code: Code = error.error;
        return code === any ? "" : \`text \${code}\`;
      }`;

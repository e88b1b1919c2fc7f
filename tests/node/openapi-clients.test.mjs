// Clients that the npm generators make of the example document: they compile, their types list every
// code and no other, and what a caller sees of a code is what docs/openapi.md says, for a code that
// is listed and for one that is not. The others are in tests/ecosystem/clients. Never reads types as
// text: the compiler does.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { documented, example, read } from "./openapi-kit.mjs";
import { findings, RESOLUTIONS } from "./typescript-kit.mjs";
import { local, temporaryFolder, tool } from "./support.mjs";

const CLIENTS = {
  "openapi-typescript": {
    packages: ["openapi-typescript", "openapi-fetch"],
    generate: (host, folder) => tool("openapi-typescript", [host, "--output", join(folder, "types.ts")]),
    consumer: `
      import createClient from "openapi-fetch";
      import type { components, paths } from "./types.js";
      type Code = components["schemas"]["ManagementErrorCode"];
      const ask = (baseUrl: string) => createClient<paths>({ baseUrl }).GET("/keys");`,
  },
  "@hey-api/openapi-ts": {
    packages: ["@hey-api/openapi-ts"],
    generate: (host, folder) => tool("openapi-ts", ["--input", host, "--output", join(folder, "client")], folder),
    consumer: `
      import { listKeys, type ManagementErrorCode as Code } from "./client/index.js";
      const ask = (baseUrl: string) => listKeys({ baseUrl });`,
  },
};

const LISTED = "unauthorized";
const OTHER = "no_such_code";
let server;
let url;
before(async () => {
  server = createServer(({ url: path }, response) => {
    const error = path.startsWith("/listed/") ? LISTED : OTHER;
    response.writeHead(401, { "content-type": "application/json" }).end(JSON.stringify({ error }));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());

for (const [name, { packages, generate, consumer }] of Object.entries(CLIENTS)) {
  describe(`clients by ${name}`, () => {
    const versions = packages.map((one) => `${one} ${installed(one)}`);
    const row = documented("Codes that a client does not know").find(([client]) => client === versions.join(" with "));

    test("are in the table of docs/openapi.md, with the versions that are installed", () => {
      assert.ok(row, `no row for ${versions.join(" with ")}`);
    });

    for (const [codes, column] of [["closed", 1], ["open", 3]]) {
      for (const version of ["3.1.0", "3.0.3"]) {
        test(`${codes} codes, OpenAPI ${version}: compile, list each code, and do as documented`, async () => {
          const { host, fragment } = example({ version, codes });
          const schema = read(fragment).components.schemas.ManagementErrorCode;
          const folder = temporaryFolder();
          writeFileSync(join(folder, "package.json"), '{"type": "module"}');
          generate(host, folder);
          const file = join(folder, "consumer.ts");
          const listed = schema.enum ?? schema["x-extensible-enum"];
          assert.equal(listed.length, 11);
          writeFileSync(file, consumer + (codes === "closed" ? closed(listed) : open()));
          const lenient = { exactOptionalPropertyTypes: false, skipLibCheck: true, erasableSyntaxOnly: false };
          const lib = ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"];
          const paths = { "*": [local("node_modules/*")] };
          const options = { ...RESOLUTIONS.bundler, ...lenient, lib, paths };
          assert.deepEqual(findings([file], options), []);
          if (codes === "closed") {
            writeFileSync(file, consumer + closed(listed.slice(1)));
            assert.match(findings([file], options).join("\n"), /TS2322.*"unauthorized"/, "a code that is not asked for");
            writeFileSync(file, consumer + closed([...listed, OTHER]));
            assert.match(findings([file], options).join("\n"), /TS2678.*"no_such_code"/, "a code of no error");
            writeFileSync(file, consumer + closed(listed));
          }
          const outfile = join(folder, "consumer.mjs");
          await build({ entryPoints: [file], outfile, bundle: true, format: "esm", nodePaths: [local("node_modules")] });
          const { seen } = await import(pathToFileURL(outfile));
          assert.equal(await seen(`${url}/listed`), `${row[column]} ${LISTED}`);
          assert.equal(await seen(`${url}/other`), `${row[column + 1]} ${OTHER}`);
        });
      }
    }
  });
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

/** A caller for whom a code is text. */
function open() {
  return `
      const any: Code = "any text";
      export async function seen(url: string): Promise<string> {
        const { error } = await ask(url);
        if (error === undefined) throw new Error("no error came");
        const code: Code = error.error;
        return code === any ? "" : \`text \${code}\`;
      }`;
}

/** The version of a package that is installed. */
function installed(name) {
  return JSON.parse(readFileSync(local(`node_modules/${name}/package.json`), "utf8")).version;
}

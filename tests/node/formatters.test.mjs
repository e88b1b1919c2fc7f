// Prettier and Biome with default settings leave the outputs as they are, byte by byte. Where they
// can't (Biome formats JSON with tabs), `errcat generate --check` still finds nothing to do. The
// projects are those that tests/it/formatters.rs makes, which runs rustfmt.

import assert from "node:assert/strict";
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { errcat, hostile, local, run, temporaryFolder, tool } from "./support.mjs";

const made = hostile("../formatters");
const projects = readdirSync(made);

/** A copy of all projects, without what rustfmt needs. */
function copy() {
  const folder = temporaryFolder();
  cpSync(made, folder, { recursive: true, filter: (path) => !/\.toml$/.test(path) || /crate/.test(path) });
  return folder;
}

/** The outputs that differ from those in `made`. */
function changed(folder) {
  const files = readdirSync(made, { recursive: true }).filter((file) => /\/out\/.*\.\w+$/.test(file));
  assert.ok(files.length > projects.length * 30);
  return files.filter((file) => !readFileSync(join(made, file)).equals(readFileSync(join(folder, file))));
}

/** Fails if a formatter left something that `errcat generate` would write again. */
function assertUpToDate(folder) {
  for (const project of projects) run(errcat(), ["generate", "--check"], join(folder, project));
}

const outputs = projects.map((project) => `${project}/out`);

test("there are catalogs of every kind", () => {
  for (const name of ["tensorloop", "features", "corners", "hostile", "long-0", "short-0"]) {
    assert.ok(existsSync(join(made, name, "out/page/errors.md")), name);
  }
});

describe("Prettier", () => {
  const styles = {
    "with default settings": {},
    // Prettier 3.9 and later remove semicolons even where they are to ignore a statement.
    "with every setting but `semi`": {
      arrowParens: "avoid", bracketSameLine: true, bracketSpacing: false, objectWrap: "collapse",
      printWidth: 40, proseWrap: "always", quoteProps: "consistent", singleQuote: true, tabWidth: 3,
      trailingComma: "none", experimentalTernaries: true, experimentalOperatorPosition: "start",
    },
  };
  for (const [name, style] of Object.entries(styles)) {
    test(name, () => {
      const folder = copy();
      writeFileSync(join(folder, ".prettierrc"), JSON.stringify(style));
      tool("prettier", ["--write", "--log-level=warn", ...outputs], folder);
      const isExpected = (file) => file.endsWith(".json") && Object.keys(style).length > 0;
      assert.deepEqual(changed(folder).filter((file) => !isExpected(file)), []);
      assertUpToDate(folder);
    });
  }
});

describe("Biome", () => {
  for (const command of ["format", "check"]) {
    test(command, () => {
      const folder = copy();
      // What docs/build.md says to exclude: Biome reads no comment on such a page.
      writeFileSync(join(folder, "biome.json"), '{"files": {"includes": ["**", "!**/errors.md"]}}');
      const unsafe = command === "check" ? ["--unsafe"] : [];
      tool("biome", [command, "--write", ...unsafe, "--files-max-size=10000000", ...outputs], folder);
      assert.deepEqual(changed(folder).filter((file) => !file.endsWith(".json")), []);
      assertUpToDate(folder);
    });
  }
});

// Prettier and Biome with default settings leave the outputs as they are, byte by byte. Where they
// can't (Biome formats JSON with tabs), `errcat generate --check` still finds nothing to do. The
// projects are those that tests/it/formatters.rs makes, which runs rustfmt.

import assert from "node:assert/strict";
import { cpSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { errcat, hostile, local, run, temporaryFolder, tool } from "./support.mjs";

const made = hostile("../formatters");
const projects = readdirSync(made);

/** Some projects, in which formatters may do what they like. */
class Copy {
  folder = temporaryFolder();

  constructor(names) {
    this.names = names;
    for (const name of names) cpSync(join(made, name), join(this.folder, name), { recursive: true });
  }

  /** Adds a formatter's configuration. */
  configure(file, config) {
    writeFileSync(join(this.folder, file), JSON.stringify(config));
  }

  /** Runs a formatter over all outputs. */
  format(name, args) {
    tool(name, [...args, ...this.names.map((project) => `${project}/out`)], this.folder);
  }

  /** The files that the formatter changed. */
  changed() {
    const all = this.names.flatMap((name) =>
      readdirSync(join(made, name, "out"), { recursive: true })
        .map((file) => join(name, "out", file))
        .filter((file) => statSync(join(made, file)).isFile()),
    );
    assert.ok(all.length > this.names.length * 30);
    return all.filter(
      (file) => !readFileSync(join(made, file)).equals(readFileSync(join(this.folder, file))),
    );
  }

  /** Fails if `errcat generate` would write a file again. */
  assertUpToDate() {
    for (const name of this.names) run(errcat(), ["generate", "--check"], join(this.folder, name));
  }
}

test("there are catalogs of every kind", () => {
  for (const name of ["tensorloop", "features", "corners", "bare", "hostile", "long-0", "short-0"]) {
    assert.ok(projects.includes(name), name);
  }
});

describe("Prettier", () => {
  test("with default settings changes nothing", () => {
    const copy = new Copy(projects);
    copy.format("prettier", ["--write", "--log-level=warn"]);
    assert.deepEqual(copy.changed(), []);
    copy.assertUpToDate();
  });

  test("with every other setting but `semi` changes only the layout of JSON", () => {
    const copy = new Copy(["features", "long-0", "medium-0", "short-0"]);
    // Prettier 3.9 and later remove semicolons even from statements that they are to ignore.
    copy.configure(".prettierrc", {
      arrowParens: "avoid",
      bracketSameLine: true,
      bracketSpacing: false,
      experimentalOperatorPosition: "start",
      experimentalTernaries: true,
      objectWrap: "collapse",
      printWidth: 40,
      proseWrap: "always",
      quoteProps: "consistent",
      singleQuote: true,
      tabWidth: 3,
      trailingComma: "none",
    });
    copy.format("prettier", ["--write", "--log-level=warn"]);
    assert.deepEqual(copy.changed().filter((file) => !file.endsWith(".json")), []);
    copy.assertUpToDate();
  });
});

describe("Biome", () => {
  for (const args of [["format"], ["check", "--unsafe"]]) {
    test(`${args.join(" ")} changes only the layout of JSON`, () => {
      const copy = new Copy(projects);
      // As docs/build.md says, because Biome reads no comment below a heading.
      copy.configure("biome.json", { files: { includes: ["**", "!**/errors.md", "!**/errors/*.md"] } });
      copy.format("biome", [...args, "--write", "--files-max-size=10000000"]);
      assert.deepEqual(copy.changed().filter((file) => !file.endsWith(".json")), []);
      copy.assertUpToDate();
    });
  }

  test("changes nothing that docs/build.md excludes", () => {
    const copy = new Copy(["features", "tensorloop"]);
    const excluded = ["!**/errors.md", "!**/errors/*.md", "!**/catalog.json", "!**/catalog.schema.json", "!**/out/package/package.json"];
    copy.configure("biome.json", { files: { includes: ["**", ...excluded] } });
    copy.format("biome", ["check", "--write"]);
    assert.deepEqual(copy.changed(), []);
  });
});

test("a change that a formatter makes would be found", () => {
  const copy = new Copy(["features"]);
  const file = join(copy.folder, "features/out/module/errors.ts");
  writeFileSync(file, readFileSync(file, "utf8").replaceAll(/^\/\/ (prettier|biome)-ignore.*\n/gm, ""));
  const ignored = readFileSync(file);
  for (const [name, args] of Object.entries({ prettier: ["--write"], biome: ["format", "--write"] })) {
    writeFileSync(file, ignored);
    copy.format(name, args);
    assert.ok(!readFileSync(file).equals(ignored), name);
  }
  assert.throws(() => copy.assertUpToDate(), /errors\.ts/);
});

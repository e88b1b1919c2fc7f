// examples/typescript-app as a newcomer meets it: a clean copy outside of the repo, errcat from tarballs, and what its
// README says, step by step. Never looks at what the module does: the tests of the example do.

import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { packErrcat, repo } from "./npm-kit.mjs";
import { run, temporaryFolder, tool } from "./support.mjs";

const example = repo("examples/typescript-app");
const project = join(temporaryFolder(), "app");
const path = (file) => join(project, file);
const read = (file) => readFileSync(path(file), "utf8");

// What a clone holds: no node_modules, and nothing that was built.
const listed = run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], example).stdout;
for (const file of listed.split("\0").filter(Boolean)) cpSync(join(example, file), path(file));
const tarballs = packErrcat(temporaryFolder());
run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--save-dev", ...tarballs], project);

// Else the example's own tests would report to this one, in a format of Node's.
delete process.env.NODE_TEST_CONTEXT;

const npm = (script, codes) => run("npm", ["run", "--silent", script], project, codes);
const errcat = (args, codes) => run("npx", ["errcat", ...args], project, codes);

/** A block of the README in a language. */
const block = (language) => read("README.md").match(new RegExp(`^( *)\`\`\`${language}\\n(.*?)\\1\`\`\``, "ms"));

/** The catalog with a change, for as long as `then` takes. */
function changed(from, to, then) {
  const before = read("errors.yaml");
  assert.ok(before.includes(from), from);
  writeFileSync(path("errors.yaml"), before.replace(from, to));
  try {
    then();
  } finally {
    writeFileSync(path("errors.yaml"), before);
  }
}

describe("the TypeScript app of the examples", () => {
  test("has the module that its catalog says", () => {
    for (const ran of [errcat(["generate", "--check"]), npm("check")]) {
      assert.deepEqual(ran, { stdout: "", stderr: "1 file is up to date\n" });
    }
  });

  test("starts, and says what its README shows", () => {
    const [, , console] = block("console");
    assert.equal(`$ npm start\n${npm("start").stdout}`, console);
  });

  test("passes its own tests", () => {
    const { stdout } = npm("test");
    assert.match(stdout, /^# pass [1-9]/m);
    assert.match(stdout, /^# fail 0$/m);
  });

  test("is formatted, with what errcat writes", () => {
    tool("prettier", ["--check", "."], project);
  });

  test("shows in CI that a change of the catalog was not generated", () => {
    changed("There is no such trip", "No such trip", () => {
      const { stdout, stderr } = errcat(["generate", "--check"], [1]);
      assert.match(stdout, /^- {2}\/\*\* There is no such trip\..*\n\+ {2}\/\*\* No such trip\./m);
      assert.match(stderr, /1 file is not up to date/);
    });
  });

  test("shows a mistake in the catalog at its line", () => {
    changed("status: 409", "status: 609", () => {
      const line =
        read("errors.yaml")
          .split("\n")
          .findIndex((one) => one.includes("status: 609")) + 1;
      const { stdout, stderr } = errcat(["lint"], [1]);
      assert.match(stdout + stderr, new RegExp(`error\\[status-range\\].*\n *--> errors\\.yaml:${line}:17`));
      npm("errors", [1]);
      assert.doesNotMatch(read("src/generated/errors.ts"), /609/);
    });
  });

  test("gets one more error as its README says", () => {
    const [, call] = read("README.md").match(/Return it: `(.+?)`/);
    const server = read("src/server.ts");
    const more = server.replace("if (left === undefined)", `if (trip === "late") return ${call};\n  $&`);
    assert.notEqual(more, server);
    writeFileSync(path("src/server.ts"), more);
    assert.match(npm("build", [1, 2]).stdout, /^src\/server\.ts\(\d+,\d+\): error TS/);

    const [, indent, yaml] = block("yaml");
    const lines = yaml.trim().replaceAll(`\n${indent}`, "\n      ");
    changed("    errors:\n", `    errors:\n      ${lines}\n`, () => {
      npm("errors");
      npm("build");
    });
    writeFileSync(path("src/server.ts"), server);
    npm("errors");
    npm("check");
  });
});

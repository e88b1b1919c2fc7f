// errcat's npm packages and the generated one, as npm takes them for publishing: npm and publint have nothing to say,
// and npm/publish.mjs publishes them in the right order, to a registry on this machine. Never asks the real one.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { here, manifestOf, nameOf, pack, packErrcat, platforms, repo } from "./npm-kit.mjs";
import { committed, local, run, temporaryFolder } from "./support.mjs";

const packed = temporaryFolder();
const noBinary = join(temporaryFolder(), "no-binary");
writeFileSync(noBinary, "built for another platform");
const [launcher, own] = packErrcat(packed);
for (const one of platforms.filter((one) => one !== here)) pack(packed, nameOf(one), noBinary);

const registry = spawn(process.execPath, [local("registry.mjs"), temporaryFolder()], {
  stdio: ["ignore", "pipe", "inherit"],
});
after(() => registry.kill());
registry.stdout.setEncoding("utf8");
const [address] = await once(registry.stdout, "data");
const published = [];
registry.stdout.on("data", (names) => published.push(...names.trim().split("\n")));

const settings = join(temporaryFolder(), "npmrc");
writeFileSync(settings, `registry=${address.trim()}\n${address.trim().slice("http:".length)}/:_authToken=test\n`);
Object.assign(process.env, {
  npm_config_userconfig: settings,
  npm_config_cache: temporaryFolder(),
  npm_config_update_notifier: "false",
});

const publish = (status = [0]) => run(process.execPath, [repo("npm/publish.mjs"), packed], ".", status);
const names = platforms.map((one) => `@errcat/cli-${nameOf(one)}`).sort();

for (const [name, source] of [
  ["the launcher", launcher],
  ["the package of this platform", own],
  ["the generated package", join(committed, "typescript")],
]) {
  test(`npm and publint take ${name} as it is`, () => {
    const folder = temporaryFolder();
    if (source.endsWith(".tgz")) run("tar", ["-xzf", source, "-C", folder, "--strip-components", "1"], ".");
    else cpSync(source, folder, { recursive: true });
    const { stderr } = run("npm", ["publish", "--dry-run", "--access", "public"], folder);
    assert.doesNotMatch(stderr, /npm (warn|error)/);
    const before = readFileSync(join(folder, "package.json"), "utf8");
    run("npm", ["pkg", "fix"], folder);
    assert.equal(readFileSync(join(folder, "package.json"), "utf8"), before);
    run(local("node_modules/.bin/publint"), ["--strict", "--level", "warning"], folder);
  });
}

test("a launcher without the package of a platform is not published", () => {
  const elsewhere = join(temporaryFolder(), "own.tgz");
  renameSync(own, elsewhere);
  assert.match(publish([1]).stderr, new RegExp(`missing: @errcat/cli-${nameOf(here)}@`));
  renameSync(elsewhere, own);
  assert.deepEqual(published, []);
});

test("the packages are published once, the launcher last, and npm installs them", async () => {
  publish();
  const { stdout } = publish();
  assert.equal(stdout.match(/ is published already$/gm).length, platforms.length + 1);
  // `run` blocks this process, so it reads only now what the registry printed.
  await setTimeout(100);
  assert.deepEqual(published.slice(0, -1).sort(), names);
  assert.equal(published.at(-1), manifestOf(launcher).name);
  const folder = temporaryFolder();
  writeFileSync(join(folder, "package.json"), '{"private": true}');
  run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "errcat"], folder);
  run("npx", ["errcat", "init"], folder);
  run("npx", ["errcat", "generate"], folder);
  run("npx", ["errcat", "generate", "--check"], folder);
});

test("the packages name the repository that Cargo.toml names, if it names one", () => {
  const copy = temporaryFolder();
  for (const file of ["npm", "Cargo.toml", "catalog", "LICENSE-MIT", "LICENSE-APACHE"]) {
    cpSync(repo(file), join(copy, file), { recursive: true });
  }
  const cargo = readFileSync(join(copy, "Cargo.toml"), "utf8").replace(/^repository = .*\n/m, "");
  for (const [line, repository] of [
    ["", undefined],
    ['repository = "https://github.com/acme/errcat"\n', { type: "git", url: "git+https://github.com/acme/errcat.git" }],
  ]) {
    writeFileSync(join(copy, "Cargo.toml"), cargo.replace("[package]\n", `[package]\n${line}`));
    const { stdout } = run(process.execPath, [join(copy, "npm/pack.mjs"), copy], ".");
    assert.deepEqual(manifestOf(join(copy, stdout.trim())).repository, repository);
  }
});

// errcat's npm packages: what is in them, that npm, pnpm and yarn install the one that matches from a registry, and
// that the launcher is as good as the binary: arguments, streams, exit codes, signals. Where there is no binary, it
// says so. Packages of other platforms hold a file that isn't a binary. Never asks the real registry.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, describe, test } from "node:test";
import yaml from "js-yaml";
import { here, manifestOf, nameOf, pack, packErrcat, platforms, repo } from "./npm-kit.mjs";
import { local, run, temporaryFolder } from "./support.mjs";

const errcat = resolve(process.env.ERRCAT);
const [, version] = readFileSync(repo("Cargo.toml"), "utf8").match(/^version = "(.+)"$/m);

const registryFolder = temporaryFolder();
const noBinary = join(temporaryFolder(), "no-binary");
writeFileSync(noBinary, "built for another platform");
const [launcher, own] = packErrcat(registryFolder);
const others = platforms.filter((one) => one !== here).map((one) => pack(registryFolder, nameOf(one), noBinary));

const registry = spawn(process.execPath, [local("registry.mjs"), registryFolder], {
  stdio: ["ignore", "pipe", "inherit"],
});
after(() => registry.kill());
const [address] = await once(registry.stdout, "data");
const caches = temporaryFolder();
Object.assign(process.env, {
  npm_config_registry: String(address).trim(),
  npm_config_cache: join(caches, "npm"),
  npm_config_update_notifier: "false",
  YARN_NPM_REGISTRY_SERVER: String(address).trim(),
  YARN_UNSAFE_HTTP_WHITELIST: "127.0.0.1",
  YARN_ENABLE_TELEMETRY: "0",
  YARN_ENABLE_SCRIPTS: "0",
  YARN_GLOBAL_FOLDER: join(caches, "yarn"),
});

const NPM_INSTALL = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--save-dev"];
const bin = (name) => local(`node_modules/.bin/${name}`);

/** A project that one of the package managers installed errcat into. */
function project([manager, ...args]) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "package.json"), '{"private": true}');
  if (manager === bin("yarn")) writeFileSync(join(folder, "yarn.lock"), "");
  run(manager, args, folder);
  return folder;
}

describe("the packages", () => {
  test("have the version of Cargo.toml, which the binary, the example and each other want", () => {
    assert.equal(run(errcat, ["--version"], ".").stdout, `errcat ${version}\n`);
    const manifest = manifestOf(launcher);
    const wanted = Object.fromEntries(platforms.map((one) => [`@errcat/cli-${nameOf(one)}`, version]));
    assert.equal(manifest.version, version);
    assert.deepEqual(manifest.optionalDependencies, wanted);
    const example = JSON.parse(readFileSync(repo("examples/typescript-app/package.json"), "utf8"));
    assert.equal(example.devDependencies.errcat, version);
  });

  test("say for whom each is, and run nothing when they are installed", () => {
    const byName = new Map([own, ...others].map(manifestOf).map((one) => [one.name, one]));
    assert.equal(byName.size, platforms.length);
    for (const { os, cpu, libc, ...rest } of platforms) {
      const manifest = byName.get(`@errcat/cli-${nameOf({ os, cpu, libc })}`);
      assert.deepEqual([manifest.os, manifest.cpu, manifest.libc], [[os], [cpu], libc && [libc]]);
      assert.equal(manifest.version, version);
      assert.deepEqual(Object.keys(rest), ["target", "runner"]);
    }
    for (const manifest of [manifestOf(launcher), ...byName.values()]) assert.equal(manifest.scripts, undefined);
  });

  test("hold what they should, and nothing else", () => {
    const files = (tarball) =>
      run("tar", ["-tzf", tarball], ".").stdout.replaceAll("package/", "").split("\n").filter(Boolean);
    const common = ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "package.json"];
    assert.deepEqual(files(own).sort(), [...common, "errcat"].sort());
    const scripts = ["bin/errcat.js", "bin/missing.js"];
    const schemas = ["errcat.schema.json", "errcat-config.schema.json"];
    assert.deepEqual(files(launcher).sort(), [...common, ...scripts, ...schemas].sort());
  });

  test("are built by CI for each platform of the table", () => {
    const { jobs } = yaml.load(readFileSync(repo(".github/workflows/release.yml"), "utf8"));
    assert.match(jobs.check.steps.find(({ id }) => id === "table").run, /npm\/platforms\.json/);
    assert.equal(jobs.build.strategy.matrix.include, "${{ fromJSON(needs.check.outputs.platforms) }}");
  });
});

const managers = {
  npm: { add: [...NPM_INSTALL, "errcat"], start: ["npx", "errcat"], installed: "node_modules/@errcat" },
  pnpm: {
    add: [bin("pnpm"), "add", "--ignore-scripts", "--store-dir", join(caches, "pnpm"), "--save-dev", "errcat"],
    start: [bin("pnpm"), "exec", "errcat"],
    installed: "node_modules/.pnpm",
  },
  // Without node_modules: packages are read from zip files, and a binary must not be in one.
  yarn: { add: [bin("yarn"), "add", "--dev", "errcat"], start: [bin("yarn"), "errcat"], installed: ".yarn/unplugged" },
};
for (const [name, { add, start, installed }] of Object.entries(managers)) {
  const [program, ...args] = start;
  test(`${name} installs the binary of this platform alone, and starts it`, () => {
    const folder = project(add);
    const found = readdirSync(join(folder, installed)).filter((one) => one.includes("cli-"));
    assert.equal(found.length, 1, String(found));
    assert.ok(found[0].includes(nameOf(here)));
    assert.equal(run(program, [...args, "--version"], folder).stdout, `errcat ${version}\n`);
    run(program, [...args, "init"], folder);
    assert.ok(existsSync(join(folder, "errors.yaml")));
    run(program, [...args, "generate", "--check"], folder, [1]);
    run(program, [...args, "generate"], folder);
    run(program, [...args, "generate", "--check"], folder);
  });
}

describe("the launcher", () => {
  const folder = project(managers.npm.add);
  const command = join(folder, "node_modules/.bin/errcat");
  const scoped = join(folder, "node_modules/@errcat");
  const start = (args, env = {}) =>
    spawnSync(command, args, { cwd: folder, env: { ...process.env, ...env }, encoding: "utf8", timeout: 30_000 });

  /** A program to start instead of errcat. */
  function program(source) {
    const file = join(temporaryFolder(), "program");
    writeFileSync(file, `#!/bin/sh\n${source}\n`, { mode: 0o755 });
    return { ERRCAT_BINARY: file };
  }

  /** What the launcher says where there is no binary: what, why and what to do. */
  function refused(env = {}) {
    const { status, stdout, stderr } = start(["generate"], env);
    assert.deepEqual([status, stdout], [2, ""], stderr);
    const [, what, why, help] = stderr.match(/^error: (.+)\n \|\n = note: (.+)\n = help: (.+)\n$/);
    return { what, why, help };
  }

  /** Has Node take the machine for another one. */
  function machine(platform, arch, ldd) {
    const file = join(temporaryFolder(), "machine.cjs");
    const source = `
      Object.defineProperty(process, "platform", { value: "${platform}" });
      Object.defineProperty(process, "arch", { value: "${arch}" });
      const fs = require("node:fs");
      const { readFileSync } = fs;
      const ldd = ${JSON.stringify(ldd)};
      fs.readFileSync = (path, ...rest) => {
        if (path !== "/usr/bin/ldd" || ldd === undefined) return readFileSync(path, ...rest);
        if (ldd === null) throw new Error("there is none");
        return ldd;
      };
      if (ldd === null) process.report.getReport = () => ({ header: {} });`;
    writeFileSync(file, source);
    return { NODE_OPTIONS: `--require ${file}` };
  }

  test("brings the schemas for editors", () => {
    const schema = (file) => readFileSync(join(folder, "node_modules/errcat", file), "utf8");
    assert.equal(schema("errcat.schema.json"), run(errcat, ["schema"], ".").stdout);
    assert.equal(schema("errcat-config.schema.json"), run(errcat, ["schema", "config"], ".").stdout);
  });

  test("hands on arguments, streams and exit codes", () => {
    writeFileSync(join(folder, "bad.yaml"), "errcat: 1\nproduct: 7\n");
    for (const args of [
      "schema",
      "lint bad.yaml",
      "lint none.yaml",
      "explain --catalog bad.yaml -",
      "no-such-command",
    ]) {
      const [direct, through] = [errcat, command].map((program) => {
        const options = { cwd: folder, input: "HTTP/1.1 503 no\r\n\r\n", encoding: "utf8" };
        const { status, stdout, stderr } = spawnSync(program, args.split(" "), options);
        return { status, stdout, stderr };
      });
      assert.deepEqual(through, direct, args);
    }
    const odd = ["", "a b", "$HOME", "'", '"', "*", "\\", "ä"];
    assert.equal(start(odd, program('printf "<%s>" "$@"; exit 7')).stdout, odd.map((one) => `<${one}>`).join(""));
    assert.equal(start([], program("exit 7")).status, 7);
  });

  test("makes no error of a reader that has gone", () => {
    const shell = `set -o pipefail; { sleep 0.3; "${command}" schema; } | :`;
    const { status, stderr } = spawnSync("bash", ["-c", shell], { encoding: "utf8" });
    assert.deepEqual([status, stderr], [0, ""]);
  });

  test("hands on signals, and ends as the binary ended", async () => {
    assert.equal(start([], program("kill -KILL $$")).signal, "SIGKILL");
    assert.equal(start([], program("kill -TERM $$")).signal, "SIGTERM");
    const waiting = "trap 'echo stopped; exit 3' TERM INT HUP; echo started; for i in $(seq 200); do sleep 0.05; done";
    const env = { ...process.env, ...program(waiting) };
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) {
      const child = spawn(command, [], { env, stdio: ["ignore", "pipe", "inherit"] });
      let said = "";
      child.stdout.on("data", (data) => {
        said += data;
        if (said === "started\n") child.kill(signal);
      });
      const [status] = await once(child, "close");
      assert.deepEqual([status, said], [3, "started\nstopped\n"], signal);
    }
  });

  test("starts the binary that ERRCAT_BINARY names, by a path from here", () => {
    writeFileSync(join(folder, "mine"), "#!/bin/sh\necho mine\n", { mode: 0o755 });
    assert.equal(start([], { ERRCAT_BINARY: "mine" }).stdout, "mine\n");
    // The launcher itself, as a shell finds it: once more, and not for ever.
    assert.equal(start(["--version"], { ERRCAT_BINARY: command }).stdout, `errcat ${version}\n`);
  });

  test("says that the binary of ERRCAT_BINARY does not start", () => {
    for (const [file, code] of [
      ["no/such/file", "ENOENT"],
      ["package.json", "EACCES"],
      ["package.json/errcat", "ENOTDIR"],
    ]) {
      const { what, help } = refused({ ERRCAT_BINARY: file });
      assert.equal(what, `cannot start \`${join(folder, file)}\`: ${code}`);
      assert.match(help, /ERRCAT_BINARY/);
    }
    const installed = join(scoped, `cli-${nameOf(here)}`, "errcat");
    chmodSync(installed, 0o644);
    assert.deepEqual(refused().help, "install errcat again");
    chmodSync(installed, 0o755);
  });

  test("says that there is no package for a platform", () => {
    const { what, why, help } = refused(machine("freebsd", "x64"));
    assert.equal(what, "errcat has no binary for freebsd-x64");
    for (const one of platforms) assert.match(why, new RegExp(`\\b${nameOf(one)}\\b`));
    assert.match(help, /cargo.*ERRCAT_BINARY/);
  });

  test("wants the package of its platform, whichever C library that has", () => {
    for (const { os, cpu, libc } of platforms.filter((one) => nameOf(one) !== nameOf(here))) {
      const ldds = libc === "musl" ? ["exec /lib/ld-musl-x86_64.so.1 --list", null] : ["# GNU C Library"];
      for (const ldd of ldds) {
        const { what, help } = refused(machine(os, cpu, ldd));
        assert.equal(what, `errcat is installed for ${nameOf(here)}, and this is ${nameOf({ os, cpu, libc })}`);
        assert.match(help, /node_modules/);
      }
    }
  });

  test("says that the package of this platform is not there: left out, or not in the lock file", () => {
    renameSync(scoped, join(folder, "moved"));
    assert.match(refused().why, /--omit=optional.*--no-optional/);

    const lock = join(folder, "package-lock.json");
    const whole = readFileSync(lock, "utf8");
    const { packages, ...rest } = JSON.parse(whole);
    delete packages[`node_modules/@errcat/cli-${nameOf(here)}`];
    writeFileSync(lock, JSON.stringify({ ...rest, packages }));
    const { why, help } = refused();
    assert.match(why, /npm\/cli#4828/);
    assert.ok(why.includes(lock));
    assert.match(help, /remove.*package-lock\.json/);

    writeFileSync(lock, whole);
    renameSync(join(folder, "moved"), scoped);
    assert.equal(start(["--version"]).status, 0);
  });

  test("says so where npm was told to leave it out, and what to do about it is right", () => {
    const without = project([...NPM_INSTALL, "--omit=optional", "errcat"]);
    const lint = join(without, "node_modules/.bin/errcat");
    const { stderr } = run(lint, ["lint"], without, [2]);
    assert.match(stderr, /the package with the binary, is not installed\n.*--omit=optional/s);
    const [, npm, ...args] = stderr.match(/`(npm) (install) (--include=optional)`/);
    run(npm, [...args, "--ignore-scripts"], without);
    assert.equal(run(lint, ["--version"], without).stdout, `errcat ${version}\n`);
  });

  test("is installed with a binary that may be executed", () => {
    assert.equal(statSync(join(scoped, `cli-${nameOf(here)}`, "errcat")).mode & 0o111, 0o111);
  });
});

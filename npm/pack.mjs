// Packs errcat for npm: the launcher, or a binary as the package of its platform. The version and the repository are
// Cargo.toml's, and the platforms are those of platforms.json: neither is written twice. Never builds errcat, never
// publishes.
//
//   node npm/pack.mjs OUT                     OUT/errcat-0.2.0.tgz
//   node npm/pack.mjs OUT linux-x64 BINARY    OUT/errcat-cli-linux-x64-0.2.0.tgz

import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const repo = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const json = (path) => JSON.parse(readFileSync(repo(path), "utf8"));

const cargo = readFileSync(repo("Cargo.toml"), "utf8");
const [, version] = cargo.match(/^version = "(.+)"$/m);
// npm compares it with where a package with provenance was built.
const [, repository] = cargo.match(/^repository = "(.+)"$/m) ?? [];
const platforms = new Map(
  json("npm/platforms.json").map((one) => [`${one.os}-${one.cpu}${one.libc === "musl" ? "-musl" : ""}`, one]),
);
const packageOf = (platform) => `@errcat/cli-${platform}`;

/** The launcher, which brings the package of each platform, and the schemas for editors. */
function launcher(folder) {
  cpSync(repo("npm/errcat"), folder, { recursive: true });
  for (const schema of ["errcat.schema.json", "errcat-config.schema.json"]) {
    copyFileSync(repo(`catalog/${schema}`), join(folder, schema));
  }
  const optionalDependencies = Object.fromEntries([...platforms.keys()].map((one) => [packageOf(one), version]));
  return { ...json("npm/errcat/package.json"), version, optionalDependencies };
}

/** The package of a platform: a binary, and for whom it is. */
function platformPackage(folder, platform, binary) {
  const { os, cpu, libc } = platforms.get(platform);
  const file = `errcat${os === "win32" ? ".exe" : ""}`;
  copyFileSync(binary, join(folder, file));
  chmodSync(join(folder, file), 0o755);
  writeFileSync(
    join(folder, "README.md"),
    `The binary of errcat for ${platform}, which the package \`errcat\` starts.\n`,
  );
  return {
    name: packageOf(platform),
    version,
    description: `The binary of errcat for ${platform}.`,
    license: json("npm/errcat/package.json").license,
    files: [file, "LICENSE-*"],
    os: [os],
    cpu: [cpu],
    ...(libc && { libc: [libc] }),
  };
}

const [out, platform, binary] = process.argv.slice(2);
if (!out || (platform && !(platforms.has(platform) && binary))) {
  console.error("usage: node npm/pack.mjs OUT [PLATFORM BINARY]");
  console.error(`where PLATFORM is one of ${[...platforms.keys()].join(", ")}`);
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "errcat-npm-"));
try {
  const manifest = platform ? platformPackage(folder, platform, binary) : launcher(folder);
  if (repository) manifest.repository = { type: "git", url: `git+${repository}.git` };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
  for (const license of ["LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(repo(license), join(folder, license));
  mkdirSync(out, { recursive: true });
  // On Windows npm is a script, which only a shell starts.
  const shell = process.platform === "win32";
  execFileSync("npm", ["pack", "--silent", folder], { cwd: out, shell, stdio: "inherit" });
} finally {
  rmSync(folder, { recursive: true });
}

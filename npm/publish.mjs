// Publishes the tarballs that pack.mjs made. The launcher comes last, so that nobody installs it before its binary is
// there. What the registry already has is skipped, so a run that failed can be repeated.
//
//   node npm/publish.mjs PACKED [OPTIONS OF NPM PUBLISH]

import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const [packed, ...options] = process.argv.slice(2);
if (!packed) {
  console.error("usage: node npm/publish.mjs PACKED [OPTIONS OF NPM PUBLISH]");
  process.exit(2);
}
const packages = readdirSync(packed)
  .filter((file) => file.endsWith(".tgz"))
  .map((file) => {
    const tarball = resolve(join(packed, file));
    const manifest = execFileSync("tar", ["-xzOf", tarball, "package/package.json"], { encoding: "utf8" });
    return { tarball, ...JSON.parse(manifest) };
  });

const launchers = packages.filter((one) => one.optionalDependencies);
const platforms = packages.filter((one) => !one.optionalDependencies);
const [launcher] = launchers;
const isThere = ([name, version]) => platforms.some((one) => one.name === name && one.version === version);
const missing = Object.entries(launcher?.optionalDependencies ?? {}).filter((one) => !isThere(one));
if (launchers.length !== 1 || missing.length > 0) {
  const names = missing.map(([name, version]) => `${name}@${version}`);
  console.error(`error: ${packed} must hold one launcher and the package of each platform; missing: ${names.join(", ")}`);
  process.exit(1);
}

/** Whether the registry has this version. */
function isPublished(version) {
  const { status, stdout, stderr } = spawnSync("npm", ["view", version, "version", "--json"], { encoding: "utf8" });
  if (status === 0) return stdout.trim() !== "";
  if (stderr.includes("E404")) return false;
  throw new Error(`npm view ${version}: ${stderr}`);
}

for (const { name, version, tarball } of [...platforms, launcher]) {
  if (isPublished(`${name}@${version}`)) {
    console.log(`${name}@${version} is published already`);
  } else {
    execFileSync("npm", ["publish", tarball, "--access", "public", ...options], { stdio: "inherit" });
  }
}

// What the tests of the npm packages share: errcat packed for this platform as it is for users. The binary is $ERRCAT,
// without its debug information, which makes a package of twenty times the size.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { local, run, temporaryFolder } from "./support.mjs";

export const repo = (path) => local(`../../${path}`);
export const platforms = JSON.parse(readFileSync(repo("npm/platforms.json"), "utf8"));

/** The name of a platform in its package. */
export const nameOf = ({ os, cpu, libc }) => `${os}-${cpu}${libc === "musl" ? "-musl" : ""}`;

/** The platform that runs the tests. Here Node names the C library; the launcher asks in another way. */
export const here = platforms.find(({ os, cpu, libc }) => {
  const isMusl = process.platform === "linux" && !process.report.getReport().header.glibcVersionRuntime;
  return os === process.platform && cpu === process.arch && (libc === "musl") === isMusl;
});

/** Runs npm/pack.mjs, and returns the tarball. */
export function pack(folder, ...platformAndBinary) {
  const { stdout } = run(process.execPath, [repo("npm/pack.mjs"), folder, ...platformAndBinary], ".");
  return join(folder, stdout.trim());
}

/** Packs the launcher, and the package of this platform. */
export function packErrcat(folder) {
  const binary = join(temporaryFolder(), "errcat");
  run("strip", ["-o", binary, resolve(process.env.ERRCAT)], ".");
  return [pack(folder), pack(folder, nameOf(here), binary)];
}

/** The package.json of a tarball. */
export const manifestOf = (tarball) =>
  JSON.parse(execFileSync("tar", ["-xzOf", tarball, "package/package.json"], { encoding: "utf8" }));

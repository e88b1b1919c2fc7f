#!/usr/bin/env node
// Starts the errcat binary of this platform, which is a package of its own, with the same arguments, streams, exit code
// and signals. Never downloads anything, and never runs as a step of an installation.

"use strict";

const { spawn } = require("node:child_process");
const { readFileSync } = require("node:fs");
const { constants } = require("node:os");
const { resolve } = require("node:path");

/** Whether the C library is musl: `ldd` names its library. Without `ldd`, Node says which one it uses itself. */
function isMusl() {
  try {
    return readFileSync("/usr/bin/ldd", "latin1").includes("musl");
  } catch {
    process.report.excludeNetwork = true;
    return process.report.getReport().header.glibcVersionRuntime === undefined;
  }
}

function fail({ what, why, help }) {
  process.stderr.write(`error: ${what}\n |\n = note: ${why}\n = help: ${help}\n`);
  process.exitCode = 2;
}

function start(binary, env) {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  // Before the start, so that an early signal still reaches the child, and does not orphan it.
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  const failed = ({ code }) =>
    fail({
      what: `cannot start \`${binary}\`: ${code}`,
      why: "it is missing, may not be executed, or is a binary of another platform",
      help: env === process.env ? "install errcat again" : "name another with `ERRCAT_BINARY`, or unset it",
    });
  let child;
  try {
    child = spawn(binary, process.argv.slice(2), { stdio: "inherit", env });
  } catch (error) {
    return failed(error); // Node throws some errors, and reports others later.
  }
  child.on("error", failed);
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal];
    if (signal === null) return;
    // So the parent process learns which signal ended it.
    for (const one of signals) process.removeAllListeners(one);
    process.kill(process.pid, signal);
  });
}

const { ERRCAT_BINARY, ...others } = process.env;
const { platform, arch } = process;
const name = `@errcat/cli-${platform}-${arch}${platform === "linux" && isMusl() ? "-musl" : ""}`;
if (ERRCAT_BINARY) {
  // Without the variable, a binary that is this launcher starts the installed one, instead of itself again and again.
  start(resolve(ERRCAT_BINARY), others);
} else {
  let binary;
  try {
    binary = require.resolve(`${name}/errcat${platform === "win32" ? ".exe" : ""}`);
  } catch {
    fail(require("./missing.js")(name));
  }
  if (binary) start(binary, process.env);
}

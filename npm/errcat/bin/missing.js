// Why the binary of this platform is not installed, and what to do about it. It is read only when that has happened.
// Never installs anything.

"use strict";

const { readFileSync } = require("node:fs");
const { join, sep } = require("node:path");
const { optionalDependencies } = require("../package.json");

const names = Object.keys(optionalDependencies);
const platformOf = (name) => name.replace("@errcat/cli-", "");

function isInstalled(name) {
  try {
    return Boolean(require.resolve(`${name}/package.json`));
  } catch {
    return false;
  }
}

/** npm's lock file of the project, if it lists other packages of errcat and not this one. */
function incompleteLock(name) {
  const [project, ...installed] = __dirname.split(`${sep}node_modules${sep}`);
  if (installed.length === 0) return undefined;
  const file = join(project, "package-lock.json");
  try {
    const listed = Object.keys(JSON.parse(readFileSync(file, "utf8")).packages);
    const lists = (one) => listed.some((path) => path.endsWith(`node_modules/${one}`));
    return names.some(lists) && !lists(name) ? file : undefined;
  } catch {
    return undefined; // The file doesn't exist, as with other package managers.
  }
}

module.exports = function missing(name) {
  const platform = platformOf(name);
  if (!names.includes(name)) {
    return {
      what: `errcat has no binary for ${platform}`,
      why: `its npm packages are for ${names.map(platformOf).join(", ")}`,
      help: "build errcat with cargo, and name the binary: `ERRCAT_BINARY=path/to/errcat`",
    };
  }
  const other = names.find(isInstalled);
  if (other) {
    return {
      what: `errcat is installed for ${platformOf(other)}, and this is ${platform}`,
      why: "`node_modules` was installed by another system or another build of Node, and then copied or shared",
      help: "remove `node_modules`, and install again here",
    };
  }
  const lock = incompleteLock(name);
  if (lock) {
    return {
      what: `\`${name}\` is not installed, because the lock file does not list it`,
      why: `npm may leave other platforms out when it writes a lock file (npm/cli#4828), as in \`${lock}\``,
      help: "remove `node_modules` and `package-lock.json`, run `npm install`, and commit the new lock file",
    };
  }
  return {
    what: `\`${name}\`, the package with the binary, is not installed`,
    why: "it is an optional dependency; were these left out (`--omit=optional`, `--no-optional`), or not found?",
    help: "install them too (`npm install --include=optional`), or name a binary: `ERRCAT_BINARY=path/to/errcat`",
  };
};

// An npm registry of a folder of tarballs, on a port of this machine that it prints: what npm, pnpm and yarn install
// from it, they install as from the real one. What npm publishes goes into the folder, and the registry prints its name.
// It is a program of its own, because tests wait for those they run. Never answers for other packages.
//
//   node registry.mjs FOLDER

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { basename, join } from "node:path";
import { json } from "node:stream/consumers";
import { manifestOf } from "./npm-kit.mjs";

const [folder] = process.argv.slice(2);
const tarballs = new Map();
const packages = new Map();

function add(file) {
  const bytes = readFileSync(join(folder, file));
  const manifest = manifestOf(join(folder, file));
  tarballs.set(`/${file}`, bytes);
  const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
  packages.set(manifest.name, { file, manifest, integrity });
}
readdirSync(folder)
  .filter((name) => name.endsWith(".tgz"))
  .forEach(add);

const server = createServer(async (request, response) => {
  const path = decodeURIComponent(request.url);
  const one = packages.get(path.slice(1));
  if (request.method === "PUT" && request.headers.authorization) {
    const { name, _attachments: attached } = await json(request);
    for (const [file, { data }] of Object.entries(attached)) {
      writeFileSync(join(folder, basename(file)), Buffer.from(data, "base64"));
      add(basename(file));
    }
    console.log(name);
    response.writeHead(201).end("{}");
  } else if (tarballs.has(path)) {
    response.end(tarballs.get(path));
  } else if (one) {
    const { file, manifest, integrity } = one;
    const { version, name } = manifest;
    const dist = { tarball: `http://${request.headers.host}/${file}`, integrity };
    const versions = { [version]: { ...manifest, dist } };
    const time = { [version]: "2020-01-01T00:00:00Z" };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ name, "dist-tags": { latest: version }, time, versions }));
  } else {
    response.writeHead(404).end("{}");
  }
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));

// The inputs that a target starts from, made of the repo's own files: `node seeds.mjs TARGET FOLDER`.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [target, folder] = process.argv.slice(2);

/** The longest file that is used. Mutations of longer ones take long and find little. */
const LONGEST = 16384;

const files = (folder, end) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(end))
    .sort()
    .map((name) => join(folder, name))
    .filter((file) => readFileSync(file).length <= LONGEST);

const read = (file) => readFileSync(file, "utf8");
const between = "\n%%\n";

const catalogs = () => [
  ...["catalogs", "lint", "load", "mistakes", "page", "real", "verify"].flatMap((name) =>
    files(`tests/it/${name}`, ".yaml"),
  ),
  "catalog/tensorloop.yaml",
];

const { cases } = JSON.parse(read("tests/conformance/bodies.json"));
const bodyOf = (one) =>
  one.hex === undefined ? Buffer.from(one.body ?? JSON.stringify(one.json)) : Buffer.from(one.hex, "hex");
const response = (status, headers, body) =>
  Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Error\r\n${headers}\r\n`), Buffer.from(body)]);

const responses = () => [
  ...cases.map((one) => response(one.status ?? 400, "content-type: application/json\r\n", bodyOf(one))),
  ...JSON.parse(read("tests/conformance/retry_after_cases.json")).cases.map((one) => {
    const headers = Object.entries(one.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    return response(429, headers.join(""), '{"error":"rate_limited"}');
  }),
  ...[...files("tests/conformance/captures", ".http"), ...files("tests/it/shapes", ".http")].map((file) =>
    readFileSync(file),
  ),
  'data: {"error":"broken"}\n\nevent: error\ndata: {"error":"gone"}\n\n',
  "HTTP/1.1 400 x\r\ntransfer-encoding: chunked\r\n\r\n12\r\n{\"error\":\"broken\"}\r\n0\r\n\r\n",
];

/** The lines of a block below a key, without their common indentation. */
function block(lines, at) {
  const indent = (line) => line.length - line.trimStart().length;
  const key = indent(lines[at]);
  let end = at + 1;
  while (end < lines.length && (lines[end].trim() === "" || indent(lines[end]) > key)) end += 1;
  const inner = lines.slice(at + 1, end);
  const least = Math.min(...inner.filter((line) => line.trim() !== "").map(indent));
  return inner.map((line) => line.slice(least)).join("\n");
}

/** The shape of each surface, with the values of an error and a response. */
function* shapes() {
  for (const file of catalogs().concat("tests/conformance/bodies.yaml")) {
    const lines = read(file).split("\n");
    const values = lines.flatMap((line, at) => (/^ *values:$/.test(line) ? [block(lines, at)] : []));
    let surface;
    for (const [at, line] of lines.entries()) {
      surface = /^  - id: (\S+)/.exec(line)?.[1] ?? surface;
      if (/^ *shape:$/.test(line)) {
        const bodies = cases.filter((one) => one.surface === surface).slice(0, 4);
        for (const one of bodies.length > 0 ? bodies : [cases[0]]) {
          const saved = response(one.status ?? 400, "", bodyOf(one));
          yield Buffer.concat([Buffer.from([block(lines, at), values[0] ?? "", ""].join(between)), saved]);
        }
      }
    }
  }
}

const seeds = {
  body: () => [...shapes()],
  config: () => ["errcat.yaml", ...files("tests/it/config", ".yaml"), ...files("examples", "errcat.yaml")].map(read),
  diff: () => [
    [read("tests/it/diff/old.yaml"), read("tests/it/diff/new.yaml")].join(between),
    ...catalogs().filter((file) => read(file).length < 4096).map((file) => read(file) + between + read(file)),
  ],
  explain: responses,
  import: () => files("tests/it/import", "").map((file) => /\.(.)[^.]*$/.exec(file)[1] + read(file)),
  load: () => catalogs().map(read),
  read: responses,
  yaml: () => catalogs().map(read),
  verify: () => [
    ...responses(),
    ...files("tests/it/verify", ".ndjson").concat("tests/it/verify/litellm-1.72.6.ndjson").map((file) =>
      read(file).split("\n").slice(0, 8).join("\n"),
    ),
    JSON.stringify({
      log: {
        entries: cases.slice(0, 8).map((one) => ({
          request: { method: "GET", url: "https://api.acme.dev/v1/x?key=1" },
          response: { status: one.status ?? 400, content: { mimeType: "application/json", text: bodyOf(one).toString() } },
        })),
      },
    }),
  ],
}[target];
if (seeds === undefined) throw new Error(`no such target: ${target}`);

if (existsSync(folder)) rmSync(folder, { recursive: true });
mkdirSync(folder, { recursive: true });
for (const [index, seed] of seeds().entries()) writeFileSync(join(folder, String(index).padStart(4, "0")), seed);

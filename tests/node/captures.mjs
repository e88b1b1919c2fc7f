// The real responses of tests/conformance/captures, as they came from three versions of a proxy and
// the servers before it. Never decides what they mean.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { local } from "./support.mjs";

const captures = local("../conformance/captures");

/** A raw response. Some say `chunked` though curl put the chunks together; one still has them. */
function parse(bytes) {
  const text = bytes.toString("latin1");
  const end = /\r?\n\r?\n/.exec(text);
  const [first, ...lines] = text.slice(0, end.index).split(/\r?\n/);
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );
  const body = bytes.subarray(end.index + end[0].length);
  const chunked = headers["transfer-encoding"] === "chunked";
  return { status: Number(first.split(" ")[1]), headers, body: (chunked && joined(body)) || body };
}

/** The chunks of a body as one; undefined if it does not consist of chunks. */
function joined(body) {
  const parts = [];
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf("\r\n", at);
    const size = body.subarray(at, end).toString();
    if (end < 0 || !/^[0-9a-f]+$/i.test(size)) return undefined;
    const start = end + 2;
    parts.push(body.subarray(start, start + parseInt(size, 16)));
    at = start + parseInt(size, 16) + 2;
  }
  return Buffer.concat(parts);
}

const manifest = JSON.parse(readFileSync(join(captures, "manifest.json"), "utf8"));
/** All of them: status, headers, body, and what the manifest says. */
export const responses = manifest.map((one) => {
  const file = `litellm-${one.version}/${one.name}.http`;
  return { ...one, file, ...parse(readFileSync(join(captures, file))) };
});

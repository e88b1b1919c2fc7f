// The real responses in tests/conformance/captures.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { local } from "./support.mjs";

const captures = local("../conformance/captures");

/** A raw response. Some say `chunked` although curl joined the chunks. One still has them. */
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

/** Joins the chunks of a body. Returns undefined if the body isn't chunked. */
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
/** Each with its status, headers and body, and with what the manifest says about it. */
export const responses = manifest.map((one) => ({ ...one, ...parse(readFileSync(join(captures, one.file))) }));

// Makes the style and the script that pages of the target `html` hold out of their sources in
// templates/_runtime/html, and the policy that names their hashes. `node tests/node/html-runtime.mjs` writes the
// files; a test fails if they are out of date.

import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { local } from "./support.mjs";

/** The sources. */
export const SOURCES = local("../../templates/_runtime/html");

/** Where the texts made of them are. */
export const DERIVED = local("../../templates/_html");

/** What keeps Biome from linting a text in the page. */
const UNLINTED = "/* biome-ignore-all lint: generated */";

/** A source and what it imports as one small text. */
async function small(file) {
  const banner = { css: UNLINTED, js: UNLINTED };
  const options = { banner, bundle: true, minify: true, format: "iife", charset: "utf8", legalComments: "none", write: false };
  const { outputFiles } = await build({ entryPoints: [join(SOURCES, file)], ...options });
  return outputFiles[0].text;
}

/** The hash of a text as a Content-Security-Policy names it. */
export const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Each text, by the name of its file. */
export async function derive() {
  const [style, script] = [await small("page.css"), await small("page.js")];
  const policy = `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;
  return {
    "page.css": style,
    "page.js": script,
    "policy.html": `<meta http-equiv="Content-Security-Policy" content="${policy}">\n`,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, text] of Object.entries(await derive())) writeFileSync(join(DERIVED, file), text);
}

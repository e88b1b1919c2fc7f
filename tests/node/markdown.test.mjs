// The Markdown pages, as sites show them: markdownlint has no finding, each page compiles as MDX
// (what Docusaurus and Fumadocs use) and is run, every link to an anchor arrives, and a reader sees
// each text of the catalog. Never looks at the source of a page but to pass it on; hostile catalogs
// and the other renderers are hostile-markdown.test.mjs's and tests/ecosystem's.

import assert from "node:assert/strict";
import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { evaluate } from "@mdx-js/mdx";
import remarkGfm from "remark-gfm";
import {
  catalogOf,
  committed,
  featuresCatalog,
  generate,
  hostile,
  local,
  spaced,
  temporaryFolder,
  tool,
  visible,
} from "./support.mjs";

/** What pages are made of. */
const ELEMENTS =
  "fragment h1 h2 h3 p strong a code wbr br ul li pre table thead tbody tr th td".split(" ");

const targets = ["markdown", "typescript", "json"];
const outputs = {
  tensorloop: committed,
  features: generate(featuresCatalog, targets),
};

for (const [label, folder] of Object.entries(outputs)) {
  const pages = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".md"));

  describe(`the pages of the ${label} catalog`, () => {
    test("markdownlint finds nothing", () => {
      assert.ok(pages.includes("markdown/errors.md"));
      assert.deepEqual(markdownlint(folder, pages), []);
    });

    for (const page of pages) {
      test(`${page} is MDX, and its links arrive`, async () => {
        const elements = await render(readFileSync(join(folder, page), "utf8"));
        assert.deepEqual(deadLinks(elements), []);
        // No text became a link, an image or anything else that MDX can make.
        const { docs, contact } = catalogOf(folder);
        const named = [docs, contact?.url, `mailto:${contact?.email}`];
        assert.deepEqual(
          hrefs(elements).filter((href) => !href.startsWith("#") && !named.includes(href)),
          [],
        );
        const types = new Set(all(elements, (element) => element?.type).map(({ type }) => type));
        assert.deepEqual(
          [...types].filter((type) => !ELEMENTS.includes(type)),
          [],
        );
      });
    }

    test("each error has its anchor, and its texts are shown", async () => {
      const page = await render(readFileSync(join(folder, "markdown/errors.md"), "utf8"));
      const anchors = all(page, (element) => element.type === "a" && element.props.id).map(
        ({ props }) => props.id,
      );
      const texts = all(page, (element) => ["p", "li", "td"].includes(element.type)).map(
        (element) => spaced(textOf(element)),
      );
      const isShown = (text) => texts.some((shown) => shown.includes(spaced(visible(text))));
      for (const surface of catalogOf(folder).surfaces) {
        for (const error of surface.errors) {
          assert.equal(
            anchors.filter((id) => id === error.anchor).length,
            1,
            `anchors ${error.anchor}`,
          );
          for (const text of [error.meaning, error.fix, ...error.doc])
            assert.ok(isShown(text), `not shown: ${text}`);
        }
      }
    });
  });
}

test("markdownlint finds nothing in the pages of the hostile catalogs", () => {
  for (const name of ["catalog/all", "catalog/mixed"]) {
    const findings = markdownlint(hostile(name), ["markdown/errors.md", "typescript/README.md"]);
    // What titles say is the catalog's; and the width of a cell of characters without width is more
    // than markdownlint can tell.
    const others = /MD024|MD026|MD060.*This rule threw an exception/;
    assert.deepEqual(findings.filter((finding) => !others.test(finding)), []);
  }
});

test("mistakes are found", async () => {
  await assert.rejects(render("a <br> b"), /Expected a closing tag/);
  await assert.rejects(render("a {1 + } b"), /Could not parse expression/);
  assert.deepEqual(deadLinks(await render('<a id="b"></a>\n\n[a](#a) [b](#b)')), ["#a"]);
  const folder = temporaryFolder();
  writeFileSync(join(folder, "page.md"), "# A\n\n\n\nb\n");
  assert.match(markdownlint(folder, ["page.md"]).join(), /MD012/);
});

/** What markdownlint says of pages, a finding a line. */
function markdownlint(folder, pages) {
  // It takes the configuration of the folder it runs in.
  const copy = temporaryFolder();
  cpSync(local(".markdownlint.yaml"), join(copy, ".markdownlint.yaml"));
  for (const page of pages) cpSync(join(folder, page), join(copy, page));
  const { stdout, stderr } = tool("markdownlint-cli2", pages, copy, [0, 1]);
  assert.match(stdout, new RegExp(`Linting: ${pages.length} file`));
  return stderr.split("\n").filter((line) => line !== "");
}

/** The elements of a page, as an MDX site makes them. */
async function render(source) {
  const jsx = (type, props) => (typeof type === "function" ? type(props) : { type, props });
  const options = {
    Fragment: "fragment",
    jsx,
    jsxs: jsx,
    remarkPlugins: [remarkGfm],
    baseUrl: import.meta.url,
  };
  const { default: content } = await evaluate(source, options);
  return content({});
}

/** Every element below one that fits. */
function all(element, fits) {
  const below = [element?.props?.children ?? []]
    .flat(Infinity)
    .flatMap((child) => all(child, fits));
  return fits(element) ? [element, ...below] : below;
}

/** Where the links of a page lead. */
const hrefs = (page) => all(page, (element) => element?.props?.href).map(({ props }) => props.href);

/** The links of a page to an anchor that it does not have. */
function deadLinks(page) {
  const anchors = all(page, (element) => element?.props?.id).map(({ props }) => `#${props.id}`);
  return hrefs(page).filter((href) => href.startsWith("#") && !anchors.includes(href));
}

function textOf(element) {
  if (typeof element === "string") return element;
  return [element?.props?.children ?? []].flat(Infinity).map(textOf).join("");
}

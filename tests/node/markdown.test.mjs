// The Markdown pages, as sites show them: markdownlint finds nothing, pages for MDX (Docusaurus and
// Fumadocs) compile and run, links lead to an anchor, and every renderer shows the same page. Hostile
// catalogs are in hostile-markdown.test.mjs, and renderers that don't run on Node in tests/ecosystem.

import assert from "node:assert/strict";
import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, test } from "node:test";
import matter from "gray-matter";
import { elements, extensionFor, renderers, textOf } from "./renderers.mjs";
import { compare, shown, withAnchors } from "./shown.mjs";
import {
  featuresCatalog,
  generate,
  hostile,
  local,
  temporaryFolder,
  tool,
} from "./support.mjs";

/** What pages are made of. */
const ELEMENTS =
  "fragment h1 h2 h3 h4 p strong a code wbr br ul ol li pre table thead tbody tr th td".split(" ");

const targets = ["markdown", "markdown-mdx", "typescript"];
const outputs = {
  tensorloop: generate(local("../../catalog/tensorloop.yaml"), targets),
  features: generate(featuresCatalog, targets),
};

for (const [label, folder] of Object.entries(outputs)) {
  const files = readdirSync(folder, { recursive: true });
  const pages = files.filter((file) => file.endsWith(".md"));

  describe(`the pages of the ${label} catalog`, () => {
    test("markdownlint finds nothing", () => {
      assert.ok(pages.includes("markdown/errors.md"));
      assert.deepEqual(markdownlint(folder, pages), []);
    });

    for (const page of files.filter((file) => /\.mdx?$/.test(file))) {
      test(`the links of ${page} arrive`, async () => {
        const renderer = page.endsWith(".mdx") ? "mdx" : "gfm";
        const tree = await renderers[renderer](readFileSync(join(folder, page), "utf8"));
        assert.deepEqual(deadLinks(tree), []);
        // No text became a link, an image or anything else, except URLs that are shown.
        const others = [...elements(tree)].filter(({ attributes: { href } }) => href && !href.startsWith("#"));
        assert.deepEqual(others.map(({ attributes: { href } }) => href), others.map(textOf));
        const names = [...elements(tree)].map(({ name }) => name);
        assert.deepEqual(names.filter((name) => !ELEMENTS.includes(name)), []);
      });
    }
  });
}

/** The pages that cargo test makes of the catalogs without malice. */
const made = hostile("../pages");
const catalogs = readdirSync(made);
const read = (name, file) => readFileSync(join(resolve(made), name, file), "utf8");
const wanted = (name) => JSON.parse(read(name, "shown.json"));

describe("every renderer shows all of a page", () => {
  for (const renderer of Object.keys(renderers)) {
    test(renderer, async () => {
      assert.ok(catalogs.includes("tensorloop") && catalogs.includes("features"));
      for (const name of catalogs) {
        await compare(renderer, read(name, `errors.${extensionFor(renderer)}`), wanted(name));
      }
    });
  }

  for (const renderer of ["mdx", "vitepress"]) {
    test(`${renderer}, with frontmatter`, async () => {
      for (const name of catalogs) {
        const { data, content } = matter(read(name, `frontmatter.${extensionFor(renderer)}`));
        const { blocks, links } = wanted(name);
        const [[, title], ...rest] = blocks;
        assert.equal(data.title, title);
        if (data.description !== undefined) assert.deepEqual(rest[0], ["p", data.description]);
        await compare(renderer, content, { blocks: rest, links });
      }
    });
  }
});

describe("the pages for a site show the same, with ids in their headings", () => {
  test("VitePress", async () => {
    for (const name of catalogs) {
      await compare("vitepress", read(name, "vitepress.md"), wanted(name), true);
    }
  });

  for (const site of ["docusaurus", "fumadocs"]) {
    test(site, async () => {
      for (const name of catalogs) {
        const page = read(name, `${site}.mdx`);
        // Without the site, its syntax shows unless it is a comment.
        const { blocks } = await shown("mdx", page);
        assert.equal(blocks.some(([kind, text]) => kind === "h2" && text.endsWith("]")), site === "fumadocs");
        await compare("mdx", withAnchors(page, site), wanted(name));
      }
    });
  }
});

describe("an index and a page for each API", () => {
  for (const renderer of Object.keys(renderers)) {
    test(renderer, async () => {
      for (const name of catalogs) {
        const pages = Object.entries(JSON.parse(read(name, "split/shown.json")));
        assert.ok(pages.length > 1);
        for (const [page, wanted] of pages) {
          const file = page.replace(/md$/, extensionFor(renderer));
          await compare(renderer, read(name, `split/${file}`), wanted);
        }
      }
    });
  }

  test("markdownlint finds nothing", () => {
    for (const name of catalogs) {
      const pages = Object.keys(JSON.parse(read(name, "split/shown.json")));
      assert.deepEqual(markdownlint(join(resolve(made), name, "split"), pages), []);
    }
  });
});

test("markdownlint finds nothing in pages with frontmatter, or with ids in their headings", () => {
  const folder = temporaryFolder();
  const files = catalogs.flatMap((name) => {
    return ["frontmatter", "vitepress"].map((form) => {
      writeFileSync(join(folder, `${name}-${form}.md`), read(name, `${form}.md`));
      return `${name}-${form}.md`;
    });
  });
  // It doesn't read an id with a dot or a capital; that links arrive is tested above.
  const others = (finding) => !/-vitepress.md:.* MD051/.test(finding);
  assert.deepEqual(markdownlint(folder, files).filter(others), []);
});

test("markdownlint finds nothing in the pages of the hostile catalogs", () => {
  for (const name of ["catalog/all", "catalog/mixed"]) {
    const findings = markdownlint(hostile(name), ["markdown/errors.md", "typescript/README.md"]);
    // The catalog decides what titles say. And markdownlint miscounts the width of cells with
    // characters of no width.
    const others = /MD024|MD026|MD060.*This rule threw an exception/;
    assert.deepEqual(findings.filter((finding) => !others.test(finding)), []);
  }
});

test("mistakes are found", async () => {
  await assert.rejects(renderers.mdx("a <br> b"), /Expected a closing tag/);
  await assert.rejects(renderers.mdx("a {1 + } b"), /Could not parse expression/);
  const page = await renderers.mdx('<a id="b"></a>\n\n[a](#a) [b](#b)');
  assert.deepEqual(deadLinks(page), ["#a"]);
  const folder = temporaryFolder();
  writeFileSync(join(folder, "page.md"), "# A\n\n\n\nb\n");
  assert.match(markdownlint(folder, ["page.md"]).join(), /MD012/);
});

/** What markdownlint says about pages, a finding a line. */
function markdownlint(folder, pages) {
  // It takes the configuration of the folder it runs in.
  const copy = temporaryFolder();
  cpSync(local(".markdownlint.yaml"), join(copy, ".markdownlint.yaml"));
  for (const page of pages) cpSync(join(folder, page), join(copy, page));
  const { stdout, stderr } = tool("markdownlint-cli2", pages, copy, [0, 1]);
  assert.match(stdout, new RegExp(`Linting: ${pages.length} file`));
  return stderr.split("\n").filter((line) => line !== "");
}

/** A member of every element that has it. */
const members = (tree, name) =>
  [...elements(tree)].map(({ attributes }) => attributes[name]).filter((value) => value !== undefined);

/** Where the links of a page lead. */
const hrefs = (tree) => members(tree, "href");

/** The links of a page to an anchor that it does not have. */
function deadLinks(tree) {
  const anchors = members(tree, "id").map((id) => `#${id}`);
  return hrefs(tree).filter((href) => href.startsWith("#") && !anchors.includes(href));
}

// The Markdown of the hostile catalogs in every Node renderer: each text shows where it belongs,
// equal except for runs of white space, and no part of it became an element, a link or code.
// The pages in `pages` are small: between them they have each text in each field. `all` and `mixed`
// have hundreds of texts.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { describe, test } from "node:test";
import matter from "gray-matter";
import { extensionFor, renderers } from "./renderers.mjs";
import { compare, shown, withAnchors } from "./shown.mjs";
import { hostile, hostileInput, spaced, visible } from "./support.mjs";

/** What a reader sees of a text. */
const seen = (text) => spaced(visible(text));

/** The same, with the full stop that pages add to a text without a mark at its end. */
const sentence = (text) => seen(/[.!?…。！？:;]$/u.test(text) ? text : `${text}.`);

const pages = readdirSync(hostile("pages")).filter((name) => /^p\d+\.yaml$/.test(name));
const names = pages.map((name) => `pages/${name.replace(".yaml", "")}`);
const page = (name, file = "markdown/errors.md") => readFileSync(hostile(`${name}/${file}`), "utf8");
const wanted = (name) => JSON.parse(page(name, "markdown/shown.json"));

/** Catalogs of hundreds of texts. */
const large = ["catalog/all", "catalog/mixed"];

test("there are hundreds of pages", () => assert.ok(names.length > 300));

for (const renderer of Object.keys(renderers)) {
  const file = renderer === "mdx" ? "markdown-mdx/errors.mdx" : "markdown/errors.md";
  describe(`in ${renderer}`, () => {
    test("each field of a page shows its text, and no text acts", async () => {
      for (const name of names) {
        await compare(renderer, page(name, file), wanted(name));
        // GitHub, npm and crates.io show the READMEs. All of them read GFM.
        if (renderer !== "gfm") continue;
        const { intro, surfaces: [surface] } = hostileInput(name);
        const { blocks: readme } = await shown(renderer, page(name, "typescript/README.md"));
        assert.ok(readme.some(([kind, shown]) => kind === "h2" && shown === seen(surface.title)));
        assert.ok(readme.some(([kind, shown]) => kind === "p" && shown === sentence(intro)));
        const { blocks: crate } = await shown(renderer, page(name, "rust/README.md"));
        assert.equal(crate.find(([kind]) => kind === "p")[1], sentence(intro));
        assert.equal(crate.filter(([kind]) => kind === "td")[1][1], seen(surface.title));
      }
    });

    for (const name of large) {
      test(`the page of ${name} shows its texts`, () => compare(renderer, page(name, file), wanted(name)));
    }

    test("so do an index and a page for each API", async () => {
      const name = "catalog/mixed";
      for (const [path, wanted] of Object.entries(JSON.parse(page(name, "split/shown.json")))) {
        const source = page(name, `split/${path.replace(/md$/, extensionFor(renderer))}`);
        await compare(renderer, source, wanted);
      }
    });
  });
}

test("so do pages with ids in their headings", async () => {
  for (const name of [...names.slice(0, 50), "catalog/mixed"]) {
    await compare("vitepress", page(name, "vitepress/errors.md"), wanted(name), true);
    const mdx = withAnchors(page(name, "fumadocs/errors.mdx"), "fumadocs");
    await compare("mdx", mdx, wanted(name));
  }
});

test("frontmatter is data, and the rest is the same page", () => {
  for (const name of [...names, ...large]) {
    const { data, content } = matter(page(name, "frontmatter/errors.md"));
    const { title, intro } = hostileInput(name);
    // A backslash would act in Docusaurus.
    const inert = (text) => text && visible(text).replaceAll("\\", "∖");
    assert.equal(data.title, inert(title));
    assert.equal(data.description, inert(intro));
    assert.ok(Object.keys(data).length <= 2);
    assert.equal(content, page(name).replace(/^# .*\n\n<!-- Code generated .* -->\n/, ""));
  }
});

test("mistakes are found", async () => {
  const mistakes = {
    "a *b* c": /<em>/,
    "![b](c)": /<img>/,
    "[b](http://a.example)": /a link to/,
    "[b](b.html)": /a link to/,
    "<div onclick='b()'>c</div>": /onclick/,
  };
  for (const [markdown, message] of Object.entries(mistakes)) {
    await assert.rejects(shown("vitepress", `# A\n\n${markdown}\n`), message);
  }
  // Evaluated code is seen as its result.
  assert.equal((await shown("vitepress", "# A\n\n{{ 1 + 1 }}\n")).blocks.at(-1)[1], "2");
  assert.equal((await shown("mdx", "# A\n\nb {1 + 1}\n")).blocks.at(-1)[1], "b 2");
  const wanted = { blocks: [["h1", "A"], ["a", "b"], ["p", "c"]], links: ["#b"] };
  const right = '# A\n\n<a id="b"></a>\n\n[c](#b)\n';
  await compare("mdx", right, wanted);
  for (const wrong of [right.replace("#b", "#d"), right.replace("<a", "<a id='e'></a><a"), `${right}d\n`]) {
    await assert.rejects(compare("mdx", wrong, wanted));
  }
});

// The Markdown of the hostile catalogs in every renderer of Node: each text is seen where it
// belongs, equal but for runs of white space, and nothing of it became an element, a link or code.
// The pages of `pages` hold one text each, in every field; `all` and `mixed` hold hundreds.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { elements, rawTextOf, renderers, textOf } from "./renderers.mjs";
import { catalogOf, hostile, hostileInput, spaced, temporaryFolder, visible } from "./support.mjs";

/** What pages are made of. */
const ELEMENTS = new Set(
  "fragment h1 h2 h3 p strong a code span wbr ul li pre table thead tbody tr th td".split(" "),
);
/** What VitePress adds, with the class by which it is known. */
const DECORATION = /^(header-anchor|language-.*|copy|lang)$/;
const ATTRIBUTES = new Set(["id", "href", "class", "style", "align", "tabindex", "v-pre"]);

/** What a reader sees of a text. */
const seen = (text) => spaced(visible(text));

/** The same, with the full stop that pages add to a text without a mark at its end. */
const sentence = (text) => seen(/[.!?…。！？:;]$/u.test(text) ? text : `${text}.`);

/** A page as a tool shows it: its blocks, each with its text, after a check that nothing acts. */
async function shown(renderer, file) {
  const tree = await renderers[renderer](readFileSync(file, "utf8"));
  const blocks = [];
  const visit = (element) => {
    const { name, attributes, children } = element;
    if (DECORATION.test(attributes.class?.split(" ")[0]) && name !== "div") return;
    if (name !== "div" || !attributes.class) {
      assert.ok(ELEMENTS.has(name) || name === "div", `<${name}> in ${file}: ${textOf(element)}`);
      for (const [key, value] of Object.entries(attributes)) {
        assert.ok(ATTRIBUTES.has(key) || name === "pre", `${key}="${value}" in ${file}`);
        if (key === "href") assert.match(value, /^#/, `a link to ${value} in ${file}`);
      }
    }
    if (/^(h[1-6]|p|li|td|th)$/.test(name)) blocks.push({ name, text: textOf(plain(element)) });
    else if (name === "pre") blocks.push({ name, text: rawTextOf(element) });
    // MDX takes a paragraph of nothing but code for a block of its own.
    else if (["code", "span"].includes(name)) blocks.push({ name: "p", text: textOf(element) });
    if (name === "pre") return;
    const isBlock = /^(fragment|div|ul|table|thead|tbody|tr)$/.test(name);
    for (const child of children) {
      if (typeof child === "string") {
        if (isBlock) assert.equal(spaced(child), "", `text outside of blocks in ${file}`);
      } else if (isBlock) visit(child);
      else check(child, file);
    }
  };
  visit(tree);
  return blocks;
}

/** Checks what stands in a block. */
function check(element, file) {
  for (const { name, attributes } of elements(element)) {
    if (attributes.class === "header-anchor") continue;
    assert.ok(["a", "code", "span", "strong", "wbr"].includes(name), `<${name}> in ${file}`);
    for (const [key, value] of Object.entries(attributes)) {
      assert.ok(["href", "id"].includes(key), `${key}="${value}" in ${file}`);
      if (key === "href") assert.match(value, /^#/, `a link to ${value} in ${file}`);
    }
  }
}

/** An element without what VitePress adds to headings. */
const plain = (element) => ({
  ...element,
  children: element.children.filter((child) => child.attributes?.class !== "header-anchor"),
});

for (const renderer of Object.keys(renderers)) {
  // CommonMark has no tables: their rows are a paragraph, whose markup is checked all the same.
  const hasTables = renderer !== "commonmark";

  describe(`in ${renderer}`, () => {
    test("a page shows its text in every field, and nothing of it acts", async () => {
      const files = readdirSync(hostile("pages")).filter((name) => /^p\d+\.yaml$/.test(name));
      assert.ok(files.length > 300);
      for (const file of files) {
        const name = `pages/${file.replace(".yaml", "")}`;
        const { title: text } = hostileInput(name);
        const blocks = await shown(renderer, hostile(`${name}/markdown/errors.md`));
        const of = (kind) => blocks.filter((one) => one.name === kind).map((one) => one.text);
        assert.equal(of("h1")[0], seen(text));
        assert.equal(of("h2")[1], seen(text));
        assert.equal(of("p")[0], seen(text));
        assert.ok(of("p").includes(`HTTP 400. ${sentence(text)} ${sentence(text)}`), text);
        if (hasTables) assert.deepEqual(of("td").slice(2, 4), [seen(text), seen(text)]);
        assert.deepEqual(
          of("pre").map((json) => JSON.parse(json)),
          [{ error: "broken" }, { error: "broken" }],
        );
        const package_ = await shown(renderer, hostile(`${name}/typescript/README.md`));
        assert.ok(package_.some((one) => one.name === "h2" && one.text === seen(text)));
        assert.ok(package_.some((one) => one.name === "p" && one.text === sentence(text)));
        const crate = await shown(renderer, hostile(`${name}/rust/README.md`));
        const intro = crate.findIndex((one) => one.name === "p");
        assert.equal(crate[intro].text, sentence(text));
        if (hasTables) assert.equal(crate.filter((one) => one.name === "td")[1].text, seen(text));
      }
    });

    for (const name of ["catalog/all", "catalog/mixed"]) {
      test(`each error of ${name} shows its texts`, async () => {
        const blocks = await shown(renderer, hostile(`${name}/markdown/errors.md`));
        const cells = blocks.filter((one) => one.name === "td").map((one) => one.text);
        const sections = sectionsOf(blocks);
        let row = 0;
        for (const [s, surface] of hostileInput(name).surfaces.entries()) {
          const resolved = catalogOf(hostile(name)).surfaces[s];
          const columns = surface.id === "statuses" ? 4 : 5;
          for (const [e, error] of surface.errors.entries()) {
            if (hasTables) {
              const texts = [seen(error.meaning), seen(error.fix)];
              assert.deepEqual(cells.slice(row + columns - 3, row + columns - 1), texts);
              row += columns;
            }
            const section = sections.shift();
            assert.ok(section[0].text.startsWith(error.code ?? error.name), section[0].text);
            const paragraphs = section.filter((one) => one.name === "p").map((one) => one.text);
            const says = `HTTP ${error.status}. ${sentence(error.meaning)} ${sentence(error.fix)}`;
            const wanted = [says, ...(error.doc?.split("\n\n") ?? []).map(seen)];
            if (error.deprecated?.note)
              wanted.push(`Deprecated since 1.0.0. Use c1 instead. ${sentence(error.deprecated.note)}`);
            for (const text of wanted) assert.ok(paragraphs.includes(text), `${error.code}: ${text}`);
            const params = section.filter((one) => one.name === "li").map((one) => one.text);
            assert.deepEqual(
              params,
              Object.entries(error.params ?? {}).map(
                ([key, param]) => `${key}: ${sentence(param.meaning ?? param)}`,
              ),
            );
            const json = section.filter((one) => one.name === "pre").map((one) => one.text);
            assert.deepEqual(json.map((one) => JSON.parse(one)), [resolved.errors[e].body]);
          }
          for (const retired of surface.retired ?? []) {
            const [heading, note] = sections.shift();
            assert.ok(heading.text.startsWith(retired.code));
            assert.equal(note.text, `Retired. ${sentence(retired.note)}`);
          }
        }
        assert.deepEqual(sections, []);
      });
    }
  });
}

/** The blocks below each heading of an error. */
function sectionsOf(blocks) {
  const sections = [];
  let isIn = false;
  for (const block of blocks) {
    if (block.name === "h3") sections.push([]);
    isIn = block.name === "h3" || (isIn && !/^h[12]$/.test(block.name));
    if (isIn) sections.at(-1).push(block);
  }
  return sections;
}

test("a mistake is found", async () => {
  const file = join(temporaryFolder(), "page.md");
  const mistakes = {
    "a *b* c": /<em>/,
    "![b](c)": /<img>/,
    "http://a.example": /a link to/,
    "<div onclick='b()'>c</div>": /onclick/,
  };
  for (const [markdown, message] of Object.entries(mistakes)) {
    writeFileSync(file, `# A\n\n${markdown}\n`);
    await assert.rejects(shown("vitepress", file), message);
  }
  // What is evaluated is seen as what it becomes.
  writeFileSync(file, "# A\n\n{{ 1 + 1 }}\n");
  assert.equal((await shown("vitepress", file)).at(-1).text, "2");
  writeFileSync(file, "# A\n\nb {1 + 1}\n");
  assert.equal((await shown("mdx", file)).at(-1).text, "b 2");
});

// What a reader sees of a page in a tool: its blocks, anchors and links in their order, after a check
// that no text of it became an element, a link or code. `shown.json` next to a page, which cargo test
// writes, says what they should be. Reads the source of a page only to pass it on.

import assert from "node:assert/strict";
import { elements, rawTextOf, renderers, textOf } from "./renderers.mjs";

/** What pages are made of. */
const ELEMENTS = new Set(
  "fragment h1 h2 h3 h4 p strong a code span wbr br ul ol li pre table thead tbody tr th td".split(" "),
);
/** What VitePress adds, with the class by which it is known. */
const DECORATION = /^(header-anchor|language-.*|copy|lang)$/;
const ATTRIBUTES = new Set(["id", "href", "class", "style", "align", "tabindex", "v-pre"]);
/** What VitePress adds to links that leave the site. */
const OUTWARD = { target: "_blank", rel: "noreferrer" };
/** Links within a page, and those between the pages of several APIs. */
const OWN = /^(#|(\.\/)?errors\/\w+\.\w+(#|$)|(\.\/)?\.\.\/errors\.\w+#)/;
const isUrl = (href) => /^https?:\/\//.test(href);

/**
 * A page as a tool shows it: `[kind, text]` a block, `["a", id]` an anchor, and where links lead. An id
 * that a heading has is an anchor if `isAnchor` says so: tools give others to the rest.
 */
export async function shown(renderer, source, isAnchor = () => false) {
  const tree = await renderers[renderer](source);
  const blocks = [];
  const links = [];
  const visit = (element) => {
    const { name, attributes, children } = element;
    if (DECORATION.test(attributes.class?.split(" ")[0]) && name !== "div") return;
    if (name !== "div" || !attributes.class) {
      assert.ok(ELEMENTS.has(name) || name === "div", `<${name}>: ${textOf(element)}`);
      for (const [key, value] of Object.entries(attributes)) {
        assert.ok(ATTRIBUTES.has(key) || name === "pre" || OUTWARD[key] === value, `${key}="${value}"`);
      }
    }
    note(element);
    if (isAnchor(attributes.id) && /^h/.test(name)) blocks.push(["a", attributes.id]);
    if (name === "pre") blocks.push([name, rawTextOf(element)]);
    // MDX takes a paragraph of nothing but code for a block of its own.
    else if (["code", "span"].includes(name)) blocks.push(["p", textOf(element)]);
    if (name === "pre") return;
    const isBlock = /^(fragment|div|ul|ol|table|thead|tbody|tr)$/.test(name);
    for (const child of children) {
      if (typeof child === "string") {
        if (isBlock) assert.equal(child.trim(), "", "text outside of blocks");
      } else if (isBlock) visit(child);
      else check(child);
    }
    // After the anchors in it.
    if (/^(h[1-6]|p|li|td|th)$/.test(name)) blocks.push([name, textOf(plain(element))]);
  };
  /** Anchors and links, wherever they are. */
  const note = (element) => {
    const { name, attributes, children } = element;
    if (name !== "a") return;
    const { id, href } = attributes;
    if (id !== undefined) {
      assert.deepEqual([href, children], [undefined, []]);
      blocks.push(["a", id]);
    } else {
      if (isUrl(href)) assert.equal(textOf(element), href, `a link to ${href}`);
      else assert.match(String(href), OWN, `a link to ${href}`);
      // VitePress knows how it publishes pages.
      links.push(isUrl(href) ? href : href.replace("./../", "../").replace(/\.(html|mdx)(?=#|$)/, ".md"));
    }
  };
  /** Checks what is in a block. */
  const check = (inner) => {
    for (const element of elements(inner)) {
      if (element.attributes.class === "header-anchor") continue;
      assert.ok(["a", "br", "code", "span", "strong", "wbr"].includes(element.name), `<${element.name}>`);
      note(element);
      for (const [key, value] of Object.entries(element.attributes)) {
        assert.ok(["href", "id"].includes(key) || OUTWARD[key] === value, `${key}="${value}"`);
      }
    }
  };
  visit(tree);
  // A paragraph without words is one of anchors.
  return { blocks: blocks.filter(([kind, text]) => kind !== "p" || text !== ""), links };
}

/** Compares what a tool shows of a page with what readers should see. `hasIds` says that headings have anchors. */
export async function compare(renderer, source, wanted, hasIds = false) {
  const ids = new Set(wanted.blocks.filter(([kind]) => kind === "a").map(([, id]) => id));
  const { blocks, links } = await shown(renderer, source, (id) => hasIds && ids.has(id));
  // CommonMark has no tables: their rows are a paragraph, whose markup is checked all the same.
  const hasTables = renderer !== "commonmark";
  const isRow = ([kind, text]) => kind === "p" && /^\| (Code|HTTP|Operation|Retry)\b.* \| --- /.test(text);
  const made = sorted(hasTables ? blocks : blocks.filter((block) => !isRow(block)));
  const want = sorted(hasTables ? wanted.blocks : wanted.blocks.filter(([kind]) => !/^t[hd]$/.test(kind)));
  const parsed = made.map(([kind, text], at) => {
    if (kind === "pre") return [kind, JSON.parse(text)];
    // The sentences about the strategy.
    return kind === "p" && want[at]?.[1] === "*" ? [kind, "*"] : [kind, text];
  });
  assert.deepEqual(parsed, want);
  assert.deepEqual(links, wanted.links);
  const anchors = made.filter(([kind]) => kind === "a").map(([, id]) => `#${id}`);
  assert.deepEqual(new Set(anchors).size, anchors.length, "an anchor is there twice");
  assert.deepEqual(links.filter((link) => link.startsWith("#") && !anchors.includes(link)), []);
}

/** How a site writes the id of a heading in MDX. */
const IDS = {
  docusaurus: / \{\/\* #([-.:/\w]+) \*\/\}$/,
  fumadocs: / \[#([-.:/\w]+)\]$/,
};

/** A page for a site with each heading's id as an anchor before it: MDX leaves it to the site to read it. */
export function withAnchors(page, site) {
  const lines = page.split("\n").map((line) => {
    const id = line.startsWith("#") && IDS[site].exec(line);
    return id ? `<a id="${id[1]}"></a>\n\n${line.replace(IDS[site], "")}` : line;
  });
  return lines.join("\n");
}

/** Blocks, with neighboring anchors sorted. A heading with an id has its other anchors before it. */
function sorted(blocks) {
  const out = [];
  for (const block of blocks) {
    let at = out.length;
    if (block[0] === "a") while (out[at - 1]?.[0] === "a" && out[at - 1][1] > block[1]) at--;
    out.splice(at, 0, block);
  }
  return out;
}

/** An element without what VitePress adds to headings. */
const plain = (element) => ({
  ...element,
  children: element.children.filter((child) => child.attributes?.class !== "header-anchor"),
});

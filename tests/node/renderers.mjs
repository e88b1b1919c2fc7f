// Markdown as each tool shows it, as one kind of tree: `{name, attributes, children}`, with texts as
// strings. Tools that evaluate a page (MDX, Vue) have evaluated it when the tree is there. Reads the
// source of a page only to pass it on.

import { evaluate } from "@mdx-js/mdx";
import { HtmlRenderer, Parser } from "commonmark";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { parseFragment } from "parse5";
import remarkGfm from "remark-gfm";
import { createMarkdownRenderer } from "vitepress";
import { createSSRApp } from "vue";
import { renderToString } from "vue/server-renderer";
import { spaced, temporaryFolder } from "./support.mjs";

const vitepress = await createMarkdownRenderer(temporaryFolder());

/** The tools, by name: each makes the tree of a page. */
export const renderers = {
  commonmark: (page) => fromHtml(new HtmlRenderer().render(new Parser().parse(page))),
  gfm: (page) =>
    fromHtml(
      micromark(page, {
        allowDangerousHtml: true,
        extensions: [gfm()],
        htmlExtensions: [gfmHtml()],
      }),
    ),
  mdx,
  vitepress: async (page) => {
    // What VitePress makes is the template of a Vue component.
    const app = createSSRApp({ template: `<div>${vitepress.render(page)}</div>` });
    return fromHtml(await renderToString(app));
  },
};

async function mdx(page) {
  const jsx = (type, props) =>
    typeof type === "function"
      ? type(props)
      : {
          name: typeof type === "string" ? type : undefined,
          attributes: Object.fromEntries(
            Object.entries(props).filter(([name]) => name !== "children"),
          ),
          // What an expression became is a text.
          children: [props.children ?? []]
            .flat(Infinity)
            .map((child) => (child?.name ? child : String(child))),
        };
  const options = { Fragment: "fragment", jsx, jsxs: jsx, baseUrl: import.meta.url };
  const { default: content } = await evaluate(page, { ...options, remarkPlugins: [remarkGfm] });
  return content({});
}

export function fromHtml(html) {
  return { name: "fragment", attributes: {}, children: childrenOf(parseFragment(html)) };
}

/** Nobody sees comments. */
const childrenOf = ({ childNodes = [] }) =>
  childNodes.filter(({ nodeName }) => nodeName !== "#comment").map(from);

function from(node) {
  if (node.nodeName === "#text") return node.value;
  const attributes = Object.fromEntries((node.attrs ?? []).map(({ name, value }) => [name, value]));
  return { name: node.nodeName, attributes, children: childrenOf(node) };
}

/** The extension of pages for a tool. */
export const extensionFor = (renderer) => (renderer === "mdx" ? "mdx" : "md");

/** Every element of a tree, from the outside in. */
export function* elements(tree) {
  if (typeof tree === "string") return;
  yield tree;
  for (const child of tree.children) yield* elements(child);
}

/** The text of a tree, with runs of white space as one space, as HTML shows it. */
export const textOf = (tree) => spaced(rawTextOf(tree));

/** The text of a tree as it is. */
export const rawTextOf = (tree) => {
  if (typeof tree !== "object") return String(tree);
  return tree.name === "br" ? "\n" : tree.children.map(rawTextOf).join("");
};

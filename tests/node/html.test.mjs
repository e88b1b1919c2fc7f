// The page of the target `html`, as parse5 reads it, without a browser: it is valid, says what the catalog says, and
// no text of the catalog acts. The style and the script are the same for every catalog. html-page.mjs uses the page
// in Chromium.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { parse } from "parse5";
import prettier from "prettier";
import { anchor, large } from "./html-kit.mjs";
import { DERIVED, SOURCES, derive, hash } from "./html-runtime.mjs";
import { catalogOf, committed, featuresCatalog, generate, hostile, local, spaced, temporaryFolder, visible } from "./support.mjs";
import { STRICT, findings } from "./typescript-kit.mjs";

const sources = readdirSync(SOURCES).map((file) => join(SOURCES, file));
const scripts = sources.filter((file) => file.endsWith(".js"));

describe("the style and the script", () => {
  test("are made of their sources", async () => {
    for (const [file, text] of Object.entries(await derive())) {
      const made = readFileSync(join(DERIVED, file), "utf8");
      assert.ok(made === text, `${file} is out of date; run: node tests/node/html-runtime.mjs`);
    }
  });

  test("can be in a page", async () => {
    const { "page.css": style, "page.js": script } = await derive();
    assert.doesNotMatch(style, /<\/|@import|url\(/);
    assert.doesNotMatch(script, /<\/|<!--|<script|innerHTML|insertAdjacent|document\.write|fetch|eval|import\(/);
  });

  test("compile with every strict flag", () => {
    const flags = { allowJs: true, checkJs: true, lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"] };
    assert.deepEqual(findings(scripts, { ...STRICT, ...flags, types: [], noUnusedParameters: true }), []);
  });

  test("are formatted as Prettier does by default", async () => {
    for (const file of sources) {
      assert.ok(await prettier.check(readFileSync(file, "utf8"), { filepath: file }), file);
    }
  });
});

/** Every element below a node, with the node itself. */
const elements = (node) => (node.childNodes ?? []).flatMap((child) => (child.tagName ? [child, ...elements(child)] : []));
const attribute = (element, name) => element.attrs.find((one) => one.name === name)?.value;
const rawText = (node) => node.value ?? (node.childNodes ?? []).map(rawText).join("");
const text = (node) => spaced(rawText(node));
const named = (node, ...names) => elements(node).filter(({ tagName }) => names.includes(tagName));

/** What pages are made of, and what each element may have. */
const ELEMENTS = {
  ...{ html: ["lang"], head: [], meta: ["charset", "http-equiv", "content", "name"], title: [], style: [], script: [] },
  ...{ body: [], header: [], main: [], nav: ["aria-label"], section: ["id", "class", "data-code"], div: ["class"] },
  ...{ h1: [], h2: [], h3: ["id"], p: [], ul: [], ol: [], li: [], dl: [], dt: [], dd: [], pre: [] },
  ...{ a: ["href"], b: ["class"], span: ["id"], code: ["class"], wbr: [], br: [] },
  ...{ form: ["role", "hidden"], select: ["name", "aria-label"], option: ["value"], output: [] },
  textarea: ["rows", "aria-label", "placeholder", "autocapitalize", "autocomplete", "spellcheck", "aria-keyshortcuts"],
  ...{ svg: ["viewBox", "aria-hidden"], path: ["d"] },
};

/** A page as parse5 reads it, if it is valid and made of nothing else. */
function read(html) {
  const errors = [];
  const page = parse(html, { onParseError: ({ code }) => errors.push(code), sourceCodeLocationInfo: true });
  // Unicode has characters that mean nothing. Texts with them are shown all the same.
  assert.deepEqual(errors.filter((code) => code !== "noncharacter-in-input-stream"), []);
  for (const element of elements(page)) {
    assert.ok(ELEMENTS[element.tagName], `<${element.tagName}>`);
    for (const { name } of element.attrs) {
      assert.ok(ELEMENTS[element.tagName].includes(name), `${name} of <${element.tagName}>`);
    }
    if (element.tagName === "a" && !attribute(element, "href").startsWith("#")) {
      assert.match(text(element), /^https?:\/\//);
      assert.equal(attribute(element, "href"), rawText(element));
    }
    if (element.tagName === "path") assert.match(attribute(element, "d"), /^(M\d+ 20h(0|1000))+$/);
    // Only elements that close themselves in HTML have no end tag.
    const hasEnd = Boolean(element.sourceCodeLocation?.endTag);
    assert.equal(hasEnd, !["meta", "wbr", "br", "path"].includes(element.tagName), `<${element.tagName}>`);
  }
  const ids = elements(page).map((element) => attribute(element, "id")).filter((id) => id !== undefined);
  assert.equal(new Set(ids).size, ids.length, "an id is there twice");
  const links = named(page, "a").map((link) => attribute(link, "href")).filter((href) => href.startsWith("#"));
  assert.deepEqual(links.filter((href) => !ids.includes(href.slice(1))), [], "links that lead nowhere");
  return { page, ids };
}

/** The shapes that a page shows: those that look the same once. */
function shapes({ surfaces }) {
  const groups = new Map();
  for (const surface of surfaces) {
    const { intro, media_type, sample, errors_path, wait_place, placeholders } = surface.shape;
    const key = JSON.stringify({ intro, media_type, sample, errors_path, wait_place, placeholders });
    const group = groups.get(key) ?? { shape: surface.shape, surfaces: [] };
    group.surfaces.push(surface);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** A text with a full stop, unless it ends with a mark of its own. */
const sentence = (text) => spaced(visible(/[.!?…。！？:;]$/u.test(text) ? text : `${text}.`));
const seen = (text) => spaced(visible(text));

/** What the section of an error says that is a text of the catalog, in its order. */
function textsOf(error) {
  const { deprecated, fix, params, doc, see } = error;
  return [
    ...(deprecated?.note ? [sentence(deprecated.note)] : []),
    sentence(error.meaning),
    ...(fix === null ? [] : [`Fix: ${sentence(fix)}`]),
    ...doc.flatMap(({ text, items }) => (items ?? [text]).map(seen)),
    ...params.map(({ place, meaning }) => `${spaced(place)}: ${sentence(meaning)}`),
    ...error.operations.map((operation) => spaced(operation)),
    ...see,
  ];
}

/** Compares a page with the catalog that it was made of. */
function compare(html, catalog) {
  const { page, ids } = read(html);
  assert.equal(text(named(page, "title")[0]), seen(catalog.title));
  assert.equal(text(named(page, "h1")[0]), seen(catalog.title));
  if (catalog.intro) assert.equal(text(named(page, "p")[0]), seen(catalog.intro));
  const sections = new Map(named(page, "section").map((one) => [attribute(one, "id"), one]));
  const options = named(page, "option").map((option) => [attribute(option, "value"), text(option)]);
  for (const surface of catalog.surfaces) {
    const ofSurface = sections.get(surface.id);
    assert.equal(text(named(ofSurface, "h2")[0]), seen(surface.title));
    if (catalog.surfaces.length > 1) {
      assert.ok(options.some(([id, title]) => id === surface.id && title === spaced(visible(surface.title))), surface.id);
    }
    const { code } = surface.shape;
    const place = attribute(ofSurface, "data-code");
    assert.deepEqual(place && JSON.parse(place), code ? [code.path, code.prefix, code.suffix] : undefined);
    for (const error of surface.errors) {
      const section = sections.get(anchor(error.anchor));
      const [heading] = named(section, "h3");
      const names = [error.code, error.name].filter((name) => name !== null).map((name) => spaced(String(name)));
      const written = named(heading, "code").map(text);
      assert.deepEqual(written, [...new Set(names)]);
      assert.equal(text(named(heading, "span")[0]), error.statuses.join(" / "));
      const blocks = named(section, "p", "li").map(text);
      let at = 0;
      for (const wanted of textsOf(error)) {
        const found = blocks.findIndex((block, index) => index >= at && block.includes(wanted));
        assert.ok(found >= 0, `${error.anchor} does not say: ${wanted}\n${blocks.join("\n")}`);
        at = found;
      }
      assert.deepEqual(JSON.parse(rawText(named(section, "pre")[0])), error.body);
      for (const id of [error.anchor, ...error.aliases]) assert.ok(ids.includes(anchor(id)), id);
      const words = named(heading, "b").map(text);
      assert.deepEqual(words, error.retry_summary === null ? [] : [error.retry_summary]);
      const kinds = named(heading, "b").map((one) => attribute(one, "class"));
      assert.deepEqual(kinds, error.retried_statuses === null ? [] : [error.retry?.retries ? "yes" : "no"]);
      if (error.retry) assert.ok(blocks.some((block) => block.startsWith(error.retry_text)), error.retry_text);
      const drawn = named(section, "path").length;
      assert.equal(drawn, error.retry?.retries ? 2 : 0);
    }
    for (const retired of surface.retired) {
      const section = sections.get(anchor(retired.anchor));
      assert.equal(text(named(section, "h3")[0]), `${spaced(String(retired.code))} Retired`);
      if (retired.note) assert.ok(text(section).endsWith(sentence(retired.note)), retired.note);
    }
  }
  for (const [index, { shape, surfaces }] of shapes(catalog).entries()) {
    const about = named(page, "div").filter((div) => attribute(div, "class") === "shapes")[0];
    const div = about.childNodes.filter(({ tagName }) => tagName === "div")[index];
    assert.equal(text(named(div, "p")[0]), seen(`${shape.intro ?? surfaces.map(({ title }) => title).join(", ")}:`));
    assert.deepEqual(JSON.parse(rawText(named(div, "pre")[0])), shape.sample);
  }
}

/** The page of a catalog that is given as JSON, and the catalog as pages see it. */
function made(catalog) {
  const file = join(temporaryFolder(), "errors.yaml");
  writeFileSync(file, JSON.stringify(catalog));
  return pageOf(generate(file, ["html", "json"]));
}

const pageOf = (folder) => [readFileSync(join(folder, "html/errors.html"), "utf8"), catalogOf(folder)];

describe("the page says what the catalog says, and is valid", () => {
  for (const [name, folder] of [
    ["TensorLoop's", () => committed],
    ["of every feature", () => generate(featuresCatalog, ["html", "json"])],
    ["of odd values", () => generate(local("../it/catalogs/odd-but-legal.yaml"), ["html", "json"])],
    ["with nothing but codes", () => generate(local("../it/catalogs/bare.yaml"), ["html", "json"])],
    ["of hostile texts", () => hostile("catalog/all")],
    ["of mixed texts", () => hostile("catalog/mixed")],
  ]) {
    test(name, () => compare(...pageOf(folder())));
  }

  test("of a hostile text in each field", () => {
    const pages = readdirSync(hostile("pages")).filter((name) => /^p\d+$/.test(name));
    assert.ok(pages.length > 300);
    for (const name of pages) compare(...pageOf(hostile(`pages/${name}`)));
  });

  test("with the anchors of the Markdown page", () => {
    for (const folder of [hostile("catalog/all"), generate(featuresCatalog, ["html", "markdown"])]) {
      const markdown = readFileSync(join(folder, "markdown/errors.md"), "utf8");
      const wanted = [...markdown.matchAll(/(?:<a|<span) id="([^"]*)"><\/(?:a|span)>|\{#([^}]*)\}/g)].map((one) => one[1] ?? one[2]);
      const { ids } = read(readFileSync(join(folder, "html/errors.html"), "utf8"));
      assert.ok(wanted.length > 20);
      assert.deepEqual(ids.toSorted(), wanted.toSorted());
    }
  });
});

test("the style and the script are the same bytes in each page, and the policy allows nothing else", () => {
  const pages = [committed, hostile("catalog/all"), hostile("catalog/mixed"), hostile("pages/p7")];
  for (const folder of pages) {
    const { page } = read(readFileSync(join(folder, "html/errors.html"), "utf8"));
    const [style, script] = ["style", "script"].map((name) => named(page, name));
    assert.deepEqual([style.length, script.length], [1, 1]);
    for (const [element, file] of [[style[0], "page.css"], [script[0], "page.js"]]) {
      assert.equal(rawText(element), readFileSync(join(DERIVED, file), "utf8"));
    }
    const policy = named(page, "meta").find((meta) => attribute(meta, "http-equiv") === "Content-Security-Policy");
    const hashes = `style-src ${hash(rawText(style[0]))}; script-src ${hash(rawText(script[0]))}`;
    const rest = "base-uri 'none'; form-action 'none'";
    assert.equal(attribute(policy, "content"), `default-src 'none'; ${hashes}; ${rest}`);
  }
});

test("the page of a first draft doesn't speak of retries", () => {
  const { page } = read(pageOf(generate(local("../it/catalogs/bare.yaml"), ["html", "json"]))[0]);
  assert.doesNotMatch(text(named(page, "main")[0]) + text(named(page, "form")[0]), /retry/i);
});

test("the page is small", () => {
  const size = (page) => Buffer.byteLength(page) / 1000;
  assert.ok(size(pageOf(committed)[0]) <= 30);
  const [page, catalog] = made(large(300));
  assert.equal(catalog.surfaces.flatMap(({ errors }) => errors).length, 300);
  assert.ok(size(page) <= 350, `${size(page)} kB`);
});

test("mistakes are found", () => {
  const [page, catalog] = pageOf(committed);
  const wrong = (from, to) => () => {
    assert.ok(page.includes(from), from);
    compare(page.replace(from, to), catalog);
  };
  assert.throws(wrong("<p>No active session.</p>", "<p></p>"), /does not say/);
  assert.throws(wrong("<p>No active", "<p onclick='b()'>No active"), /onclick/);
  assert.throws(wrong("<p>No active", "<i>a</i><p>No active"), /<i>/);
  assert.throws(wrong("<p>No active", "<p><p>No active"), /<p>/);
  assert.throws(wrong("<p>No active", '<a href="javascript:b">c</a><p>No active'), /match/);
  assert.throws(wrong(">do not retry</b>", ">retry</b>"), /do not retry/);
});

test("the docs print the hashes", () => {
  const docs = readFileSync(local("../../docs/html.md"), "utf8");
  const policy = readFileSync(join(DERIVED, "policy.html"), "utf8");
  for (const part of ["style-src", "script-src"]) {
    const [allowed] = new RegExp(`${part} 'sha256-[^']*'`).exec(policy);
    assert.ok(docs.includes(`\n${allowed}\n`), `docs/html.md does not print ${allowed}`);
  }
});

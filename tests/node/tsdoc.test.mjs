// What an editor shows for the errors of a package: TypeScript's own service finds the comments, and the
// Markdown in them is shown as GitHub would. Texts, also hostile ones, become text, code, lists and
// links to the URL that they show.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import ts from "typescript";
import { elements, fromHtml, textOf } from "./renderers.mjs";
import { featuresCatalog, generate, hostile, hostileInput } from "./support.mjs";

const ELEMENTS = ["fragment", "p", "a", "code", "span", "ul", "ol", "li", "wbr"];

/** The comments on the properties of a file, by the last name: each as trees of its text and of its tags. */
function comments(file) {
  const { readFile, fileExists } = ts.sys;
  const service = ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (path) => fileExists(path) ? ts.ScriptSnapshot.fromString(readFile(path)) : undefined,
    getCurrentDirectory: () => "/",
    getCompilationSettings: () => ({ noLib: true }),
    getDefaultLibFileName: () => "lib.d.ts",
    fileExists,
    readFile,
  });
  const found = [];
  const visit = (node) => {
    if (ts.isPropertySignature(node) && ts.getJSDocCommentsAndTags(node).length > 0) {
      // Nothing is shown for a name in brackets.
      const info = service.getQuickInfoAtPosition(file, node.name.getStart());
      const { documentation, tags = [] } = info ?? { documentation: [] };
      const shown = (parts) => tree(ts.displayPartsToString(parts));
      found.push({
        name: node.name.getText(),
        text: shown(documentation),
        tags: tags.map(({ name, text }) => [name, shown(text)]),
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(service.getProgram().getSourceFile(file));
  return found;
}

function tree(markdown) {
  const extensions = { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true };
  return fromHtml(micromark(markdown, extensions));
}

/** The URLs that the links of a tree lead to, after a check that they are what is shown. */
function links(tree) {
  const all = [...elements(tree)];
  for (const { name } of all) assert.ok(ELEMENTS.includes(name), `<${name}> in ${textOf(tree)}`);
  return all.filter(({ name }) => name === "a").map((link) => {
    assert.match(link.attributes.href, /^https?:\/\//);
    assert.equal(textOf(link), link.attributes.href);
    return link.attributes.href;
  });
}

test("texts, lists and links are shown", () => {
  const folder = generate(featuresCatalog, ["typescript"]);
  const all = comments(join(folder, "typescript/index.d.ts"));
  const { text, tags } = all.find(({ name }) => name === '"quota.exceeded"');
  assert.deepEqual(links(text), ["https://acme.dev/plans"]);
  assert.deepEqual(
    tags.flatMap(([name, tree]) => [name, ...links(tree)]),
    ["see", "https://acme.dev/docs/quotas", "see", "https://acme.dev/plans?from=errors&to=owner"],
  );
  const lists = [...elements(text)].filter(({ name }) => ["ol", "ul"].includes(name));
  assert.deepEqual(lists.map(({ name }) => name), ["ol", "ul"]);
  assert.equal(textOf(lists[0]), "Open https://acme.dev/plans (as an owner), and choose a plan. Sign in again.");
});

for (const name of ["catalog/all", "catalog/mixed"]) {
  test(`no text of ${name} acts`, () => {
    const all = comments(hostile(`${name}/typescript/index.d.ts`));
    const { errors } = hostileInput(name).surfaces.find(({ id }) => id === "texts");
    assert.ok(errors.length > 300);
    for (const { code, see } of errors) {
      const { text, tags } = all.find((one) => one.name === code);
      links(text);
      const seen = tags.flatMap(([name, tree]) => (name === "see" ? links(tree) : (links(tree), [])));
      assert.deepEqual(seen.map(decodeURI).map((url) => url.replace("%40", "@")), see);
    }
  });
}

test("mistakes are found", () => {
  for (const markdown of ["# a", "*a*", "<b>c</b>", "[a](https://b.dev)", "a@b.dev"]) {
    assert.throws(() => links(tree(markdown)), undefined, markdown);
  }
});

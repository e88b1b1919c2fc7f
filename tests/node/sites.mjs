// Sites as their own tools build them, with their own styles and scripts, for the tests that look at
// pages in a browser. MkDocs is run by $PYTHON, and mdBook is $MDBOOK.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { local, run, temporaryFolder, tool } from "./support.mjs";

/**
 * The tools. `site` is the option of the target. Each builds a site of `pages`, which are Markdown by
 * their name, and returns its folder; `path` is where a page is in it. In the page, `current` is the
 * section that the table of contents marks. `search` returns the links that the site's search finds.
 */
export const sites = {
  github: {
    path: (name) => `/${name}.html`,
    build(pages) {
      const folder = temporaryFolder();
      const css = readFileSync(local("node_modules/github-markdown-css/github-markdown-light.css"), "utf8");
      for (const [name, page] of Object.entries(pages)) {
        const options = { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] };
        writeFileSync(
          join(folder, `${name}.html`),
          `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
          <style>${css} body { margin: 0; padding: 16px; }</style>
          <main class="markdown-body">${micromark(page, options)}</main>`,
        );
      }
      return folder;
    },
  },

  mkdocs: {
    site: "mkdocs",
    path: (name) => `/${name}/`,
    current: ".md-nav--secondary .md-nav__link--active",
    build(pages) {
      const folder = temporaryFolder();
      write(join(folder, "docs"), pages);
      // YAML reads JSON.
      const config = {
        site_name: "Acme",
        theme: { name: "material", font: false },
        plugins: ["search"],
        markdown_extensions: ["attr_list"],
        validation: { anchors: "warn" },
      };
      writeFileSync(join(folder, "mkdocs.yml"), JSON.stringify(config));
      const { PYTHON } = process.env;
      assert.ok(PYTHON, "set PYTHON to a Python that has MkDocs Material, as tests/ecosystem/run does");
      run(PYTHON, ["-m", "mkdocs", "--quiet", "build", "--strict"], folder);
      return join(folder, "site");
    },
    async search(page, typed) {
      await page.type("input.md-search__input", typed);
      return results(page, "a.md-search-result__link");
    },
  },

  vitepress: {
    site: "vitepress",
    path: (name) => `/${name}.html`,
    current: ".VPDocAsideOutline .outline-link.active",
    build(pages) {
      const folder = temporaryFolder();
      write(folder, pages);
      symlinkSync(local("node_modules"), join(folder, "node_modules"));
      const config = { title: "Acme", themeConfig: { search: { provider: "local" }, outline: [2, 3] } };
      mkdirSync(join(folder, ".vitepress"));
      writeFileSync(join(folder, ".vitepress/config.mjs"), `export default ${JSON.stringify(config)};`);
      tool("vitepress", ["build", folder], folder);
      return join(folder, ".vitepress/dist");
    },
    async search(page, typed) {
      await page.click("#local-search button");
      await page.waitForSelector("#localsearch-input");
      await page.type("#localsearch-input", typed);
      return results(page, "a.result");
    },
  },

  mdbook: {
    missing: process.env.MDBOOK ? false : "set MDBOOK to the program, as tests/ecosystem/run does",
    site: "mdbook",
    path: (name) => `/${name}.html`,
    current: ".current-header",
    build(pages) {
      const folder = temporaryFolder();
      write(join(folder, "src"), pages);
      const chapters = Object.keys(pages).map((name) => `- [${name}](${name}.md)\n`);
      writeFileSync(join(folder, "src/SUMMARY.md"), `# Summary\n\n${chapters.join("")}`);
      writeFileSync(join(folder, "book.toml"), '[book]\ntitle = "Acme"\n');
      run(process.env.MDBOOK, ["build"], folder);
      return join(folder, "book");
    },
    async search(page, typed) {
      await page.goto(`${page.url().replace(/[?#].*/, "")}?search=${encodeURIComponent(typed)}`);
      return results(page, "#mdbook-searchresults a");
    },
  },
};

function write(folder, pages) {
  mkdirSync(folder, { recursive: true });
  for (const [name, page] of Object.entries({ index: "# Acme\n", ...pages })) {
    writeFileSync(join(folder, `${name}.md`), page);
  }
}

/** The links of a search, as soon as there are any. */
async function results(page, selector) {
  await page.waitForSelector(selector);
  // Tools search while one types.
  let links = [];
  for (let known = -1; known !== links.length; ) {
    known = links.length;
    await new Promise((resolve) => setTimeout(resolve, 500));
    links = await page.$$eval(selector, (all) => all.map(({ href }) => decodeURIComponent(new URL(href).hash)));
  }
  return links;
}

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml" };

/** Serves a folder to this machine. Returns where it is, and what ends it. */
export async function serve(folder) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    try {
      const content = readFileSync(file);
      response.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

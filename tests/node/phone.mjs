// Pages of errors on a phone, in the styles of GitHub, MkDocs Material, VitePress and mdBook: what a
// reader needs is within 360 px, a deep link shows its error, and the site's search finds a status.
// Run by tests/ecosystem/run, because it needs a browser. Never reaches the network.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { chromium } from "./browser.mjs";
import { largeCatalog } from "./large-catalog.mjs";
import { serve, sites } from "./sites.mjs";
import { catalogOf, featuresCatalog, generate, local } from "./support.mjs";

const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1400, height: 1000 };
const CATALOGS = {
  tensorloop: local("../../catalog/tensorloop.yaml"),
  features: featuresCatalog,
  large: largeCatalog(),
};
/** What a search in TensorLoop's page finds first. */
const FOUND = {
  alias_taken: ["#management-alias_taken"],
  upstream_down: ["#inference-upstream_down"],
  429: ["#inference-too_many_requests", "#management-rate_limited"],
};
/** Catalogs as the `json` target has them. */
const catalogs = {};

let browser;
before(async () => {
  browser = await chromium();
});
after(() => browser?.close());

for (const [name, site] of Object.entries(sites)) {
  describe(name, { skip: site.missing }, () => {
    const pages = {};
    let served;
    before(async () => {
      for (const [label, catalog] of Object.entries(CATALOGS)) {
        const options = { markdown: site.site ? { site: site.site } : {} };
        const made = generate(catalog, ["markdown", "json"], options);
        pages[label] = readFileSync(join(made, "markdown/errors.md"), "utf8");
        catalogs[label] = catalogOf(made);
      }
      served = await serve(site.build(pages));
    });
    after(() => served?.close());

    const open = async (label, viewport, anchor = "") => {
      const page = await browser.newPage();
      await page.setViewport(viewport);
      await page.goto(`${served.origin}${site.path(label)}${anchor && `#${anchor}`}`, { waitUntil: "networkidle0" });
      return page;
    };

    for (const label of Object.keys(CATALOGS)) {
      test(`a phone shows all of ${label}`, async () => {
        const page = await open(label, PHONE);
        const texts = await page.evaluate(hidden);
        assert.deepEqual(texts.slice(0, 5), [], `${texts.length} texts are hidden`);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), PHONE.width);
        // Each error has a row with all of it.
        const rows = await page.$$eval("td:first-child", (cells) =>
          cells.map((cell) => cell.closest("tr").innerText.replace(/\s+/g, " ").replaceAll("’", "'")),
        );
        for (const { errors } of catalogs[label].surfaces) {
          for (const { code, statuses, retry_summary, meaning, fix } of errors) {
            const words = [code ?? "", statuses.join(" / "), retry_summary ?? "", meaning, fix ?? ""].map((text) => String(text).replaceAll("`", ""));
            const shown = rows.filter((row) => words.every((text) => row.includes(text)));
            assert.ok(shown.length > 0, `no row says ${words.join(", ")}`);
          }
        }
        await page.close();
      });

      test(`deep links into ${label} show their error`, async () => {
        for (const viewport of [PHONE, DESKTOP]) {
          for (const error of some(catalogs[label])) {
            const page = await open(label, viewport, error.anchor);
            const landed = () => page.evaluate(landing, error.anchor, site.current);
            // Sites scroll, and mark the section, a moment later.
            let seen = await landed();
            for (let tries = 0; !isThere(seen, error, site) && tries < 20; tries += 1) {
              await new Promise((resolve) => setTimeout(resolve, 100));
              seen = await landed();
            }
            assert.ok(isThere(seen, error, site), `${viewport.width}, ${error.anchor}: ${JSON.stringify(seen)}`);
            await page.close();
          }
        }
      });
    }

    if (site.search) {
      test("the search finds errors by code and by status, and leads to their anchors", async () => {
        const folder = site.build({ errors: pages.tensorloop });
        const alone = await serve(folder);
        const page = await browser.newPage();
        await page.setViewport(DESKTOP);
        for (const [typed, anchors] of Object.entries(FOUND)) {
          await page.goto(`${alone.origin}${site.path("errors")}`, { waitUntil: "networkidle0" });
          const found = await site.search(page, typed);
          const first = found.filter((hash) => hash !== "").slice(0, anchors.length);
          assert.deepEqual(first.toSorted(), anchors, `${typed} finds ${found.join(" ")}`);
        }
        await page.close();
        alone.close();
      });
    }
  });
}

/** Errors of every surface, not more than ten. */
function some({ surfaces }) {
  const errors = surfaces.flatMap(({ errors }) => [errors[0], errors.at(-1)]);
  const step = Math.max(1, Math.ceil(errors.length / 10));
  return errors.filter((_, index) => index % step === 0);
}

/** Whether a deep link shows its error: at the top, below what the site keeps there. */
function isThere({ count, heading, hasId, top, isCovered, current }, error, site) {
  const name = error.code ?? error.name;
  const isMarked = !current || current.some((text) => text.includes(name));
  return count === 1 && hasId === Boolean(site.site) && heading.includes(name) && top >= 0 && top < 200 && !isCovered && isMarked;
}

/** In the page: where a deep link led, and which section is marked. */
function landing(anchor, selector) {
  const targets = document.querySelectorAll(`[id="${anchor}"]`);
  const follows = (heading) => targets[0].compareDocumentPosition(heading) & Node.DOCUMENT_POSITION_FOLLOWING;
  const heading = targets[0].closest("h3") ?? [...document.querySelectorAll("h3")].find(follows);
  const { left, top, height } = heading.getBoundingClientRect();
  // Sites mark a later section at the end of a page.
  const isAtEnd = document.documentElement.scrollHeight < scrollY + 2 * innerHeight;
  const isMarked = selector && innerWidth > 1000 && !isAtEnd;
  return {
    count: targets.length,
    heading: heading.innerText,
    hasId: heading === targets[0],
    top,
    isCovered: !heading.contains(document.elementFromPoint(left + 5, top + height / 2)),
    current: isMarked ? [...document.querySelectorAll(selector)].map(({ innerText }) => innerText) : null,
  };
}

/** In the page: the texts of it that a reader would have to scroll sideways to. */
function hidden() {
  const content = [...document.querySelectorAll("h2")].at(-1).parentElement;
  const found = [];
  for (const element of content.querySelectorAll("td, th, h1, h2, h3, p, li")) {
    let [from, to] = [0, innerWidth];
    for (let outer = element; outer; outer = outer.parentElement) {
      if (getComputedStyle(outer).overflowX === "visible") continue;
      const { left } = outer.getBoundingClientRect();
      from = Math.max(from, left);
      to = Math.min(to, left + outer.clientWidth);
    }
    const range = document.createRange();
    range.selectNodeContents(element);
    const isOutside = ({ left, right, width }) => width > 0 && (left < from - 1 || right > to + 1);
    if ([...range.getClientRects()].some(isOutside)) found.push(element.innerText);
  }
  return found;
}

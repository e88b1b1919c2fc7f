// The example's page of Redoc as a reader sees it, in Chromium: each operation's error responses can
// be opened, and show codes, meanings, sample bodies and Retry-After. Run by tests/ecosystem/run,
// because it needs a browser. Never reaches the network: the page must not need it.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "./browser.mjs";
import { example, FORMS } from "./openapi-kit.mjs";
import { catalogOf, committed, tool } from "./support.mjs";

/** The whole error responses of each operation, by its place in the page. */
const OPERATIONS = {
  "keys/listkeys": { surface: "management", statuses: [401, 429, 500, 502] },
  "keys/createkey": { surface: "management", statuses: [400, 401, 409, 429, 500], picks: 403 },
  "models/createchatcompletion": { surface: "inference", statuses: [401, 403, 404, 429, 500, 502, 503] },
};
const { surfaces } = catalogOf(committed);

let browser;
before(async () => {
  browser = await chromium();
});
after(() => browser?.close());

for (const form of FORMS) {
  test(`the page shows the errors of each operation: ${form.version}, ${form.codes}`, async () => {
    const { folder, host } = example(form);
    const file = join(folder, "index.html");
    tool("redocly", ["build-docs", host, "--output", file, "--inlineBundle"], folder);
    const page = await browser.newPage();
    await page.setViewport({ width: 1400, height: 1000 });
    const [failures, wanted] = [[], []];
    page.on("pageerror", (error) => failures.push(error.message));
    page.on("request", (request) => {
      if (/^https?:/.test(request.url())) wanted.push(request.resourceType());
    });
    for (const [operation, { surface, statuses, picks }] of Object.entries(OPERATIONS)) {
      // A place of the page is shown when a reader goes there.
      await page.goto("about:blank");
      await page.goto(`${pathToFileURL(file)}#/${operation}`);
      await page.waitForSelector(`[id="${operation}/responses"]`);
      const { errors, shape } = surfaces.find(({ id }) => id === surface);
      for (const status of statuses) {
        const shown = await response(page, operation, status);
        const says = (text) => assert.ok(shown.includes(text), `${operation}, ${status}: no ${text}\n${shown}`);
        const listed = errors.filter((error) => error.statuses.includes(status));
        assert.ok(listed.length > 0);
        for (const { code, name, meaning, fix, retry, retry_text } of listed) {
          says(`${code ?? name}: ${meaning}`);
          if (fix !== null) says(fix.replaceAll("`", ""));
          says(retry_text);
          if (retry?.after_ms) says("Retry-After integer");
          if (retry?.after_ms) says(String(retry.after_ms / 1000));
        }
        // The sample of one of them is shown, and the others can be chosen.
        const letters = (text) => text.replace(/[^\w.]/g, "");
        const sample = ({ body, other_bodies }) => other_bodies.find((other) => other.status === status)?.body ?? body;
        const bodies = listed.map((error) => letters(JSON.stringify(sample(error))));
        assert.ok(bodies.some((body) => letters(shown).endsWith(body)), `${operation}, ${status}: no sample\n${shown}`);
        if (shape.code !== null) {
          // Redoc draws a table of the codes.
          for (const { code, meaning } of errors) says(`${code} ${meaning}`);
          if (form.codes === "open") says("Others may be added.");
        }
      }
      if (picks) {
        const shown = await response(page, operation, picks);
        assert.match(shown, /Hit max keys for your plan Revoke an unused key.*"error": "plan_limit_keys"/);
      }
    }
    assert.deepEqual(failures, []);
    assert.deepEqual(wanted.filter((type) => !["image", "font"].includes(type)), []);
    await page.close();
  });
}

/** What the page says about a response of an operation, on one line: its description, then a sample. */
async function response(page, operation, status) {
  return page.evaluate(
    async (id, label) => {
      const place = document.getElementById(id);
      for (const button of place.querySelectorAll("button")) {
        if (button.innerText.trim() === label) button.click();
      }
      const isOpen = () => document.getElementById(`${id}/response&c=${label}/body`);
      for (let tries = 0; !isOpen() && tries < 100; tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      if (!isOpen()) throw new Error(`${id} does not open ${label}`);
      return place.innerText.replace(/\s+/g, " ").trim();
    },
    operation,
    String(status),
  );
}

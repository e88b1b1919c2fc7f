// The search of rustdoc finds an error of a generated crate by its code and by its status, as people
// have them from a log. Run by tests/ecosystem/run, because it needs a browser.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "./browser.mjs";
import { generate, local, temporaryFolder } from "./support.mjs";

/** Where the search leads first, by what people type. */
const FOUND = {
  "auth.token.expired": "AuthTokenExpired",
  2001: "Busy",
  451: "HeldBack",
};

test("codes and statuses are found", async () => {
  const made = join(generate(local("../it/catalogs/features.yaml"), ["rust"]), "rust");
  appendFileSync(join(made, "Cargo.toml"), "\n[workspace]\n");
  const target = temporaryFolder();
  execFileSync("cargo", ["doc", "--quiet", "--no-deps", "--target-dir", target], { cwd: made });
  const browser = await chromium(["--allow-file-access-from-files"]);
  try {
    const page = await browser.newPage();
    for (const [typed, variant] of Object.entries(FOUND)) {
      const index = pathToFileURL(join(target, "doc/acme_pay_errors/index.html"));
      await page.goto(`${index}?search=${encodeURIComponent(typed)}`);
      await page.waitForSelector(".search-results.active a");
      const links = await page.$$eval(".search-results.active a", (all) => all.map(({ href }) => href));
      assert.ok(
        links.some((href) => href.endsWith(`#variant.${variant}`)),
        `${typed}: ${links.slice(0, 5).join(" ")}`,
      );
    }
  } finally {
    await browser.close();
  }
});

// Chromium for the tests that look at pages. It never reaches the network.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import puppeteer from "puppeteer-core";
import { temporaryFolder } from "./support.mjs";

const CHROMIUM = "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts Chromium. Files may read files next to them if `flags` allow it. */
export async function chromium(flags = []) {
  assert.ok(existsSync(CHROMIUM), `${CHROMIUM} is not there: apt-get install chromium`);
  const userDataDir = temporaryFolder();
  return puppeteer.launch({ executablePath: CHROMIUM, headless: true, userDataDir, args: [...FLAGS, ...flags] });
}

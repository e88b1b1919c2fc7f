// Retrying without a network: the shared vectors, the parser of Retry-After, the delays and the
// wait; the package and the module of one file, which must not differ. Random cases are checked
// against a second way to reckon, with integers of any size.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { getEventListeners } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import pRetry from "p-retry";
import * as errors from "../../generated/typescript/index.js";
import { generate, local } from "./support.mjs";
import { imported } from "./typescript-kit.mjs";

const shared = (file) => JSON.parse(readFileSync(local(`../conformance/${file}`), "utf8"));
const { verdicts, rows } = shared("retry_vectors.json");
const { cases, nowMs: clock } = shared("retry_after_cases.json");
const modules = generate(local("../../catalog/tensorloop.yaml"), ["typescript-module"]);
const forms = {
  "the package": errors,
  "the module": await imported(join(modules, "typescript-module/errors.ts")),
};
const RUNS = Number(process.env.ERRCAT_CASES ?? 2000);

for (const [form, { decide, serverWaitMs }] of Object.entries(forms)) {
  describe(`by ${form}`, () => {
    test("every shared vector comes out", () => {
      for (const [name, retry, random, hintMs, limitMs, result, askedMs] of rows) {
        const got = decide(verdicts[name], retry, random, hintMs, limitMs);
        const wanted =
          typeof result === "number"
            ? { wait: result }
            : result === "wait_too_long"
              ? { stop: result, askedMs }
              : { stop: result };
        assert.deepEqual(got, wanted, JSON.stringify([name, retry, random, hintMs, limitMs]));
      }
      assert.equal(rows.length, 157);
    });

    test("every shared Retry-After comes out, from an object and from Headers", () => {
      for (const { name, headers, nowMs = clock, waitMs } of cases) {
        assert.equal(serverWaitMs(headers, nowMs), waitMs, name);
        // Headers take bytes alone.
        if (/[^\x00-\xff]/.test(Object.values(headers).join(""))) continue;
        assert.equal(serverWaitMs(new Headers(headers), nowMs), waitMs, name);
      }
      assert.equal(cases.length, 84);
    });

    test("the clock is the response's own, unless one is given", () => {
      const date = "Mon, 23 Nov 2026 04:10:00 GMT";
      const after = "Mon, 23 Nov 2026 04:10:30 GMT";
      assert.equal(serverWaitMs({ date, "retry-after": after }), 30_000);
      assert.equal(serverWaitMs({ date, "retry-after": after }, Date.parse(after)), 0);
      assert.equal(serverWaitMs({ date: "None", "retry-after": new Date(Date.now() + 86_400_000).toUTCString() }) > 86_000_000, true);
      assert.equal(serverWaitMs({ "Retry-After": ["5", "10"] }), null);
      assert.equal(serverWaitMs({ "Retry-After": ["5"] }), 5000);
    });
  });
}

const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
const verdict = fc
  .record({
    kind: fc.constantFrom("never", "backoff", "after"),
    initialMs: fc.integer({ min: 1, max: 3_600_000 }),
    maxMs: fc.integer({ min: 1, max: 3_600_000 }),
    factor: fc.integer({ min: 1, max: 10 }),
    retries: fc.integer({ min: 0, max: 40 }),
    afterMs: fc.oneof(fc.integer({ min: 1, max: 200_000 }), fc.integer({ min: 1, max: 31_536_000_000 })),
  })
  .map(({ afterMs, ...rest }) => (rest.kind === "after" ? { ...rest, afterMs } : rest));

test("random decisions are those of exact integers", () => {
  const exact = ({ kind, initialMs, maxMs, factor, retries, afterMs }, retry, random, hintMs, limitMs) => {
    if (kind === "never") return "permanent";
    if (retry >= retries) return "exhausted";
    const power = BigInt(initialMs) * BigInt(factor) ** BigInt(Math.min(retry, 64));
    const grown = power < BigInt(maxMs) ? power : BigInt(maxMs);
    const spread = (BigInt(random) * (grown / 2n)) >> 32n;
    const asked = [hintMs, afterMs].filter((ms) => ms != null);
    if (asked.length === 0) return Math.min(maxMs, Number(grown + spread));
    const least = Math.max(...asked);
    return least > limitMs ? `too long: ${least}` : Math.max(least, Number(grown)) + Number(spread);
  };
  const hint = fc.option(fc.oneof(fc.nat(200_000), fc.nat(2_147_483_647)));
  const limit = fc.oneof(fc.constant(120_000), fc.nat(604_800_000));
  let waits = 0;
  const property = fc.property(verdict, fc.oneof(fc.nat(9), fc.nat(45), uint32), uint32, hint, limit, (...args) => {
    const { wait, stop, askedMs } = errors.decide(...args);
    if (wait !== undefined) waits++;
    assert.equal(wait ?? (askedMs === undefined ? stop : `too long: ${askedMs}`), exact(...args));
  });
  fc.assert(property, { numRuns: RUNS });
  assert.ok(waits > RUNS / 10, `${waits}`);
});

test("any header is a wait of whole milliseconds, or none", () => {
  const near = fc.stringMatching(/^[ \t0-9.,:+GMTSunMoNv-]{0,40}$/);
  const date = fc.date({ noInvalidDate: true }).map((date) => date.toUTCString());
  const property = fc.property(fc.oneof(fc.string(), near, date), fc.oneof(fc.string(), near), (after, ms) => {
    const wait = errors.serverWaitMs({ "retry-after": after, "retry-after-ms": ms }, clock);
    assert.ok(wait === null || (Number.isInteger(wait) && wait >= 0 && wait <= 2_147_483_647));
  });
  fc.assert(property, { numRuns: RUNS });
});

test("every second of a century is read in all three forms", () => {
  const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
  const instants = fc.integer({ min: Date.UTC(1980) / 1000, max: Date.UTC(2070) / 1000 });
  const property = fc.property(instants, (seconds) => {
    const date = new Date(seconds * 1000);
    const imf = date.toUTCString();
    const [, day, month, year, time] = /^..., (..) (...) (....) (........) GMT$/.exec(imf);
    const rfc850 = `${days[date.getUTCDay()]}, ${day}-${month}-${year.slice(2)} ${time} GMT`;
    const asctime = `${imf.slice(0, 3)} ${month} ${day.replace(/^0/, " ")} ${time} ${year}`;
    const now = date.getTime() - 7000;
    for (const text of [imf, rfc850, asctime]) {
      assert.equal(errors.serverWaitMs({ "retry-after": text }, now), 7000, text);
    }
  });
  fc.assert(property, { numRuns: RUNS });
});

test("answer.mjs answers a line each", () => {
  const lines = [
    { verdict: verdicts.default, retry: 0, random: 0, hintMs: null, limitMs: 120_000 },
    { verdict: verdicts.after_1h, retry: 0, random: 0, hintMs: null, limitMs: 120_000 },
    { verdict: verdicts.never, retry: 0, random: 0, hintMs: 5, limitMs: 120_000 },
    { headers: { "Retry-After": "1.5" }, nowMs: clock },
    { headers: {}, nowMs: clock },
  ];
  const input = lines.map((line) => JSON.stringify(line)).join("\n");
  const program = local("../conformance/answer.mjs");
  const { stdout, stderr } = spawnSync(process.execPath, [program], { input, encoding: "utf8" });
  assert.equal(stderr, "");
  assert.deepEqual(stdout.trim().split("\n").map((line) => JSON.parse(line)), [
    { wait: 1000 },
    { stop: "wait_too_long", askedMs: 3_600_000 },
    { stop: "permanent", askedMs: null },
    { waitMs: 1500 },
    { waitMs: null },
  ]);
});

describe("delays", () => {
  const { retry } = errors.inferenceErrors.too_many_requests;

  test("are the waits of a verdict, and then no more", () => {
    assert.deepEqual([...errors.delays(retry, () => 0)], [1000, 2000, 4000, 8000, 16_000, 30_000]);
    assert.deepEqual([...errors.delays({ kind: "never" })], []);
    const { rate_limited } = errors.managementErrors;
    assert.deepEqual([...errors.delays(rate_limited.retry)], []);
    assert.equal([...errors.delays(rate_limited.retry, () => 0, 7_200_000)].length, 6);
    for (const wait of errors.delays(retry)) assert.ok(wait >= 1000 && wait <= 30_000);
  });

  test("plug into p-retry", async () => {
    const waits = errors.delays({ kind: "backoff", initialMs: 20, maxMs: 40, factor: 2, retries: 3 }, () => 0);
    const waited = [];
    const options = {
      retries: Infinity,
      minTimeout: 0,
      onFailedAttempt: async ({ error }) => {
        const { done, value } = waits.next();
        if (done) throw error;
        waited.push(value);
        await errors.sleep(value);
      },
    };
    let calls = 0;
    const failing = () => {
      calls++;
      throw new Error(`failure ${calls}`);
    };
    const start = performance.now();
    await assert.rejects(pRetry(failing, options), /failure 4/);
    assert.deepEqual([calls, waited], [4, [20, 40, 40]]);
    assert.ok(performance.now() - start >= 99);
  });
});

describe("sleep", () => {
  test("ends at once with the signal's reason, and leaves no listener", async () => {
    const { signal } = new AbortController();
    for (let i = 0; i < 50; i++) await errors.sleep(0, signal);
    assert.equal(getEventListeners(signal, "abort").length, 0);

    const controller = new AbortController();
    const start = performance.now();
    setTimeout(() => controller.abort(new Error("enough")), 30);
    await assert.rejects(errors.sleep(60_000, controller.signal), /enough/);
    assert.ok(performance.now() - start < 5000);
    assert.equal(getEventListeners(controller.signal, "abort").length, 0);
    await assert.rejects(errors.sleep(60_000, controller.signal), /enough/);
    await errors.sleep(1, null);
  });

  test("does not end early because a timer cannot be that long", async () => {
    const controller = new AbortController();
    const ended = errors.sleep(1e12, controller.signal).then(() => "early", () => "aborted");
    await errors.sleep(20);
    controller.abort();
    assert.equal(await ended, "aborted");
  });
});

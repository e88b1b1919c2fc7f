// Retrying without a network: the shared vectors, the parser of Retry-After, and the wait; the package and the module
// of one file, which must not differ. Random cases are checked against a second way to reckon, with integers of any
// size.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { getEventListeners } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import * as errors from "../../generated/typescript/index.js";
import { generate, local } from "./support.mjs";
import { imported } from "./typescript-kit.mjs";

const shared = (file) => JSON.parse(readFileSync(local(`../conformance/${file}`), "utf8"));
const { retryAdvice: advice, rows } = shared("retry_vectors.json");
const { cases, nowMs: clock } = shared("retry_after_cases.json");
const modules = generate(local("../../catalog/tensorloop.yaml"), ["typescript-module"]);
const forms = {
  "the package": errors,
  "the module": await imported(join(modules, "typescript-module/errors.ts")),
};
const RUNS = Number(process.env.ERRCAT_CASES ?? 2000);

for (const [form, { nextDelay, parseRetryAfter }] of Object.entries(forms)) {
  describe(`by ${form}`, () => {
    test("every shared vector comes out", () => {
      for (const [name, retries, random, requested, maxRequestedWaitMs, result, requestedMs] of rows) {
        const failed = { retryAdvice: advice[name], retries, random, bodyWaitMs: requested ?? undefined, maxRequestedWaitMs };
        const wanted =
          typeof result === "number"
            ? { waitMs: result }
            : result === "wait_too_long"
              ? { giveUp: result, requestedMs }
              : { giveUp: result };
        assert.deepEqual(nextDelay(failed), wanted, JSON.stringify(failed));
        const headers = requested === null ? undefined : { "retry-after-ms": String(requested) };
        assert.deepEqual(nextDelay({ ...failed, bodyWaitMs: undefined, headers }), wanted, JSON.stringify({ ...failed, headers }));
      }
      assert.equal(rows.length, 157);
    });

    test("every shared Retry-After comes out, from an object and from Headers", () => {
      for (const { name, headers, nowMs = clock, waitMs } of cases) {
        assert.equal(parseRetryAfter(headers, nowMs) ?? null, waitMs, name);
        // Headers take bytes alone.
        if (/[^\x00-\xff]/.test(Object.values(headers).join(""))) continue;
        assert.equal(parseRetryAfter(new Headers(headers), nowMs) ?? null, waitMs, name);
      }
      assert.equal(cases.length, 84);
    });

    test("the clock is the response's own, unless one is given", () => {
      const date = "Mon, 23 Nov 2026 04:10:00 GMT";
      const after = "Mon, 23 Nov 2026 04:10:30 GMT";
      assert.equal(parseRetryAfter({ date, "retry-after": after }), 30_000);
      assert.equal(parseRetryAfter({ date, "retry-after": after }, Date.parse(after)), 0);
      assert.equal(parseRetryAfter({ date: "None", "retry-after": new Date(Date.now() + 86_400_000).toUTCString() }) > 86_000_000, true);
      assert.equal(parseRetryAfter({ "Retry-After": ["5", "10"] }), undefined);
      assert.equal(parseRetryAfter({ "Retry-After": ["5"] }), 5000);
    });
  });
}

const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
const anyAdvice = fc
  .record({
    kind: fc.constantFrom("never", "backoff", "after"),
    initialMs: fc.integer({ min: 1, max: 3_600_000 }),
    maxDelayMs: fc.integer({ min: 1, max: 3_600_000 }),
    factor: fc.integer({ min: 1, max: 10 }),
    retries: fc.integer({ min: 0, max: 40 }),
    afterMs: fc.oneof(fc.integer({ min: 1, max: 200_000 }), fc.integer({ min: 1, max: 31_536_000_000 })),
  })
  .map(({ afterMs, ...rest }) => (rest.kind === "after" ? { ...rest, afterMs } : rest));

test("random decisions are those of exact integers", () => {
  const exact = ({ retryAdvice, retries, random, bodyWaitMs, maxRequestedWaitMs }) => {
    const { kind, initialMs, maxDelayMs, factor, afterMs } = retryAdvice;
    if (kind === "never") return "permanent";
    if (retries >= retryAdvice.retries) return "exhausted";
    const power = BigInt(initialMs) * BigInt(factor) ** BigInt(Math.min(retries, 64));
    const grown = power < BigInt(maxDelayMs) ? power : BigInt(maxDelayMs);
    const spread = (BigInt(random) * (grown / 2n)) >> 32n;
    const asked = [bodyWaitMs, afterMs].filter((ms) => ms != null);
    if (asked.length === 0) return Math.min(maxDelayMs, Number(grown + spread));
    const least = Math.max(...asked);
    return least > maxRequestedWaitMs ? `too long: ${least}` : Math.max(least, Number(grown)) + Number(spread);
  };
  const anyAttempt = fc.record({
    retryAdvice: anyAdvice,
    retries: fc.oneof(fc.nat(9), fc.nat(45), uint32),
    random: uint32,
    bodyWaitMs: fc.option(fc.oneof(fc.nat(200_000), fc.nat(2_147_483_647)), { nil: undefined }),
    maxRequestedWaitMs: fc.oneof(fc.constant(120_000), fc.nat(604_800_000)),
  });
  let waits = 0;
  const property = fc.property(anyAttempt, (failed) => {
    const { waitMs, giveUp, requestedMs } = errors.nextDelay(failed);
    if (waitMs !== undefined) waits++;
    assert.equal(waitMs ?? (requestedMs === undefined ? giveUp : `too long: ${requestedMs}`), exact(failed));
  });
  fc.assert(property, { numRuns: RUNS });
  assert.ok(waits > RUNS / 10, `${waits}`);
});

test("any header is a wait of whole milliseconds, or none", () => {
  const near = fc.stringMatching(/^[ \t0-9.,:+GMTSunMoNv-]{0,40}$/);
  const date = fc.date({ noInvalidDate: true }).map((date) => date.toUTCString());
  const property = fc.property(fc.oneof(fc.string(), near, date), fc.oneof(fc.string(), near), (after, ms) => {
    const wait = errors.parseRetryAfter({ "retry-after": after, "retry-after-ms": ms }, clock);
    assert.ok(wait === undefined || (Number.isInteger(wait) && wait >= 0 && wait <= 2_147_483_647));
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
      assert.equal(errors.parseRetryAfter({ "retry-after": text }, now), 7000, text);
    }
  });
  fc.assert(property, { numRuns: RUNS });
});

test("answer.mjs answers a line each", () => {
  const lines = [
    { retryAdvice: advice.default, retries: 0, random: 0, bodyWaitMs: null, maxRequestedWaitMs: 120_000 },
    { retryAdvice: advice.after_1h, retries: 0, random: 0, bodyWaitMs: null, maxRequestedWaitMs: 120_000 },
    { retryAdvice: advice.never, retries: 0, random: 0, bodyWaitMs: 5, maxRequestedWaitMs: 120_000 },
    { headers: { "Retry-After": "1.5" }, nowMs: clock },
    { headers: {}, nowMs: clock },
  ];
  const input = lines.map((line) => JSON.stringify(line)).join("\n");
  const program = local("../conformance/answer.mjs");
  const { stdout, stderr } = spawnSync(process.execPath, [program], { input, encoding: "utf8" });
  assert.equal(stderr, "");
  assert.deepEqual(stdout.trim().split("\n").map((line) => JSON.parse(line)), [
    { waitMs: 1000 },
    { giveUp: "wait_too_long", requestedMs: 3_600_000 },
    { giveUp: "permanent" },
    { waitMs: 1500 },
    { waitMs: null },
  ]);
});

describe("the next delay", () => {
  const failure = errors.readInferenceError(429, '{"error": {"message": "m"}}');
  const delays = (options) => {
    const waits = [];
    for (let retries = 0; ; retries++) {
      const { giveUp, waitMs } = errors.nextDelay({ ...failure, retries, ...options });
      if (giveUp !== undefined) return [waits, giveUp];
      waits.push(waitMs);
    }
  };

  test("is that of the advice, with a random share", () => {
    assert.deepEqual(delays({ random: 0 }), [[1000, 2000, 4000, 8000, 16_000, 30_000], "exhausted"]);
    const [waits] = delays({});
    assert.equal(waits.length, 6);
    for (const wait of waits) assert.ok(wait >= 1000 && wait <= 30_000);
  });

  test("is the longest wait that the headers, the body and the advice ask for", () => {
    const ask = (options) => errors.nextDelay({ ...failure, retries: 0, random: 0, ...options }).waitMs;
    assert.equal(ask({ headers: { "retry-after": "5" }, bodyWaitMs: 4000 }), 5000);
    assert.equal(ask({ headers: { "retry-after": "5" }, bodyWaitMs: 6000 }), 6000);
    assert.equal(ask({ headers: null, bodyWaitMs: 0 }), 1000);
    const date = { date: "Mon, 23 Nov 2026 04:10:00 GMT", "retry-after": "Mon, 23 Nov 2026 04:10:30 GMT" };
    assert.equal(ask({ headers: date }), 30_000);
    assert.equal(ask({ headers: date, nowMs: Date.parse(date.date) - 5000 }), 35_000);
  });

  test("is none where the wait is too long, unless the caller accepts it", () => {
    const limited = errors.readManagementError(429, '{"error": "rate_limited"}');
    assert.deepEqual(errors.nextDelay({ ...limited, retries: 0 }), { giveUp: "wait_too_long", requestedMs: 3_600_000 });
    assert.ok(errors.nextDelay({ ...limited, retries: 0, maxRequestedWaitMs: 7_200_000 }).waitMs >= 3_600_000);
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

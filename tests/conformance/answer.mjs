// Answers cases with the generated TypeScript package: JSON in, JSON out, a case a line. The Rust
// tests compare their own answers with these.
//
// {retryAdvice, retries, random, bodyWaitMs, maxRequestedWaitMs} → {waitMs} | {giveUp, requestedMs}
// {headers, nowMs}                                               → {waitMs}

import { createInterface } from "node:readline";
import { nextDelay, parseRetryAfter } from "../../generated/typescript/index.js";

function answer(one) {
  return one.headers === undefined ? nextDelay(one) : { waitMs: parseRetryAfter(one.headers, one.nowMs) ?? null };
}

// One write: a hundred thousand small ones take longer than the answers.
const answers = [];
for await (const line of createInterface({ input: process.stdin })) {
  if (line !== "") answers.push(JSON.stringify(answer(JSON.parse(line))));
}
process.stdout.write(answers.map((one) => `${one}\n`).join(""));

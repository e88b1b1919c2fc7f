// Answers cases with the generated TypeScript package: JSON in, JSON out, a case a line. The Rust
// tests compare their own answers with these.
//
// {verdict, retry, random, hintMs, limitMs} → {wait} | {stop, askedMs}
// {headers, nowMs}                          → {waitMs}

import { createInterface } from "node:readline";
import { decide, serverWaitMs } from "../../generated/typescript/index.js";

function answer(one) {
  if (one.headers !== undefined) return { waitMs: serverWaitMs(one.headers, one.nowMs) };
  const { stop, wait, askedMs } = decide(one.verdict, one.retry, one.random, one.hintMs, one.limitMs);
  return stop === undefined ? { wait } : { stop, askedMs: askedMs ?? null };
}

// One write: a hundred thousand small ones take longer than the answers.
const answers = [];
for await (const line of createInterface({ input: process.stdin })) {
  if (line !== "") answers.push(JSON.stringify(answer(JSON.parse(line))));
}
process.stdout.write(answers.map((one) => `${one}\n`).join(""));

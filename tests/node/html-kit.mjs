// What the tests of the page of HTML share: large catalogs, and anchors as pages write them.

/** A catalog of several APIs with this many errors, as long as real ones. */
export function large(count) {
  const surfaces = Array.from({ length: 5 }, (_, number) => ({
    id: `api_${number}`,
    title: `${NOUNS[number]} API`,
    shape: { body: { error: { code: "<code>", message: "<message>", param: "<param>" } } },
    errors: [],
  }));
  for (let i = 0; i < count; i += 1) {
    const [noun, verb] = [NOUNS[i % NOUNS.length].toLowerCase(), VERBS[Math.floor(i / 5) % VERBS.length]];
    const retryable = i % 4 === 3;
    surfaces[i % 5].errors.push({
      code: `${noun}_${verb}_${i}`,
      status: retryable ? 503 : [400, 403, 404, 409, 422][Math.floor(i / 5) % 5],
      meaning: `The ${noun} of request number ${i} could not be ${verb}`,
      fix: `Send another ${noun} with \`param\` as number ${i}, or contact support.`,
      retryable,
      ...(i % 10 === 0 ? { doc: `A ${noun} is counted once a day.\n\nAll times are in UTC, number ${i}.` } : {}),
    });
  }
  const retry = { statuses: ["5xx"], initial: "1s", max: "30s", retries: 6 };
  return { errcat: 1, product: "Large", version: "1.0.0", title: "Errors", retry, surfaces };
}

const NOUNS = ["Card", "Invoice", "Account", "Payout", "Refund", "Customer", "Coupon", "Session", "Webhook", "Report"];
const VERBS = ["declined", "expired", "locked", "missing", "duplicated", "refused", "updated", "found"];

/** An anchor as pages write it. */
export const anchor = (id) =>
  [...new TextEncoder().encode(id)]
    .map((byte) => String.fromCharCode(byte))
    .map((c) => (/[A-Za-z0-9_.:/-]/.test(c) ? c : `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`))
    .join("");

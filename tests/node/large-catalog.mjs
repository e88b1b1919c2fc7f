// A catalog as large as those of payment companies, for tests of pages: several APIs with codes in
// different styles, some of them long, and some codes that every API has.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./support.mjs";

/** The APIs: how each writes its codes, and what it is about. */
const APIS = [
  { id: "payments", title: "Payments API", write: (words) => words.join("_"), things: "payment method,bank account,refund,dispute,payout" },
  { id: "billing", title: "Billing API", write: (words) => words.join("."), things: "invoice line item,subscription schedule,coupon,credit note,tax rate" },
  { id: "identity", title: "Identity API", write: (words) => words.join("_").toUpperCase(), things: "verification session,document scan,selfie,address proof,consent" },
  { id: "terminal", title: "Terminal API", write: (words) => words.join("-"), things: "reader,connection token,firmware update,location,receipt" },
  { id: "webhooks", title: "Webhooks", write: (words) => words.map(capital).join(""), things: "endpoint,delivery attempt,signing secret,event filter,replay" },
  { id: "reports", title: "Reports and exports", write: (words) => `acme:${words.join("/")}`, things: "report run,scheduled export,balance summary,settlement file,data share" },
];

/** What goes wrong with each thing. */
const PROBLEMS = [
  { words: "not found", status: 404, meaning: "No $ has this identifier, or it belongs to another account", fix: "Check the identifier, and that the key belongs to the same account." },
  { words: "already exists", status: 409, meaning: "A $ with the same reference exists already", fix: "Use the existing one, or choose another reference." },
  { words: "locked by another request", status: 423, meaning: "Another request is changing this $", fix: "Wait until it has finished.", retry: { after: "2s" } },
  { words: "limit exceeded for current plan", status: 403, meaning: "Your plan allows no further $", fix: "Remove one that you no longer need, or upgrade." },
  { words: "invalid state transition", status: 409, meaning: "The $ can't go from its state to the requested one", fix: "Read `state` first; the guide lists what may follow each state." },
  { words: "missing required field", status: 422, meaning: "The $ lacks a field that it needs", fix: "Send the field that `field` names." },
  { words: "creation rate limited", status: 429, meaning: "Too many requests for a $ in one minute", fix: "Send fewer, or spread them over time.", retry: { after: "1m" } },
  { words: "temporarily unavailable", status: 503, meaning: "The service behind the $ is being moved", fix: "Retry later.", retry: {} },
  { words: "expired", status: 410, meaning: "The $ is too old to be used", fix: "Create another." },
];

/** Codes of every API. */
const COMMON = [
  { words: "unauthorized", status: 401, meaning: "The API key is missing or wrong", fix: "Send a valid key." },
  { words: "rate limited", status: 429, meaning: "Too many requests", fix: "Slow down.", retry: {} },
  { words: "idempotency key reused with different parameters", status: 400, meaning: "The same idempotency key came with other parameters", fix: "Use a new key for each request." },
  { words: "internal error", status: 500, meaning: "Something went wrong on our side", fix: "If it persists, contact support.", retry: {} },
  { words: "timeout", status: 504, meaning: "The request took too long", fix: "Check whether it was carried out, then send it again." },
];

/** Writes the catalog, and returns its path: 50 codes for each of the six APIs. */
export function largeCatalog() {
  const surfaces = APIS.map(({ id, title, write, things }) => ({
    id,
    title,
    shape: {
      intro: `${title} answers with`,
      body: { error: { code: "<code>", message: "<meaning>", "field?": "<field>" } },
    },
    errors: [
      ...COMMON.map((problem) => entry(write, "", problem)),
      ...things.split(",").flatMap((thing) => PROBLEMS.map((problem) => entry(write, thing, problem))),
    ],
  }));
  const catalog = {
    errcat: 1,
    product: "Acme Pay",
    version: "7.3.0",
    title: "Acme Pay errors",
    intro: "Every error of the six APIs of Acme Pay, with what to do about each one.",
    docs: "https://docs.acme.dev/errors",
    retry: { statuses: [423, 429, "5xx"], initial: "500ms", max: "20s", retries: 5 },
    surfaces,
  };
  const file = join(temporaryFolder(), "errors.yaml");
  writeFileSync(file, JSON.stringify(catalog));
  return file;
}

function entry(write, thing, { words, status, meaning, fix, retry }) {
  const names = `${thing} ${words}`.trim().split(" ");
  return {
    code: write(names),
    status,
    meaning: meaning.replace("$", thing),
    fix,
    retryable: retry !== undefined,
    ...(retry?.after && { retry }),
    ...(words === "missing required field" && { params: { field: { meaning: "The field.", example: "amount" } } }),
    ...(words === "expired" && { doc: `A ${thing} is kept for 30 days. After that:\n\n- It can be read.\n- It can't be used.\n` }),
  };
}

const capital = (word) => word[0].toUpperCase() + word.slice(1);

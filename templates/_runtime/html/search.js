// A text in the search box → the errors that it finds.

import { entries, folded } from "./entries.js";
import { isResponse, recognized } from "./recognize.js";

/** @typedef {import("./entries.js").Entry} Entry */

/**
 * The errors that a text finds, those that only mention it, and what tells a pasted response's error.
 * @param {string} text
 * @returns {{ found: Entry[], others: Entry[], by: string }}
 */
export function search(text) {
  // A link to an error is a name too.
  const names = [text, text.slice(text.lastIndexOf("#") + 1)].map(folded);
  const found = entries.filter((entry) =>
    names.some((name) => name !== "" && entry.names.has(name)),
  );
  const words = text.toLowerCase().split(/\s+/);
  const mention = entries.filter((entry) =>
    words.every((word) => entry.text.includes(word)),
  );
  if (found.length > 0) {
    const others = mention.filter((entry) => !found.includes(entry));
    return { found, others, by: "." };
  }
  if (mention.length > 0 && !isResponse(text)) {
    return { found: mention, others: [], by: "." };
  }
  return { ...recognized(text), others: [] };
}

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
  if (isResponse(text)) return { ...recognized(text), others: [] };
  const words = text.toLowerCase().split(/\s+/);
  const all = entries.filter((entry) =>
    words.every((word) => entry.text.includes(word)),
  );
  // A link to an error is a name too.
  const name = folded(text.slice(text.lastIndexOf("#") + 1));
  const found = entries.filter(({ names }) => name !== "" && names.has(name));
  if (found.length > 0)
    return {
      found,
      others: all.filter((entry) => !found.includes(entry)),
      by: ".",
    };
  return all.length > 0
    ? { found: all, others: [], by: "." }
    : { ...recognized(text), others: [] };
}

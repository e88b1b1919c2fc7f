// The script of the page: a search, filters, and buttons that copy. It hides and shows what is on the page, reads no
// other data, and is the same for every catalog.

import { apis, entries } from "./entries.js";
import { isResponse } from "./recognize.js";
import { search } from "./search.js";

/** @typedef {import("./entries.js").Entry} Entry */

const form = /** @type {HTMLFormElement} */ (document.querySelector("form"));
const box = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
const answer = /** @type {HTMLOutputElement} */ (form.querySelector("output"));
const main = /** @type {HTMLElement} */ (document.querySelector("main"));

/** What a select says; nothing if it is not on the page. */
const chosen = (/** @type {string} */ name) =>
  /** @type {HTMLSelectElement | null} */ (form.querySelector(`[name=${name}]`))
    ?.value ?? "";

/** The errors that are shown. */
let shown = entries;

/** Shows what the form asks for. `isWide` also shows what only mentions it. */
function show(isWide = false) {
  const text = box.value.trim();
  const [api, retry] = [chosen("api"), chosen("retry")];
  const isFiltered = text + api + retry !== "";
  const { found, others, by } = search(text);
  const isAsked = (/** @type {Entry} */ entry) =>
    ["", entry.api.section.id].includes(api) &&
    ["", entry.retry].includes(retry);
  shown = (isWide ? [...found, ...others] : found).filter(isAsked);
  const isShown = new Set(shown);
  const hasShown = new Set(shown.map((entry) => entry.api));
  for (const entry of entries) entry.section.hidden = !isShown.has(entry);
  for (const one of apis) one.section.hidden = isFiltered && !hasShown.has(one);
  main.toggleAttribute("data-filtered", isFiltered);
  const more = others.filter(isAsked).length;
  answer.replaceChildren(isFiltered ? `${counted(shown.length)}${by} ` : "");
  if (more > 0 && !isWide)
    answer.append(
      button(`Show ${more} more that mention it`, () => show(true)),
    );
  remember(text);
}

const counted = (/** @type {number} */ count) =>
  `${count || "No"} error${count === 1 ? "" : "s"}`;

/**
 * Puts the search into the address. What was pasted stays out of it, because addresses are sent and kept.
 * @param {string} text
 */
function remember(text) {
  const url = new URL(location.href);
  const isPasted = text.length > 80 || isResponse(text);
  if (text === "" || isPasted) url.searchParams.delete("q");
  else url.searchParams.set("q", text);
  if (text !== "")
    url.hash = isPasted && shown.length === 1 ? `${shown[0]?.section.id}` : "";
  // Browsers refuse to change an address very often.
  try {
    history.replaceState(null, "", url);
  } catch {
    return;
  }
}

/** Shows the part of the page that the address names, even if it is filtered out. */
function reveal() {
  const target = document.getElementById(location.hash.slice(1));
  if (target === null || target.checkVisibility()) return;
  form.reset();
  show();
  target.scrollIntoView();
  // The sections above it get their real heights as the browser draws them, which moves it.
  requestAnimationFrame(() => setTimeout(() => target.scrollIntoView()));
}

/**
 * @param {string} label
 * @param {() => unknown} action
 */
function button(label, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", action);
  return made;
}

/**
 * A button that copies a text.
 * @param {string} what
 * @param {() => string} text
 */
function copying(what, text) {
  const made = button(what, async () => {
    const copied = navigator.clipboard.writeText(text());
    made.textContent = await copied.then(
      () => "Copied",
      () => "The browser forbids it",
    );
    setTimeout(() => (made.textContent = what), 1500);
  });
  made.ariaLive = "polite";
  return made;
}

// Browsers have a clipboard only where a page can't be changed on its way.
if (navigator.clipboard) {
  for (const { section } of entries) {
    const sample = section.querySelector("pre");
    if (sample)
      sample.after(copying("Copy response", () => sample.textContent));
    section.lastElementChild?.append(
      copying(
        "Copy link",
        () => `${location.href.split("#")[0]}#${section.id}`,
      ),
    );
  }
}

form.addEventListener("input", () => show());
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", reveal);
addEventListener("keydown", (event) => {
  const isTyping =
    event.target instanceof Element && event.target.matches("textarea, select");
  if (
    event.key === "/" &&
    !isTyping &&
    !event.ctrlKey &&
    !event.metaKey &&
    !event.altKey
  )
    box.focus();
  else if (event.key === "Escape" && event.target === box) box.value = "";
  else if (event.key === "Enter" && event.target === box)
    shown[0]?.section.querySelector("a")?.focus();
  else return;
  event.preventDefault();
  show();
});

form.hidden = false;
box.value = new URL(location.href).searchParams.get("q") ?? "";
if (box.value !== "") show();
reveal();

// What is on the page: its APIs, errors and retired codes.

/**
 * An API, and where its code is in a body.
 * @typedef {object} Api
 * @property {HTMLElement} section
 * @property {(string | number)[]} path The keys of the code, with 0 for each element of a list.
 * @property {string} before The text before the code.
 * @property {string} after The text after it.
 */

/**
 * An error or a retired code. @typedef {object} Entry @property {HTMLElement} section @property
 * {Api} api @property {string} code The code in a body, or nothing. @property {number[]} statuses
 * @property {string} retry `yes`, `no`, or nothing if the page doesn't say it. @property
 * {Set<string>} names What finds it exactly, as `folded` writes it. @property {string} text Every
 * word of its section, in lower case.
 */

/**
 * The elements that a selector finds.
 * @param {string} selector
 * @param {ParentNode} within
 * @returns {NodeListOf<HTMLElement>}
 */
export const all = (selector, within = document) =>
  within.querySelectorAll(selector);

/**
 * A name as people write it: `plan_limit_keys`, `PlanLimitKeys`, `plan limit keys`.
 * @param {string} name
 */
export const folded = (name) =>
  name.toLowerCase().replace(/(?<=.)[\s_.:/-]/g, "");

/** @type {Api[]} */
export const apis = [...all(".api")].map((section) => {
  /** @type {[(string | number)[], string, string]} */
  const [path, before, after] = JSON.parse(
    section.getAttribute("data-code") ?? '[[],"",""]',
  );
  return { section, path, before, after };
});

/**
 * @param {Api} api
 * @param {HTMLElement} section
 * @returns {Entry}
 */
function entry(api, section) {
  const inHeading = (/** @type {string} */ selector) =>
    section.querySelector(`h3 ${selector}`);
  const code = inHeading("code:not(.name)")?.textContent ?? "";
  const statuses = inHeading("span")?.textContent.split(" / ") ?? [];
  const ids = [section, ...all("[id]", section)].flatMap(({ id }) => [
    id,
    id.slice(api.section.id.length + 1),
  ]);
  const ofStatus = statuses.flatMap((status) => [
    status,
    `http${status}`,
    `${status.charAt(0)}xx`,
  ]);
  return {
    section,
    api,
    code,
    statuses: statuses.map(Number),
    retry: inHeading("b")?.className ?? "",
    names: new Set([code, ...ids, ...ofStatus].map(folded)),
    text: section.textContent.toLowerCase(),
  };
}

export const entries = apis.flatMap((api) =>
  [...all(":scope > section", api.section)].map((section) =>
    entry(api, section),
  ),
);

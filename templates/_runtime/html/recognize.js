// A pasted response or line of a log → the errors that it may be. It decides as `errcat explain` does: by the code
// where an API has it, or else by the status, and never by the wording of a message.

import { apis, entries } from "./entries.js";

/** @typedef {import("./entries.js").Entry} Entry */

/**
 * The JSON in a text, and the text around it.
 * @param {string} text
 * @returns {{ bodies: unknown[], rest: string }}
 */
function parsed(text) {
  for (const found of [/\{.*\}/s.exec(text), /\[.*\]/s.exec(text)]) {
    const json = found?.[0] ?? "";
    // In a string, its quotes are escaped.
    for (const form of [json, json.replaceAll('\\"', '"')]) {
      try {
        /** @type {unknown} */
        const body = JSON.parse(form);
        return {
          bodies: Array.isArray(body) ? [body, ...body] : [body],
          rest: text.replace(json, ""),
        };
      } catch {
        continue;
      }
    }
  }
  return { bodies: [], rest: text };
}

/**
 * The same for a text with one body, or with lines that have one each.
 * @param {string} text
 */
function read(text) {
  const whole = parsed(text);
  if (whole.bodies.length > 0) return whole;
  // The events of a stream, and the lines of a log.
  const lines = text.split("\n").map(parsed);
  return {
    bodies: lines.flatMap(({ bodies }) => bodies),
    rest: lines.map(({ rest }) => rest).join("\n"),
  };
}

/** Whether a text is or has a response, rather than words. */
export const isResponse = (/** @type {string} */ text) =>
  /^HTTP\/\d/.test(text) || read(text).bodies.length > 0;

/**
 * The members of an object or a list.
 * @param {unknown} value
 * @returns {[string | number, unknown][]}
 */
function members(value) {
  if (Array.isArray(value)) return value.map((element) => [0, element]);
  return typeof value === "object" && value !== null
    ? Object.entries(value)
    : [];
}

/**
 * The values of a body that have no members, each with its place and type.
 * @param {unknown} value
 * @returns {{ place: string, text: string }[]}
 */
function leaves(value, place = "") {
  if (typeof value !== "object" || value === null)
    return [{ place: `${place} ${typeof value}`, text: String(value) }];
  return members(value).flatMap(([key, member]) =>
    leaves(member, `${place}/${key}`),
  );
}

/**
 * The texts and numbers at a path of a body.
 * @param {unknown} body
 * @param {(string | number)[]} path
 */
function at(body, path) {
  const step = (
    /** @type {unknown[]} */ values,
    /** @type {string | number} */ key,
  ) =>
    values.flatMap((value) =>
      members(value).flatMap(([own, member]) => (own === key ? [member] : [])),
    );
  return path
    .reduce(step, [body])
    .filter((value) => ["string", "number"].includes(typeof value))
    .map(String);
}

/**
 * The errors that a text may be, and how that is known.
 * @param {string} text
 * @returns {{ found: Entry[], by: string }}
 */
export function recognized(text) {
  const { bodies, rest } = read(text);
  // Logs have bodies in their strings.
  const strings = bodies.flatMap((body) =>
    leaves(body).map((leaf) => leaf.text),
  );
  bodies.push(...strings.flatMap((string) => parsed(string).bodies));
  const values = bodies.flatMap((body) => leaves(body));
  const places = new Set(values.map(({ place }) => place));
  const texts = new Set(values.map((value) => value.text));
  const codes = new Map(
    apis.map((api) => [
      api,
      new Set(bodies.flatMap((body) => at(body, api.path))),
    ]),
  );
  const said = [...text.matchAll(/^HTTP\/\S+ +(\d+)/gm)]
    .slice(-1)
    .map(([, status]) => status);
  const numbers =
    [said, [...texts], rest.split(/\D+/)].find(({ length }) => length > 0) ??
    [];
  const statuses = new Set(
    numbers.map(Number).filter((number) => number >= 400),
  );

  const hasStatus = (/** @type {Entry} */ entry) =>
    entry.statuses.some((status) => statuses.has(status));
  const isInText = (/** @type {Entry} */ { code }) => {
    const start = rest.indexOf(code);
    return (
      code !== "" &&
      start >= 0 &&
      !/[\w-]/.test(rest.charAt(start - 1) + rest.charAt(start + code.length))
    );
  };
  /** How much of an error's sample is in the body, from 0 to 1. */
  const likeness = (/** @type {Entry} */ { section, api }) => {
    const sample =
      section.querySelector("pre") ?? api.section.querySelector("pre");
    const own = leaves(JSON.parse(sample?.textContent ?? "0"));
    return own.filter(({ place }) => places.has(place)).length / own.length;
  };

  /** @type {[string, (entry: Entry) => boolean | undefined][]} */
  const ways = [
    [
      "its code",
      ({ code, api }) =>
        code !== "" && codes.get(api)?.has(api.before + code + api.after),
    ],
    [
      "its status",
      (entry) => entry.code === "" && hasStatus(entry) && likeness(entry) === 1,
    ],
    ["a code in it", ({ code }) => code !== "" && texts.has(code)],
    ["a code in it", (entry) => said.length === 0 && isInText(entry)],
    ["its status", hasStatus],
  ];
  for (const [by, fits] of ways) {
    const fitting = entries
      .filter(fits)
      .map((entry) => ({ entry, like: likeness(entry) }));
    const best = Math.max(...fitting.map(({ like }) => like));
    const found = fitting
      .filter(({ like }) => like === best)
      .map(({ entry }) => entry);
    if (found.length > 0) return { found, by: ` by ${by}.` };
  }
  return { found: [], by: "." };
}

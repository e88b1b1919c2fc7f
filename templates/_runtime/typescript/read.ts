// Reading a body: from text, bytes or JSON to the values in it. Nothing here throws.

import { isString } from "./guards.ts";
import type { WebResponse } from "./web.ts";

/** A body as JSON; the text itself if it is none; undefined if it is empty. Parsed ones stay as they are. */
export function parsed(body: unknown): unknown {
  const text = decoded(body);
  if (typeof text !== "string") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text.trim() === "" ? undefined : text;
  }
}

/** Bytes as text, and a text without the mark that some servers put before it (U+FEFF). */
function decoded(body: unknown): unknown {
  if (typeof body === "string") return body.replace(/^\uFEFF/, "");
  const isBuffer = /^\[object (Shared)?ArrayBuffer\]$/.test(
    Object.prototype.toString.call(body),
  );
  if (!isBuffer && !ArrayBuffer.isView(body)) return body;
  try {
    return new TextDecoder().decode(body as ArrayBuffer);
  } catch {
    // The memory was handed to somebody else.
    return undefined;
  }
}

/** A response's body as text, while the response stays unread: up to where it broke, or a million bytes. */
export async function peeked(response: WebResponse): Promise<string> {
  let text = "";
  try {
    const reader = response.clone().body?.getReader();
    const decoder = new TextDecoder();
    for (let bytes = 0; reader !== undefined && bytes < 1_000_000;) {
      const { done, value } = await reader.read();
      if (done) return text;
      text += decoder.decode(value, { stream: true });
      bytes += value.byteLength;
    }
    // Not waited for: it lasts until the response itself is read.
    reader?.cancel().catch(() => {
      // The body broke, after the bytes that count.
    });
  } catch {
    // What came is all there is to know.
  }
  return text;
}

/** What stands at a path in parsed JSON, own members only; undefined if nothing does. */
export function at(
  value: unknown,
  ...path: readonly (string | number)[]
): unknown {
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    if (!Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

/** What stands between two parts of a text; undefined if they are not there. */
export function between(
  before: string,
  text: unknown,
  after: string,
): string | undefined {
  if (!isString(text) || text.length < before.length + after.length) {
    return undefined;
  }
  if (!text.startsWith(before) || !text.endsWith(after)) return undefined;
  return text.slice(before.length, text.length - after.length);
}

/** A text, or a number as text. The text `None` is what a Python server made of nothing. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "None" ? value : undefined;
}

/** The integer that a text is, as JavaScript writes it. */
export function integer(text: string | undefined): number {
  const number = Number(text);
  return String(number) === text ? number : NaN;
}

/** The status that an event stream names, as a number or as text: the first that is one of errors. */
export function eventStatus(...values: readonly unknown[]): number | undefined {
  const status = values
    .map(textOf)
    .find((text) => text !== undefined && /^[45]\d\d$/.test(text));
  return status === undefined ? undefined : Number(status);
}

/** Of values that may stand in a body, those that do, the first of each name. */
export function given<Values extends object>(
  places: readonly (readonly [
    keyof Values,
    (value: unknown) => boolean,
    unknown,
  ])[],
): Partial<Values> {
  const values: Partial<Values> = {};
  for (const [name, isRight, value] of places) {
    const isAbsent = value === undefined || value === null || value === "None";
    if (isAbsent || !isRight(value) || Object.hasOwn(values, name)) continue;
    values[name] = value as Values[typeof name];
  }
  return values;
}

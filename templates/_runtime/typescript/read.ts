// Reads a body (text, bytes or parsed JSON) and the values in it. Nothing here throws.

import { hasOwn, isString } from "./guards.ts";
import type { CloneableResponse } from "./web.ts";

declare const TextDecoder: new () => {
  decode(
    bytes?: ArrayBuffer | ArrayBufferView,
    options?: { readonly stream: boolean },
  ): string;
};

/**
 * Parses a body as JSON. Returns the text itself if it isn't JSON, undefined if it is empty. A body
 * that is already parsed is returned unchanged.
 */
export function parsed(body: unknown): unknown {
  const text = decoded(body);
  if (typeof text !== "string") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text.trim() === "" ? undefined : text;
  }
}

/** Decodes bytes, and removes the byte order mark (U+FEFF) that some servers send. */
function decoded(body: unknown): unknown {
  if (typeof body === "string") return body.replace(/^\uFEFF/, "");
  const isBuffer = /^\[object (Shared)?ArrayBuffer\]$/.test(
    Object.prototype.toString.call(body),
  );
  if (!isBuffer && !ArrayBuffer.isView(body)) return body;
  try {
    return new TextDecoder().decode(body as ArrayBuffer);
  } catch {
    // The buffer is detached: its memory was transferred. Or the runtime has no decoder.
    return undefined;
  }
}

/**
 * Reads a response's body as text, from a clone: the response stays unread. Stops where the body
 * breaks off, or after about a million bytes.
 */
export async function peeked(response: CloneableResponse): Promise<string> {
  let text = "";
  try {
    const clone = response.clone();
    const body = clone.body as BodyStream | null | undefined;
    // React Native has no streams.
    if (body == null) return await clone.text();
    let left = 1_000_000;
    if (!("getReader" in body)) {
      // A clone gets no more than fits the buffer of its unread original, 16 KiB.
      left = 16_000;
      // If the connection breaks, node-fetch only tells the original, which nobody reads yet.
      (response.body as NodeStream).on?.("error", () => body.destroy?.());
    }
    const decoder = new TextDecoder();
    for await (const chunk of chunksOf(body)) {
      text += decoder.decode(chunk, { stream: true });
      left -= chunk.byteLength;
      if (left <= 0) break;
    }
  } catch {
    // The stream failed: use what arrived.
  }
  return text;
}

/** A stream of the Fetch API, or one of Node, as node-fetch has. */
type BodyStream =
  | {
      getReader(): {
        /** Without a value at the end. */
        read(): Promise<{ readonly value?: Uint8Array | undefined }>;
        cancel(): Promise<void>;
      };
    }
  | NodeStream;

interface NodeStream extends AsyncIterable<Uint8Array> {
  on?(event: "error", listener: () => void): unknown;
  destroy?(): unknown;
}

async function* chunksOf(
  body: BodyStream,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (!("getReader" in body)) {
    yield* body;
    return;
  }
  const reader = body.getReader();
  try {
    for (;;) {
      const { value } = await reader.read();
      if (value === undefined) return;
      yield value;
    }
  } finally {
    // Not awaited: it doesn't resolve before the response itself is read.
    reader.cancel().catch(() => {
      // The stream failed, after the bytes that matter.
    });
  }
}

/** The value at a path in parsed JSON; undefined if there is none. Ignores inherited members. */
export function at(
  value: unknown,
  ...path: readonly (string | number)[]
): unknown {
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    if (!hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

/** The text between a prefix and a suffix; undefined if either is missing. */
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

/**
 * Text, or a number as text; undefined for anything else. The text `None` counts as no value:
 * Python servers send it for one that is missing.
 */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "None" ? value : undefined;
}

/** The number that a text spells, if JavaScript writes it the same way; otherwise NaN. */
export function integer(text: string | undefined): number {
  const number = Number(text);
  return String(number) === text ? number : NaN;
}

/** The first of the values, numbers or text, that is an error status (400 to 599). */
export function eventStatus(...values: readonly unknown[]): number | undefined {
  const status = values
    .map(textOf)
    .find((text) => text !== undefined && /^[45]\d\d$/.test(text));
  return status === undefined ? undefined : Number(status);
}

/** The values found in a body. If a name has several places, the first valid value counts. */
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
    if (isAbsent || !isRight(value) || hasOwn(values, name)) continue;
    values[name] = value as Values[typeof name];
  }
  return values;
}

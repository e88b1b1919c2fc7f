// Reads a body (text, bytes or parsed JSON) as JSON. Every language reads the same text the same way.

/** A body. `value` is JSON, or the text if it isn't JSON; undefined if it is empty. */
interface Parsed {
  readonly isJson: boolean;
  readonly value: unknown;
}

declare const TextDecoder: new () => {
  decode(bytes: ArrayBuffer | ArrayBufferView): string;
};

/** Parses a body as JSON. A body that is already parsed is left alone. */
export function parsed(body: unknown): Parsed {
  const text = decoded(body);
  if (typeof text !== "string") {
    return { isJson: text !== undefined, value: text };
  }
  try {
    const value: unknown = JSON.parse(wellFormed(text));
    if (isWithinLimits(text)) return { isJson: true, value };
  } catch {
    // It isn't JSON.
  }
  return { isJson: false, value: text.trim() === "" ? undefined : text };
}

/** Decodes bytes, and removes the byte order mark (U+FEFF) that some servers send. */
function decoded(body: unknown): unknown {
  if (typeof body === "string") return body.replace(/^\uFEFF/, "");
  // Also a shared one, and one of another realm.
  const type = Object.prototype.toString.call(body);
  const isBuffer = type.endsWith("ArrayBuffer]");
  if (!isBuffer && !ArrayBuffer.isView(body)) return body;
  try {
    return new TextDecoder().decode(body as ArrayBuffer);
  } catch {
    // The buffer is detached: its memory was transferred. Or the runtime has no decoder.
    return undefined;
  }
}

/** Replaces the escapes of lone surrogates, such as `\ud800`, by those of U+FFFD. */
function wellFormed(json: string): string {
  return json.replace(
    /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(u[dD][89a-fA-F][\da-fA-F]{2})|[^])/g,
    (escape: string, lone: string | undefined) =>
      lone === undefined ? escape : "\\ufffd",
  );
}

/**
 * Whether JSON has at most 127 nested arrays and objects, and no number beyond the range of a double.
 * Looks at the text, because parsing drops a member that is there twice.
 */
function isWithinLimits(json: string): boolean {
  const outsideOfTexts = json.replace(/\\./g, "").replace(/"[^"]*"/g, "");
  const tokens = outsideOfTexts.match(/[[\]{}]|[-\d][-+.\deE]*/g) ?? [];
  let depth = 0;
  return tokens.every((token) => {
    if ("[{".includes(token)) depth++;
    if ("]}".includes(token)) depth--;
    return depth < 128 && Math.abs(Number(token)) !== Infinity;
  });
}

/**
 * What a text that isn't JSON says, as one line that is safe to print: without tags, control and
 * format characters, at most 100 characters long. Undefined if nothing is left.
 */
export function safeLine(text: string): string | undefined {
  const line = text
    .replace(/<[^>]*>?/g, " ")
    .replace(
      /[\s\0-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/g,
      " ",
    )
    .trim();
  // A character is one or two code units.
  const start = Array.from(line.slice(0, 200)).slice(0, 100).join("").trim();
  return start === "" ? undefined : start;
}

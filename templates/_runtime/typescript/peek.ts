// Reads the body of a response from a clone: the response stays unread.

import type { CloneableResponse } from "./web.ts";

/**
 * The body of a response, as text or bytes. If it breaks off, it is what arrived. If it is longer than
 * `most` bytes, it is empty.
 */
export async function peeked(
  response: CloneableResponse,
  most: number,
): Promise<string | Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const clone = response.clone();
    const body = clone.body as BodyStream | null | undefined;
    if (body == null) {
      // React Native has no streams.
      const text = await clone.text();
      return text.length > most ? "" : text;
    }
    let limit = most;
    if (!("getReader" in body)) {
      // A clone gets no more than fits the buffer of its unread original, 16 KiB.
      limit = Math.min(most, 16_000);
      // If the connection breaks, node-fetch only tells the original, which nobody reads yet.
      (response.body as NodeStream).on?.("error", () => body.destroy?.());
    }
    for await (const chunk of chunksOf(body)) {
      chunks.push(chunk);
      length += chunk.byteLength;
      if (length > limit) return "";
    }
  } catch {
    // The stream failed: use what arrived.
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
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

// Reads the error in a response of the Fetch API.

import type { Failure } from "./entry.ts";
import { peeked } from "./peek.ts";
import type { Reader } from "./read.ts";
import { detectFailure, readFailure } from "./read.ts";
import { header } from "./retry-after.ts";
import type { CloneableResponse, ReadableResponse } from "./web.ts";

/** Reads an error from a response, which uses up its body, or from a status and a body. Never rejects. */
export function readFrom(
  reader: Reader,
  from: number | ReadableResponse,
  body: unknown,
): Failure | Promise<Failure> {
  if (typeof from === "number") return readFailure(reader, from, body);
  const { status, headers } = from;
  return (
    from
      .text()
      // A body that was read before, or that breaks off, is empty.
      .catch(() => "")
      .then((text) => readFailure(reader, status, text, headers))
  );
}

/** Reads a response, or a status and a body, that may be an error or not. */
export function detectIn(
  reader: Reader,
  from: number | CloneableResponse,
  body: unknown,
): Failure | undefined | Promise<Failure | undefined> {
  return typeof from === "number"
    ? detectFailure(reader, from, body)
    : detectResponse(reader, from);
}

/**
 * Reads a response that may be an error or not from a clone: it stays unread. Below 400, it is an
 * error if its status may be one, and its body is small JSON that says so. Other bodies stay untouched.
 */
async function detectResponse(
  reader: Reader,
  response: CloneableResponse,
): Promise<Failure | undefined> {
  const { status, headers } = response;
  let most = 1_000_000;
  if (status < 400) {
    most = 65_536;
    const isJson = /^[^;]*[/+]json[ \t]*(?:;|$)/i.test(
      header(headers, "content-type"),
    );
    const isLarge = Number(header(headers, "content-length")) > most;
    const isListed = reader.lowStatuses?.includes(status) === true;
    if (!isListed || !isJson || isLarge) return undefined;
  }
  const body = await peeked(response, most);
  return detectFailure(reader, status, body, headers);
}

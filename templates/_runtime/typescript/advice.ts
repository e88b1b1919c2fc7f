// The advice for a response that stays unread: its body is read from a clone.

import { peeked } from "./peek.ts";
import type { Reader } from "./read.ts";
import { detectFailure, readFailure } from "./read.ts";
import { header } from "./retry-after.ts";
import type { Advice } from "./verdict.ts";
import type { CloneableResponse, ResponseLike } from "./web.ts";

/** The advice for an error response. */
export async function adviceFor(
  reader: Reader,
  response: CloneableResponse,
): Promise<Advice> {
  const body = await peeked(response, 1_000_000);
  return adviceIn(reader, readFailure(reader, response.status, body));
}

/**
 * The advice for a response that may be a success, with a status below 400. It is an error if its
 * body is small JSON that says so. Other bodies stay untouched.
 */
export async function adviceIfError(
  reader: Reader,
  response: CloneableResponse & ResponseLike,
): Promise<Advice | undefined> {
  const { status, headers } = response;
  if (status >= 400) return adviceFor(reader, response);
  const isJson = /^[^;]*[/+]json[ \t]*(?:;|$)/i.test(
    header(headers, "content-type"),
  );
  if (!isJson || Number(header(headers, "content-length")) > SMALL) {
    return undefined;
  }
  const failure = detectFailure(reader, status, await peeked(response, SMALL));
  return failure && adviceIn(reader, failure);
}

/** The advice for an error, with the wait in its body. */
function adviceIn(
  { shape }: Reader,
  { verdict, params }: ReturnType<typeof readFailure>,
): Advice {
  const { wait } = params as { readonly wait?: number };
  const hasWait = shape.hasWait === true && wait !== undefined;
  return hasWait ? { ...verdict, hintMs: wait } : verdict;
}

/** The most bytes of a response below 400 that are read. */
const SMALL = 65_536;

// Reads the errors of a surface in a body. Nothing here throws.

import type { ErrorEntry, ErrorInBody, Failure } from "./entry.ts";
import { isString } from "./guards.ts";
import { parsed, safeLine } from "./json.ts";
import type { Findings } from "./match.ts";
import { matches } from "./match.ts";
import { retryAdviceForStatus } from "./retry-advice.ts";
import type { Shape } from "./shape.ts";
import type { ResponseHeaders } from "./web.ts";

/** What reading needs to know about a surface. */
export interface Reader {
  readonly surface: string;
  readonly errors: Readonly<Record<string, ErrorEntry>>;
  readonly shape: Shape;
  /** The statuses below 400 that errors have too. */
  readonly lowStatuses?: readonly number[];
  /** The key in `errors`; undefined if this version doesn't know the error. */
  readonly keyOf: (
    code: number | string | undefined,
    status: number | undefined,
  ) => string | undefined;
  /** The fields that tell which error it is. */
  readonly idOf: (
    key: string | undefined,
    code: number | string | undefined,
  ) => object;
}

/** Reads an error. `status` is that of the response; undefined for an event in a stream. */
export function readFailure(
  reader: Reader,
  status: number | undefined,
  body: unknown,
  headers?: ResponseHeaders,
): Failure {
  const { isJson, value } = parsed(body);
  const found: Findings = { params: {} };
  const isMatch = isJson && matches(reader.shape, value, found);
  const listed = (one: Findings, status: number | undefined) => {
    const key = reader.keyOf(one.code, status);
    // No key is empty.
    return { key, entry: reader.errors[key ?? ""] };
  };

  // The first error that the table lists speaks for the whole body.
  const list = found.errors ?? [];
  const known = list.find(
    (one) => listed(one, one.status ?? status ?? found.status).entry,
  );
  const main = known ?? list[0] ?? found;
  // The status of an event is in the body, in the order of the body, or else in the table.
  const sent = status ?? found.statusBefore ?? main.status ?? found.status;
  const statusOfAll = sent ?? listed(main, sent).entry?.status;

  const errorOf = (one: Findings): ErrorInBody => {
    const status = (one === found ? undefined : one.status) ?? statusOfAll;
    const { key, entry } = listed(one, status);
    const retryAdvice = entry?.retryAdvice ?? retryAdviceForStatus(status ?? 0);
    return {
      ...reader.idOf(key, entry && one.code),
      status,
      codeText: one.code?.toString(),
      entry,
      retryAdvice,
      retryable: retryAdvice.kind !== "never",
      params: { ...found.params, ...one.params },
    };
  };
  const first = errorOf(main);
  const errors = reader.shape.hasErrors === true ? list.map(errorOf) : [first];
  const [{ retryAdvice, retryable } = first] = [...errors].sort(byWait);
  const { wait } = first.params as { readonly wait?: number };
  return {
    ...first,
    surface: reader.surface,
    status: statusOfAll,
    retryAdvice,
    retryable,
    matches: isMatch,
    errors,
    bodyWaitMs: reader.shape.hasWait === true ? wait : undefined,
    text: !isJson && isString(value) ? safeLine(value) : undefined,
    body: value,
    headers,
  };
}

/** Reads a response that may be an error or not. Below 400, a body must look like one. */
export function detectFailure(
  reader: Reader,
  status: number,
  body: unknown,
  headers?: ResponseHeaders,
): Failure | undefined {
  const failure = readFailure(reader, status, body, headers);
  const { codeText, entry } = failure;
  const hasCode =
    codeText !== undefined &&
    (entry !== undefined || reader.shape.hasLiteral === true);
  return status >= 400 || (failure.matches && hasCode) ? failure : undefined;
}

/** The order of errors: first those that must not be retried, then those with the longest wait. */
function byWait(one: ErrorInBody, other: ErrorInBody): number {
  const [first, longest] = waitsOf(one);
  const [otherFirst, otherLongest] = waitsOf(other);
  return otherFirst - first || otherLongest - longest;
}

/** The wait before the first retry, and the longest one. A `never` is longer than any. */
function waitsOf({ retryAdvice: advice }: ErrorInBody): [number, number] {
  if (advice.kind === "never") return [Number.MAX_VALUE, 0];
  const afterMs = advice.kind === "after" ? advice.afterMs : 0;
  return [Math.max(afterMs, advice.initialMs), advice.maxDelayMs];
}

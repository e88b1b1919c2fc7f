// Reads the errors of a surface in a body. Nothing here throws.

import type { ErrorEntry, ErrorInBody, Failure } from "./entry.ts";
import { isString } from "./guards.ts";
import { parsed, safeLine } from "./json.ts";
import type { Findings } from "./match.ts";
import { matches } from "./match.ts";
import type { Shape } from "./shape.ts";
import type { Verdict } from "./verdict.ts";
import { fallbackVerdict } from "./verdict.ts";

/** What reading needs to know about a surface. */
export interface Reader {
  readonly surface: string;
  readonly errors: Readonly<Record<string, ErrorEntry>>;
  readonly shape: Shape;
  /** The key in `errors`; undefined if this version doesn't know the error. */
  readonly nameOf: (
    code: number | string | undefined,
    status: number | undefined,
  ) => string | undefined;
}

type ErrorOfAny = ErrorInBody<
  number | string | undefined,
  string | undefined,
  ErrorEntry | undefined,
  object
>;

type FailureOfAny = ErrorOfAny & Failure<string, ErrorOfAny>;

/** Reads an error. `status` is that of the response; undefined for an event in a stream. */
export function readFailure(
  reader: Reader,
  status: number | undefined,
  body: unknown,
): FailureOfAny {
  const { isJson, value } = parsed(body);
  const found: Findings = { params: {} };
  const isMatch = isJson && matches(reader.shape, value, found);
  const named = (one: Findings, status: number | undefined) => {
    const name = reader.nameOf(one.code, status);
    const entry = name === undefined ? undefined : reader.errors[name];
    return { name, entry };
  };

  // The first error that the table lists speaks for the whole body.
  const list = found.errors ?? [];
  const known = list.find(
    (one) => named(one, one.status ?? status ?? found.status).entry,
  );
  const main = known ?? list[0] ?? found;
  // The status of an event is in the body, in the order of the body, or else in the table.
  const sent = status ?? found.statusBefore ?? main.status ?? found.status;
  const statusOfAll = sent ?? named(main, sent).entry?.status;

  const errorOf = (one: Findings): ErrorOfAny => {
    const own = one === found ? undefined : one.status;
    const { name, entry } = named(one, own ?? statusOfAll);
    return {
      status: own ?? statusOfAll,
      code: entry && one.code,
      codeText: one.code?.toString(),
      name,
      entry,
      verdict: entry?.retry ?? fallbackVerdict(own ?? statusOfAll ?? 0),
      params: { ...found.params, ...one.params },
    };
  };
  const first = errorOf(main);
  const errors = reader.shape.hasErrors === true ? list.map(errorOf) : [first];
  return {
    ...first,
    surface: reader.surface,
    status: statusOfAll,
    verdict: adviceOf(errors) ?? first.verdict,
    matches: isMatch,
    errors,
    text: !isJson && isString(value) ? safeLine(value) : undefined,
    body: value,
  };
}

/** Reads a response that may be an error or not. Below 400, a body must look like one. */
export function detectFailure(
  reader: Reader,
  status: number,
  body: unknown,
): FailureOfAny | undefined {
  const failure = readFailure(reader, status, body);
  const { codeText, name } = failure;
  const hasCode =
    codeText !== undefined &&
    (name !== undefined || reader.shape.hasLiteral === true);
  return status >= 400 || (failure.matches && hasCode) ? failure : undefined;
}

/** The advice for several errors: never if one says so, else that with the longest wait. */
function adviceOf(errors: readonly ErrorOfAny[]): Verdict | undefined {
  const [advice] = errors
    .map(({ verdict }) => ({ verdict, waits: waitsOf(verdict) }))
    .sort(({ waits: [a, b] }, { waits: [c, d] }) => c - a || d - b);
  return advice?.verdict;
}

/** The wait before the first retry, and the longest one. A `never` is longer than any. */
function waitsOf(verdict: Verdict): readonly [number, number] {
  if (verdict.kind === "never") return [Number.MAX_VALUE, 0];
  const afterMs = verdict.kind === "after" ? verdict.afterMs : 0;
  return [Math.max(afterMs, verdict.initialMs), verdict.maxMs];
}

// An error in a table, and an error as a client reads it.

import type { Verdict } from "./verdict.ts";

/** What the catalog says about an error. */
export interface ErrorEntry {
  /** The code, if it is a number. A text code is the key in the table. */
  readonly code?: number;
  /** The HTTP status that a server sends by default. */
  readonly status: number;
  /** Every HTTP status of the error; undefined if `status` is the only one. */
  readonly statuses?: readonly number[];
  /** What went wrong. */
  readonly meaning: string;
  /** What to do about it. */
  readonly fix: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** When and how often to retry. */
  readonly retry: Verdict;
  /** The groups that the error belongs to, if any. */
  readonly tags?: readonly string[];
  /** The version that first sent the error, if the catalog says it. */
  readonly since?: string;
  /** Since when the error is deprecated, what to use instead and why; undefined if it is not. */
  readonly deprecated?: {
    readonly since?: string;
    readonly use?: string;
    readonly note?: string;
  };
  /** The URL of the error's section in the docs, if the catalog gives their address. */
  readonly docs?: string;
}

/** An error response as a client reads it. No field depends on the wording of a message. */
export interface Failure<Surface extends string, Code, Name, Entry, Values> {
  /** The id of the API whose error was read. */
  readonly surface: Surface;
  /** The HTTP status. For an error in an event stream, 0 if nothing in the event tells it. */
  readonly status: number;
  /** The code; undefined if this version of the package doesn't know it. */
  readonly code: Code;
  /** The code as it was sent, known or not; undefined if there was none. */
  readonly codeText: string | undefined;
  /** The error's key in the table, to `switch` on; undefined if the table doesn't list it. */
  readonly name: Name;
  /** The error's entry in the table; undefined if the table doesn't list it. */
  readonly entry: Entry;
  /** When and how often to retry, from `entry`. Without an entry, the status decides. */
  readonly verdict: Verdict;
  /** Whether the body has the shape of this API's errors. False for an HTML page from a proxy. */
  readonly fits: boolean;
  /** The values in the body, without those that are null, of the wrong type or the text `None`. */
  readonly params: Partial<Values>;
  /** The body: parsed JSON, or the text if it isn't JSON; undefined if it is empty. */
  readonly body: unknown;
}

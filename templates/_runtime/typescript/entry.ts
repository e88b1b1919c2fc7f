// What the tables say of an error, and what a client reads of a response.

import type { Verdict } from "./verdict.ts";

/** What the tables say of an error. */
export interface ErrorEntry {
  /** The code, where codes are numbers; else it is the key of the table. */
  readonly code?: number;
  /** The HTTP status it is sent with, unless a server picks another of `statuses`. */
  readonly status: number;
  /** Every HTTP status it is sent with, if there are several. */
  readonly statuses?: readonly number[];
  /** What went wrong. */
  readonly meaning: string;
  /** What to do about it. */
  readonly fix: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** When, and how often, to send the request again. */
  readonly retry: Verdict;
  /** The groups it belongs to. */
  readonly tags?: readonly string[];
  /** That it is no longer sent, since when, what replaced it and why. */
  readonly deprecated?: {
    readonly since?: string;
    readonly use?: string;
    readonly note?: string;
  };
  /** Where the docs describe it. */
  readonly docs?: string;
}

/** What a client knows of an error response. Nothing here depends on the wording of a message. */
export interface Failure<Surface extends string, Code, Name, Entry, Values> {
  /** The API it was read as an error of. */
  readonly surface: Surface;
  /** The HTTP status; of an error in an event stream 0, if nothing names one. */
  readonly status: number;
  /** The code, if this version of the package knows it. */
  readonly code: Code;
  /** The code as it was sent, known or not; undefined if none was. */
  readonly codeText: string | undefined;
  /** The key in the table of the API, if the table lists the error: what to `switch` on. */
  readonly name: Name;
  /** What the table says of it, if it lists it. */
  readonly entry: Entry;
  /** When, and how often, to send the request again: as `entry` says, else as the status says. */
  readonly verdict: Verdict;
  /** Whether the body has the shape of errors of the API: a proxy's page of HTML has not. */
  readonly fits: boolean;
  /** The values in the body. What is absent, null, of another type or the text `None` is left out. */
  readonly params: Partial<Values>;
  /** The body: parsed JSON; the text, if it is no JSON; undefined, if it is empty. */
  readonly body: unknown;
}

// An error in a table, and an error as a client reads it.

import type { RetryAdvice } from "./retry-advice.ts";
import type { ResponseHeaders } from "./web.ts";

/** What the catalog says about an error. */
export interface ErrorEntry {
  /** The code, if it isn't the key in the table. */
  readonly code?: number | string;
  /** The HTTP status that a server sends by default. */
  readonly status: number;
  /** Every HTTP status of the error; undefined if `status` is the only one. */
  readonly statuses?: readonly number[];
  /** What went wrong. */
  readonly meaning: string;
  /** What to do about it; undefined if the catalog doesn't say. */
  readonly fix?: string | undefined;
  /** Whether the same request may succeed later; undefined if the catalog doesn't say. */
  readonly retryable?: boolean | undefined;
  /** Whether to retry, and how; undefined if the catalog doesn't say. Then the status decides. */
  readonly retryAdvice?: RetryAdvice | undefined;
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

/** `ErrorEntry`, under a name that no error in a namespace of entries can have. */
export type Entry_ = ErrorEntry;

/** One of the errors in a body, as a client reads it: of any API. */
export interface ErrorInBody<Status = number | undefined> {
  /**
   * The HTTP status: of the error if the body gives one to each, else of the response. For an error in
   * an event stream, undefined if nothing in the event tells it.
   */
  readonly status: Status;
  /** The code as it was sent, known or not; undefined if there was none. */
  readonly codeText: string | undefined;
  /** The error's entry in the table; undefined if the table doesn't list it. */
  readonly entry: ErrorEntry | undefined;
  /** Whether to retry, and how: from `entry`. If that doesn't say, the status decides. */
  readonly retryAdvice: RetryAdvice;
  /** Whether the same request may succeed later: whether the advice is to retry. */
  readonly retryable: boolean;
  /** The values in the body, without those that are null or of the wrong type. */
  readonly params: object;
}

/** An error response as a client reads it: of any API. No field depends on the wording of a message. */
export interface Failure<
  Status = number | undefined,
  Headers = ResponseHeaders | undefined,
> extends ErrorInBody<Status> {
  /** The id of the API that sent the error. */
  readonly surface: string;
  /** Whether the body has the shape of this API's errors. False for an HTML page from a proxy. */
  readonly matches: boolean;
  /** Each error in the body. */
  readonly errors: readonly ErrorInBody[];
  /** The wait that the body asks for, in milliseconds; undefined if it doesn't ask for one. */
  readonly bodyWaitMs: number | undefined;
  /** What a body that isn't JSON says, as one safe line; undefined if it says nothing. */
  readonly text: string | undefined;
  /** The body: parsed JSON, or the text if it isn't JSON; undefined if it is empty. */
  readonly body: unknown;
  /** The headers of the response; undefined if none was given to read. */
  readonly headers: Headers;
}

/** Values as they are read: each may be missing, also in the items of a list. */
export type Read<Values> = {
  readonly [Name in keyof Values]?: ReadValue<Values[Name]>;
};

type ReadValue<Value> = Value extends readonly (infer Item extends object)[]
  ? readonly Read<Item>[]
  : Exclude<Value, null | undefined>;

/** Whether an error belongs to a group. */
export function hasTag({ entry }: ErrorInBody, tag: string): boolean {
  return entry?.tags?.includes(tag) === true;
}

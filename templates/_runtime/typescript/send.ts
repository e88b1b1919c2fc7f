// The arguments of functions that send errors, and the response that they send.

import type { Call, Sender, Table } from "./build.ts";
import { afterMsOf, bodyOf, sentBy } from "./build.ts";
import { isNumber } from "./guards.ts";
import type { WebResponse } from "./web.ts";

declare const Headers: new (init?: ErrorInit["headers"]) => {
  set(name: string, value: string): void;
  forEach(callback: (value: string, name: string) => void): void;
};
declare const Response: new (body: string, init: object) => WebResponse;

/** How to send an error. */
export interface ErrorInit<Status extends number = number> {
  /** The HTTP status, if the error has several. Default: the first. */
  readonly status?: Status | undefined;
  /**
   * When to retry, in milliseconds: sets `Retry-After`, and the wait in the body unless `params` do.
   * Default: what the catalog says.
   */
  readonly retryAfterMs?: number | undefined;
  /** The reason phrase, such as `Not Found`. */
  readonly statusText?: string;
  /** More headers. They replace those that the catalog sets. */
  readonly headers?:
    Iterable<readonly [string, string]> | Readonly<Record<string, string>>;
}

/** The HTTP statuses of an error in a table. */
type StatusOf<Entry> = Entry extends {
  readonly statuses: readonly (infer Status extends number)[];
}
  ? Status
  : Entry extends { readonly status: infer Status extends number }
    ? Status
    : never;

/** Values to send: the `Needed` ones are required, those in `Values` optional. No others exist. */
export type With<Values, Needed, Fixed = never> = Plain<
  AllOf<Needed> & {
    readonly [Name in Exclude<keyof Values, keyof AllOf<Needed> | Fixed>]?:
      Values[Name] | null | undefined;
  }
>;

/** What every type of a union asks for: that of one of several errors must have what each needs. */
type AllOf<Union> = (
  Union extends unknown ? (all: Union) => void : never
) extends (all: infer All) => void
  ? All
  : never;

/** The type, if it has members; otherwise an object without any. */
type Plain<Params> = [keyof Params] extends [never]
  ? Record<string, never>
  : Params;

/** `Params`, or undefined if the error needs no values. */
export type Given<Params> =
  Record<string, never> extends Params ? Params | undefined : Params;

/** How to send an error of a table. */
export type InitFor<Entry> = ErrorInit<StatusOf<Entry>>;

/** The name of an error, if it can be sent without values. */
export type Complete<Name, Params> =
  Record<string, never> extends Params ? Name : NeedsParams<Required<Params>>;

/** Stands where an error needs values, and none are given: compilers show which. */
interface NeedsParams<Names> {
  readonly params: Names;
}

/** The names of the values that must be given. */
type Required<Params> = {
  [Name in keyof Params]-?: object extends Pick<Params, Name> ? never : Name;
}[keyof Params];

/** One of several errors in a body: its name, and its values unless it needs none. */
export type Sent<Name, Params> =
  Record<string, never> extends Params
    ? readonly [name: Name, params?: Params]
    : readonly [name: Name, params: Params];

/** Builds the response for one or several errors, with the headers that the catalog sets. */
export function respond(
  sender: Sender,
  errors: Table,
  mediaType: string,
  call: Call,
): WebResponse {
  const { sent, init } = sentBy(call);
  const headers = new Headers({ "content-type": mediaType });
  const waits = sent.map(([key, params]) => {
    const { wait } = (params ?? {}) as { readonly wait?: unknown };
    if (sender.shape.hasWait === true && isNumber(wait)) return wait;
    return afterMsOf(errors[key]) ?? -1;
  });
  const waitMs = init?.retryAfterMs ?? Math.max(...waits);
  if (waitMs >= 0) {
    // In whole seconds: RFC 9110, section 10.2.3.
    headers.set("retry-after", String(Math.ceil(waitMs / 1000)));
  }
  const own = new Headers(init?.headers);
  own.forEach((value, name) => {
    headers.set(name, value);
  });
  const status = init?.status ?? errors[sent[0]?.[0] ?? ""]?.status;
  const body = JSON.stringify(bodyOf(sender, call));
  return new Response(body, { ...init, status, headers });
}

// The arguments of functions that send errors, and the response that they send.

import type { Call, Sender, Table } from "./build.ts";
import { bodyOf, sentBy } from "./build.ts";
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

/** The arguments after the name of an error. If the error needs no values, they are optional. */
export type Rest<Params, Entry> =
  Record<string, never> extends Params
    ? [params?: Params, init?: ErrorInit<StatusOf<Entry>>]
    : [params: Params, init?: ErrorInit<StatusOf<Entry>>];

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
    const retry = errors[key]?.retry;
    const { wait } = (params ?? {}) as { readonly wait?: unknown };
    if (sender.shape.hasWait === true && isNumber(wait)) return wait;
    return retry?.kind === "after" ? retry.afterMs : -1;
  });
  const waitMs = Math.max(...waits);
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

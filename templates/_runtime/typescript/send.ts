// Builds the body of an error, and the response to send.

import type { ErrorEntry } from "./entry.ts";
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

/** Values to send: the `Needed` ones are required, the others optional. No others exist. */
export type With<Values, Needed extends keyof Values> = [keyof Values] extends [
  never,
]
  ? Record<string, never>
  : { readonly [Name in Needed]: Values[Name] } & {
      readonly [Name in keyof Values]?: Values[Name] | null | undefined;
    };

/** The arguments after the name of an error. If the error needs no values, they are optional. */
export type Rest<Params, Entry> =
  Record<string, never> extends Params
    ? [params?: Params, init?: ErrorInit<StatusOf<Entry>>]
    : [params: Params, init?: ErrorInit<StatusOf<Entry>>];

/** Builds the response for an error, with the headers that the catalog sets. */
export function respond(
  entry: ErrorEntry,
  body: unknown,
  mediaType: string,
  init: ErrorInit | undefined,
): WebResponse {
  const headers = new Headers({ "content-type": mediaType });
  const { retry } = entry;
  if (retry.kind === "after") {
    // In whole seconds: RFC 9110, section 10.2.3.
    headers.set("retry-after", String(Math.ceil(retry.afterMs / 1000)));
  }
  const own = new Headers(init?.headers);
  own.forEach((value, name) => {
    headers.set(name, value);
  });
  const status = init?.status ?? entry.status;
  return new Response(JSON.stringify(body), { ...init, status, headers });
}

/** Copies an object without its undefined and null members. */
export function present<Members extends object>(
  members: Members,
): { [Key in keyof Members]?: NonNullable<Members[Key]> } {
  const there = Object.entries(members).filter(([, value]) => value != null);
  return Object.fromEntries(there) as typeof members;
}

/** Returns the object; undefined if one of its members is undefined, or it has none. */
export function whole<Members extends object>(
  members: Members,
): Members | undefined {
  const values: unknown[] = Object.values(members);
  return values.length > 0 && !values.includes(undefined) ? members : undefined;
}

/** A list of one element; undefined if the element is undefined or null. */
export function listOf<Element>(
  element: Element,
): NonNullable<Element>[] | undefined {
  return element == null ? undefined : [element];
}

/** Joins values into one text; undefined if one of them is undefined or null. */
export function joined(...parts: readonly unknown[]): string | undefined {
  return parts.some((part) => part == null)
    ? undefined
    : parts.map(asText).join("");
}

/** A value as part of a text: text as it is, anything else as JSON. */
export function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

// Sending an error: the pieces of its body, and the response.

import type { ErrorEntry } from "./entry.ts";
import type { WebResponse } from "./web.ts";

/** How an error is sent. */
export interface ErrorInit<Status extends number = number> {
  /** The status, if the error has several: the first one by default. */
  readonly status?: Status | undefined;
  /** The reason phrase. */
  readonly statusText?: string;
  /** Further headers, or others than those that the catalog knows. */
  readonly headers?:
    Iterable<readonly [string, string]> | Readonly<Record<string, string>>;
}

/** The statuses of an error of a table. */
type StatusOf<Entry> = Entry extends {
  readonly statuses: readonly (infer Status extends number)[];
}
  ? Status
  : Entry extends { readonly status: infer Status extends number }
    ? Status
    : never;

/** Values, some of which cannot be left out; others do not exist. */
export type With<Values, Needed extends keyof Values> = [keyof Values] extends [
  never,
]
  ? Record<string, never>
  : { readonly [Name in Needed]: Values[Name] } & {
      readonly [Name in keyof Values]?: Values[Name] | null | undefined;
    };

/** What follows the name of an error: its values, which only an error without needs can leave out. */
export type Rest<Params, Entry> =
  Record<string, never> extends Params
    ? [params?: Params, init?: ErrorInit<StatusOf<Entry>>]
    : [params: Params, init?: ErrorInit<StatusOf<Entry>>];

/** An error as a response, with the headers that the catalog knows. */
export function respond(
  entry: ErrorEntry,
  body: unknown,
  mediaType: string,
  init: ErrorInit | undefined,
): WebResponse {
  const headers = new Headers({ "content-type": mediaType });
  const { retry } = entry;
  if (retry.kind === "after") {
    // RFC 9110, section 10.2.3: whole seconds.
    headers.set("retry-after", String(Math.ceil(retry.afterMs / 1000)));
  }
  const own = new Headers(init?.headers as Record<string, string>);
  own.forEach((value, name) => {
    headers.set(name, value);
  });
  const status = init?.status ?? entry.status;
  return new Response(JSON.stringify(body), { ...init, status, headers });
}

/** The members of an object that are neither undefined nor null. */
export function present<Members extends object>(
  members: Members,
): { [Key in keyof Members]?: NonNullable<Members[Key]> } {
  const there = Object.entries(members).filter(([, value]) => value != null);
  return Object.fromEntries(there) as typeof members;
}

/** An object that has members; undefined instead of one that has none. */
export function someOf<Members extends object>(
  members: Members,
): Members | undefined {
  return Object.keys(members).length > 0 ? members : undefined;
}

/** A list with an element; undefined if that is absent. */
export function listOf<Element>(
  element: Element,
): NonNullable<Element>[] | undefined {
  return element == null ? undefined : [element];
}

/** Values as one text; undefined if one of them is absent. */
export function joined(...parts: readonly unknown[]): string | undefined {
  return parts.some((part) => part == null)
    ? undefined
    : parts.map(asText).join("");
}

/** A value inside of a text: a text as it is, all else as JSON. */
export function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

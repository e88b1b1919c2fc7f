// The classes of errors to throw: what those of all APIs share.

import type { Failure } from "./entry.ts";
import { isObject } from "./guards.ts";
import { safeLine } from "./json.ts";

/** One line that is safe to log: which error it is, and what it means. */
export function messageOf({
  codeText,
  entry,
  name = "HTTP error",
  status,
  text = "unknown",
}: Failure & { readonly name?: string }): string {
  return `${safeLine(codeText ?? name) ?? name}${status == null ? "" : ` (${status})`}: ${entry?.meaning ?? text}`;
}

/**
 * Whether a value is an instance of the class with this brand: a symbol that tells the class from
 * others, also in other copies of the package and in other realms.
 */
export function isBranded(value: unknown, brand: string): boolean {
  return isObject(value) && Symbol.for(brand) in value;
}

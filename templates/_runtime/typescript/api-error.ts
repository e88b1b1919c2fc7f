// The classes of errors to throw: what those of all APIs share.

import type { Failure } from "./entry.ts";
import { isObject } from "./guards.ts";
import { safeLine } from "./json.ts";

/**
 * Gives an error what every instance of its class has, as natively: not enumerable, and a cause only
 * if there is one. The brand tells the class from others, also in other copies of the package and in
 * other realms.
 */
export function brand(
  error: Error,
  name: string,
  symbol: string,
  options: { readonly cause?: unknown } | undefined,
): void {
  const own = { name, [Symbol.for(symbol)]: true, ...options };
  for (const key of Reflect.ownKeys(own)) {
    const value = own[key as keyof typeof own];
    const attributes = { value, writable: true, configurable: true };
    Object.defineProperty(error, key, attributes);
  }
}

/** Whether a value is an instance of the class with this brand. */
export function isBranded(value: unknown, symbol: string): boolean {
  return isObject(value) && Symbol.for(symbol) in value;
}

/** One line that is safe to log: which error it is, and what it means. */
export function messageOf(failure: Failure): string {
  const { codeText, entry, status, text } = failure;
  const suffix = status === undefined ? "" : ` (${status})`;
  if (entry !== undefined) {
    const { name } = failure as { readonly name?: string };
    return `${codeText ?? name}${suffix}: ${entry.meaning}`;
  }
  if (codeText !== undefined) {
    return `unknown code ${safeLine(codeText)}${suffix}`;
  }
  const http = status === undefined ? "unknown error" : `HTTP ${status}`;
  return text === undefined ? http : `${http} [${text}]`;
}

// The values of placeholders: which JSON has their type, and what is read from it.

import { isNumber, isString } from "./guards.ts";
import { LONGEST_WAIT_MS } from "./retry-after.ts";
import type { Type } from "./shape.ts";

/** Whether a value has the type. */
export function isOf(type: Type, value: unknown): boolean {
  switch (type) {
    case "text":
      return isString(value);
    case "integer":
      return Number.isInteger(value);
    case "number":
      return isNumber(value);
    case "boolean":
      return typeof value === "boolean";
    case "any":
      return value !== undefined;
    case "status":
      return isString(value) && THREE_DIGITS.test(value);
    default:
      return isNumber(value) && value >= 0;
  }
}

/**
 * What is read from a value; undefined for nothing. That is less than what has the type, because an
 * integer can be too long, and more: servers confuse integers and text.
 */
export function readAs(type: Type, value: unknown): unknown {
  switch (type) {
    case "any":
      return value;
    case "boolean":
      return typeof value === "boolean" ? value : undefined;
    case "integer":
      return integer(value);
    case "number":
      return isNumber(value) ? value : integer(value);
    case "s":
    case "ms":
      return waitMs(isNumber(value) ? value : integer(value), type);
    default: {
      const text = isString(value) ? value : integer(value)?.toString();
      const isRead = type === "text" || THREE_DIGITS.test(text ?? "");
      return isRead ? text : undefined;
    }
  }
}

/** The value that a part of a text spells; the part itself if it spells none of the type. */
export function spelled(type: Type, text: string): unknown {
  if (type === "boolean" && /^(?:true|false)$/.test(text))
    return text === "true";
  // More digits would be infinity, which isn't an integer.
  if (type === "integer" && INTEGER.test(text))
    return Number(text.slice(0, 300));
  return type === "number" && NUMBER.test(text) ? Number(text) : text;
}

/** A number, or a text that is one, as an integer; undefined beyond the range of exact ones. */
function integer(value: unknown): number | undefined {
  const number = isString(value) && INTEGER.test(value) ? Number(value) : value;
  // Turns -0 into 0.
  return Number.isSafeInteger(number) ? (number as number) + 0 : undefined;
}

function waitMs(
  wait: number | undefined,
  unit: "s" | "ms",
): number | undefined {
  if (wait === undefined || wait < 0) return undefined;
  const ms = Math.ceil(unit === "s" ? wait * 1000 : wait);
  return Math.min(ms, LONGEST_WAIT_MS) + 0;
}

const INTEGER = /^-?(?:0|[1-9]\d*)$/;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;
const THREE_DIGITS = /^\d{3}$/;

// Follows the shape of a body: whether a body matches it, and what is at its placeholders.

import { hasOwn, isObject, isString } from "./guards.ts";
import type { Content, ListContent, Shape, Slot, Text } from "./shape.ts";
import { isOf, readAs, spelled } from "./values.ts";

/** What a body holds, or an element of a list in it. */
export interface Findings {
  code?: string | number;
  /** The status in the body, if it is an error's. */
  status?: number;
  readonly params: Record<string, unknown>;
  /** The elements of the list of errors. */
  errors?: readonly Findings[];
  /** The status in the body, if it comes before the list of errors. */
  statusBefore?: number | undefined;
}

/** Whether parsed JSON has the shape. Notes what is there in `found`, also if the shape is another. */
export function matches(
  { body, absent }: Shape,
  json: unknown,
  found: Findings = { params: {} },
): boolean {
  return follow(body, json, found, absent);
}

function follow(
  content: Content,
  value: unknown,
  found: Findings,
  absent: readonly unknown[] = [],
): boolean {
  if ("literal" in content) return isSame(content.literal, value);
  if ("parts" in content) return followText(content, value, found);
  if ("of" in content) return followList(content, value, found, absent);
  if (!("members" in content)) {
    note(content, value, found);
    return isOf(content.type, value);
  }
  if (!isObject(value)) return false;
  let isMatch = true;
  for (const member of content.members) {
    const own = hasOwn(value, member.key) ? value[member.key] : undefined;
    const isAbsent = own == null || absent.includes(own);
    if (member.optional === true && isAbsent) continue;
    if (!follow(member, own, found, absent)) isMatch = false;
  }
  return isMatch;
}

function followList(
  { of, param, isErrors = false }: ListContent,
  list: unknown,
  found: Findings,
  absent: readonly unknown[],
): boolean {
  if (!Array.isArray(list)) return false;
  const errors: Findings[] = [];
  const items: unknown[] = [];
  let isMatch = true;
  for (const element of list as readonly unknown[]) {
    // The values of an error are its own and those around the list.
    const own: Findings = { params: isErrors ? { ...found.params } : {} };
    if (!follow(of, element, own, absent)) isMatch = false;
    if (!("members" in of)) {
      items.push(...Object.values(own.params));
      if (own.code !== undefined) errors.push(own);
    } else if (isObject(element)) {
      items.push(own.params);
      errors.push(own);
    }
  }
  if (isErrors) {
    found.errors = errors;
    found.statusBefore = found.status;
  }
  if (param !== undefined) found.params[param] = items;
  return isMatch;
}

function followText({ parts }: Text, text: unknown, found: Findings): boolean {
  if (!isString(text)) return false;
  const [slot, ...others] = parts.filter(
    (part): part is Slot => !isString(part),
  );
  // Where one of several values ends, nobody can tell.
  if (slot === undefined || others.length > 0) return true;
  const at = parts.indexOf(slot);
  const before = literal(parts[at - 1]);
  const after = literal(parts[at + 1]);
  const length = text.length - before.length - after.length;
  if (length < 0 || !text.startsWith(before) || !text.endsWith(after)) {
    return false;
  }
  const inner = text.slice(before.length, before.length + length);
  const value = spelled(slot.type, inner);
  note(slot, value, found);
  return isOf(slot.type, value);
}

function literal(part: string | Slot | undefined): string {
  return isString(part) ? part : "";
}

/** Notes a value. Of several with one name, the first counts. */
function note(
  { type, param, is, isRead }: Slot,
  value: unknown,
  found: Findings,
) {
  const read = readAs(type, value);
  if (read === undefined) return;
  if (param !== undefined && !hasOwn(found.params, param)) {
    found.params[param] = read;
  }
  if (isRead === true && read !== "") found.code = read as string | number;
  if (is !== "status") return;
  const status = Number(read);
  if (status >= 400 && status <= 599) found.status ??= status;
}

/** Whether a value is the literal. Numbers are compared by value. */
function isSame(literal: unknown, value: unknown): boolean {
  if (Array.isArray(literal)) return Array.isArray(value);
  return isObject(literal) ? isObject(value) : value === literal;
}

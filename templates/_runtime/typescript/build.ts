// Builds the body of an error, as its shape says.

import type { ErrorEntry } from "./entry.ts";
import { hasOwn, isNumber, isString } from "./guards.ts";
import type { ErrorInit } from "./send.ts";
import type { Content, ListContent, Shape, Slot } from "./shape.ts";

/** What building bodies needs to know about a surface. */
export interface Sender {
  readonly shape: Shape;
  /** The table, if bodies hold something of it. */
  readonly errors?: Table;
  /** Whether the keys of the table are the codes. */
  readonly isKeyedByCode?: boolean;
  /** What placeholders always hold for an error, by its key. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, Content>>>>;
}

export type Table = Readonly<Record<string, ErrorEntry>>;

/** The arguments of a function that sends: one error or several, and how. */
export type Call =
  | readonly [key: string, params?: object | null | undefined, init?: ErrorInit]
  | readonly [errors: readonly SentOne[], init?: ErrorInit];

type SentOne = readonly [key: string, params?: object | null | undefined];

/** What fills a place in a body: the value; undefined or null if there is none. */
type Fill = (place: Partial<Slot>) => unknown;

/** What is sent, and how. */
export function sentBy(call: Call): {
  readonly sent: readonly SentOne[];
  readonly init: ErrorInit | undefined;
} {
  const [first, second, init] = call;
  return isString(first)
    ? { sent: [[first, second]], init }
    : { sent: first, init: second as ErrorInit | undefined };
}

/** Builds the body of one error, or of several. */
export function bodyOf(sender: Sender, call: Call): unknown {
  const { sent, init } = sentBy(call);
  const [first = [""], ...others] = sent;
  // Of several errors, each has its own status. The response has one for all.
  const own = others.length === 0 ? init : { ...init, status: undefined };
  const elements = sent.map((error) => filler(sender, error, own));
  const fill = filler(sender, first, init);
  return built(sender.shape.body, { fill, elements }, false);
}

function filler(
  { errors = {}, isKeyedByCode = false, values }: Sender,
  [key, params]: SentOne,
  { status, retryAfterMs }: ErrorInit = {},
): Fill {
  const entry: ErrorEntry | undefined = errors[key];
  const fixed = memberOf(values, key) as object | undefined;
  const fill: Fill = ({ is, param, type }) => {
    if (param !== undefined) {
      const content = memberOf(fixed, param) as Content | undefined;
      const value = memberOf(params, param);
      if (content !== undefined) return built(content, { fill }, false);
      return type === "s" || type === "ms"
        ? waitIn(type, value ?? retryAfterMs, entry)
        : value;
    }
    if (is === "code") return isKeyedByCode ? key : entry?.code;
    if (is !== "status") return is && entry?.[is];
    const number = status ?? entry?.status;
    return type === "status" ? number?.toString() : number;
  };
  return fill;
}

function memberOf(object: object | null | undefined, key: string): unknown {
  const isOwn = object != null && hasOwn(object, key);
  return isOwn ? (object as Readonly<Record<string, unknown>>)[key] : undefined;
}

/** A wait in its unit. Without one, the entry may say how long to wait. */
function waitIn(
  unit: "s" | "ms",
  ms: unknown,
  entry: ErrorEntry | undefined,
): unknown {
  const wait = ms ?? afterMsOf(entry);
  return unit === "s" && isNumber(wait) ? wait / 1000 : wait;
}

/** How long an error's advice says to wait before a retry. */
export function afterMsOf(entry: ErrorEntry | undefined): number | undefined {
  const advice = entry?.retryAdvice;
  return advice?.kind === "after" ? advice.afterMs : undefined;
}

/** What fills the places of a body, and of each element in its list of errors. */
interface Fills {
  readonly fill: Fill;
  readonly elements?: readonly Fill[];
}

/** A value as it is sent. Undefined, if it is optional and nothing fills it. */
function built(content: Content, fills: Fills, isOptional: boolean): unknown {
  if ("literal" in content) return content.literal;
  if ("of" in content) return builtList(content, fills, isOptional);
  if ("parts" in content) {
    const parts = content.parts.map((part) =>
      isString(part) ? part : fills.fill(part),
    );
    const isAbsent = isOptional && parts.some((part) => part == null);
    return isAbsent ? undefined : parts.map(asText).join("");
  }
  if (!("members" in content)) {
    return fills.fill(content) ?? (isOptional ? undefined : null);
  }
  const members: [string, unknown][] = [];
  for (const { key, optional = false, ...member } of content.members) {
    const value = built(member, fills, isOptional || optional);
    if (value !== undefined) members.push([key, value]);
    else if (!optional) return undefined;
  }
  const isEmpty = members.length < Math.min(content.members.length, 1);
  return isOptional && isEmpty ? undefined : Object.fromEntries(members);
}

function builtList(
  { of, param, isErrors = false }: ListContent,
  fills: Fills,
  isOptional: boolean,
): unknown {
  if (param === undefined) {
    const { fill, elements = [fill] } = fills;
    const list = (isErrors ? elements : [fill])
      .map((fill) => built(of, { fill }, isOptional))
      .filter((element) => element !== undefined);
    return list.length > 0 ? list : undefined;
  }
  const items = fills.fill({ param });
  if (!Array.isArray(items)) return isOptional ? undefined : [];
  return (items as readonly unknown[]).map((item) => {
    const isItem = "members" in of;
    const fill: Fill = (place) => {
      const { param } = place;
      if (param === undefined) return fills.fill(place);
      return isItem ? memberOf(item as object, param) : item;
    };
    return built(of, { fill }, false);
  });
}

/** A part of a text: text as it is, nothing for an absent value, anything else as JSON. */
function asText(value: unknown): string {
  if (isString(value)) return value;
  return value == null ? "" : JSON.stringify(value);
}

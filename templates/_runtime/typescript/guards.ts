// Checks of single values. The generated check of a body calls them.

export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isListOf(
  value: unknown,
  check: (element: unknown) => boolean,
): boolean {
  return Array.isArray(value) && value.every((element) => check(element));
}

export function isAbsentOr(
  value: unknown,
  check: (value: unknown) => boolean,
): boolean {
  return value === undefined || value === null || check(value);
}

export function isPresent(value: unknown): boolean {
  return value !== undefined;
}

/** Whether an object has a member of its own. `Object.hasOwn` needs ES2022. */
export function hasOwn(object: object, key: PropertyKey): boolean {
  return Object.prototype.hasOwnProperty.call(object, key);
}

export function isString(value: unknown): value is string {
  return typeof value === "string";
}

export function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

export function isNull(value: unknown): value is null {
  return value === null;
}

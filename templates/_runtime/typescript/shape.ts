// The shape of a body as plain data, nested as the body is. Reading, checking and sending all follow it.

/** The shape of a surface's bodies. */
export interface Shape {
  readonly body: Content;
  /** The texts that, as the value of an optional member, mean that the member is absent. */
  readonly absent?: readonly string[];
  /** Whether a body has a list of errors. */
  readonly hasErrors?: boolean;
  /** Whether a literal that every error has tells errors from other bodies. */
  readonly hasLiteral?: boolean;
  /** Whether the param `wait` is the wait that an error asks for, in milliseconds. */
  readonly hasWait?: boolean;
}

/** A value in a body. */
export type Content = ObjectContent | ListContent | Text | Slot | Literal;

/** A member of an object. */
export type Member = Content & {
  readonly key: string;
  readonly optional?: boolean;
};

export interface ObjectContent {
  readonly members: readonly Member[];
}

/** A list, whose elements all have one shape. */
export interface ListContent {
  readonly of: Content;
  /** Whether each element is an error. */
  readonly isErrors?: boolean;
  /** The name of the list, if it is a param. */
  readonly param?: string;
}

/** A text with values in it. A reader takes out the value only if there is just one. */
export interface Text {
  readonly parts: readonly (string | Slot)[];
}

/** A value that a placeholder stands for. */
export interface Slot {
  readonly type: Type;
  /** The name of the param. */
  readonly param?: string;
  /** What fills it instead of a param. */
  readonly is?: "code" | "status" | "meaning" | "fix" | "docs";
  /** Whether this code, of several in a body, is the one that readers read. */
  readonly isRead?: boolean;
}

/** A value that is always the same. `{}` is any object, and `[]` any array. */
export interface Literal {
  readonly literal: unknown;
}

/** The type of a placeholder. A `status` is a text of three digits; `s` and `ms` are waits. */
export type Type =
  "text" | "integer" | "number" | "boolean" | "any" | "status" | "s" | "ms";

/** The whole catalog. */
// prettier-ignore
export interface Catalog {
  /** The JSON Schema of this structure: a file that the target `json` writes next to `catalog.json`. */
  $schema: string;
  /** The version of this structure. */
  errcat: 1;
  /** The name of the product. */
  product: string;
  /** The version of the catalog, and of packages generated from it. */
  version: string;
  /** The heading of the docs page. */
  title: string;
  /** The first paragraph of the docs page. */
  intro: string | null;
  /** The URL of the docs page. */
  docs: string | null;
  /** Who to ask about errors. */
  contact: Contact | null;
  /** The license, as an SPDX expression. */
  license: string | null;
  /** How to retry errors that the catalog doesn't list; none if it doesn't say. */
  retry: Strategy | null;
  /** The groups of errors. */
  tags: Tag[];
  /** The default name of packages: the product's words and `errors`, joined by `-`. */
  package: string;
  /** The APIs. */
  surfaces: Surface[];
  /** The author's own data: an object, by default an empty one. */
  meta: { [name: string]: unknown };
}

/** Who to ask about errors. */
// prettier-ignore
export interface Contact {
  /** The name of a person or team. */
  name: string | null;
  /** The URL of a page. */
  url: string | null;
  /** An email address. */
  email: string | null;
}

/** How to retry errors that the catalog doesn't list. Times are in milliseconds. */
// prettier-ignore
export interface Strategy {
  /** The statuses to retry: numbers, and the classes `4xx` or `5xx`. */
  statuses: (string | number)[];
  /** The classes of statuses that aren't retried, with their exceptions. */
  permanent: Permanent[];
  /** The wait before the first retry. */
  initial_ms: number;
  /** The longest wait. */
  max_delay_ms: number;
  /** What each wait is multiplied by to get the next. */
  factor: number;
  /** The maximum number of retries. */
  retries: number;
  /** The wait before each retry, without jitter. At most 20 are listed. */
  waits_ms: number[];
  /** All of this as sentences, without a table of waits. */
  text: string;
}

/** A class of statuses that isn't retried. */
// prettier-ignore
export interface Permanent {
  /** `4xx` or `5xx`. */
  statuses: "4xx" | "5xx";
  /** The statuses of the class that are retried after all. */
  except: number[];
}

/** A group of errors. */
// prettier-ignore
export interface Tag {
  /** The name that errors refer to. */
  name: string;
  /** What its errors have in common. */
  meaning: string;
}

/** One API with one body shape. */
// prettier-ignore
export interface Surface {
  /** The name in identifiers and paths: lower-case letters, digits and `_`. */
  id: string;
  /** The heading of its section. */
  title: string;
  /** The first paragraph of its section. */
  intro: string | null;
  /** The base URLs. */
  servers: string[];
  /** What identifies its errors: `code`, `status`, or `code_or_status` if some errors have a code and others don't. */
  keyed_by: "code" | "status" | "code_or_status";
  /** The HTTP statuses below 400 that its errors come with, in ascending order. */
  low_statuses: number[];
  /** The shape of its error responses. */
  shape: Shape;
  /** Paragraphs on how to tell its errors apart, if neither a code nor the status alone is enough. */
  notes: string[];
  /** Every error, in the order of the catalog. */
  errors: Entry[];
  /** Whether any of its errors has a fix. */
  has_fixes: boolean;
  /** Whether anything says what to retry: one of its errors, or the catalog's strategy. */
  has_advice: boolean;
  /** The groups that its errors belong to, in the order of the catalog's tags. */
  groups: Group[];
  /** The codes that must never be used again. */
  retired: Retired[];
  /** Which errors its operations return. */
  operations: Operation[];
  /** The author's own data: an object, by default an empty one. */
  meta: { [name: string]: unknown };
}

/** The shape of a surface's error responses. */
// prettier-ignore
export interface Shape {
  /** A clause that the sample completes. */
  intro: string | null;
  /** The `Content-Type` of the responses. */
  media_type: string;
  /** A sample body with every member. */
  sample: unknown;
  /** The code that clients read; none on a surface keyed by status. */
  code: Code | null;
  /** The keys on the path of the list of errors; none if a body holds one error. */
  errors_path: string[] | null;
  /** Whether every body holds a literal that tells it from a success, such as `ok: false`. */
  has_literal: boolean;
  /** What the sample doesn't show, as sentences: how long lists can be, and what a wait is for. */
  about: string | null;
  /** Where the wait is in the body, like the `place` of a param. */
  wait_place: string | null;
  /** That a body may ask for a longer wait, as a sentence; none if it can't. */
  wait_text: string | null;
  /** Texts that mean that an optional member is absent. */
  absent: string[];
  /** The values that differ each time an error occurs, in the order of the body: placeholders and lists. The values of a list's elements belong to its item, unless the elements are errors. */
  placeholders: Placeholder[];
  /** The items of the lists of objects in `placeholders`, and of the lists within those, in the order of the body. */
  items: Item[];
  /** What fills the body, without duplicates: `code`, `status`, `meaning`, `fix`, `docs_url` or `param`. */
  filled_by: ("code" | "status" | "meaning" | "fix" | "docs_url" | "param")[];
  /** The body itself: an object or a list. */
  body: Content;
}

/** The code that clients read. */
// prettier-ignore
export interface Code {
  /** Its type: `text` or `integer`. */
  type: "text" | "integer";
  /** Whether an error may have none. */
  optional: boolean;
  /** Whether each code is also the name of its error. */
  are_names: boolean;
  /** The path in the body: keys, and 0 for the elements of the list of errors. */
  path: (string | number)[];
  /** The literal text before it. */
  prefix: string;
  /** The literal text after it. */
  suffix: string;
  /** If there is literal text: a regular expression for the whole text. */
  pattern: string | null;
}

/** A value that differs each time an error occurs. */
// prettier-ignore
export interface Placeholder {
  /** The name in the catalog, without `<` and `>`, or the name of the list. */
  name: string;
  /** The type of the value: `text`, `integer`, `number`, `boolean`, `any`, `wait` or `list`. */
  type: "text" | "integer" | "number" | "boolean" | "any" | "wait" | "list";
  /** The unit of a `wait` in the body: `s` or `ms`. */
  unit: "s" | "ms" | null;
  /** Whether it may be absent. */
  optional: boolean;
  /** What each element of a `list` is. */
  item: Item | null;
}

/** What each element of a list is. */
// prettier-ignore
export interface Item {
  /** The name of the list. */
  name: string;
  /** `object`, or the type of the list's single values. */
  type: "object" | "text" | "integer" | "number" | "boolean" | "any" | "wait";
  /** The name of the placeholder that is the whole element; none for an object. */
  param: string | null;
  /** The values in an object, in the order of the body. */
  placeholders: Placeholder[];
}

/** A value at one place in a body. */
// prettier-ignore
export interface Content {
  /** The type: `text`, `integer`, `number`, `boolean`, `null`, `any`, `wait`, `object` or `list`. */
  type:
    | "text"
    | "integer"
    | "number"
    | "boolean"
    | "null"
    | "any"
    | "wait"
    | "object"
    | "list";
  /** The unit of a `wait`: `s` or `ms`. */
  unit: "s" | "ms" | null;
  /** Whether a sender leaves it out if nothing fills it. */
  may_be_absent: boolean;
  /** For an object: its members, in the order of the catalog. */
  members: Member[] | null;
  /** For a list: what each element is; none for a literal `[]`, which stands for any list. */
  of: Content | null;
  /** For a list: whether each element is an error. */
  is_errors: boolean;
  /** What fills the whole value: `code`, `status`, `meaning`, `fix`, `docs_url` or `param`; none for a literal and for text in parts. */
  filled_by:
    "code" | "status" | "meaning" | "fix" | "docs_url" | "param" | null;
  /** Whether it contains the code, alone or with literal text around it. */
  holds_code: boolean;
  /** Whether it contains the code that clients read. */
  is_read_code: boolean;
  /** The name of the placeholder or list, if `filled_by` is `param`. */
  param: string | null;
  /** Its index, from 0, if `filled_by` is `param`: in the `placeholders` of the list's item for what an item holds, otherwise in those of the shape. */
  param_number: number | null;
  /** The literal value. */
  literal: unknown;
  /** The parts of text with something filled in. */
  parts: TextPart[] | null;
  /** For text that must have a form: a regular expression for it. Text with several parts filled in has none. */
  pattern: string | null;
}

/** A member of an object. */
// prettier-ignore
export interface Member {
  /** The key, which can be any text. */
  key: string;
  /** Whether it may be absent or null. */
  optional: boolean;
  /** The value. */
  value: Content;
}

/** A part of a text: literal or filled in. */
// prettier-ignore
export interface TextPart {
  /** The literal text. */
  text: string | null;
  /** What fills the part, as in a member's value; none for literal text. */
  filled_by:
    "code" | "status" | "meaning" | "fix" | "docs_url" | "param" | null;
  /** The type of what fills it, as in a member's value; none for literal text. */
  type: "text" | "integer" | "number" | "boolean" | "any" | "wait" | null;
  /** The name of the placeholder, if `filled_by` is `param`. */
  param: string | null;
  /** Its index, as in a member's value. */
  param_number: number | null;
}

/** One error. */
// prettier-ignore
export interface Entry {
  /** The code in the body: text or an integer; none for an error that its status tells apart. */
  code: string | number | null;
  /** The name in identifiers. Unique in its surface. */
  name: string;
  /** The anchor in the docs. Unique in the catalog. */
  anchor: string;
  /** Other anchors that lead to it: its code, and each of its statuses if those tell it apart. */
  aliases: string[];
  /** The URL of its section on the docs page. */
  docs_url: string | null;
  /** The HTTP status that a server sends by default. */
  status: number;
  /** Every HTTP status that it can have. */
  statuses: number[];
  /** Whether the statuses are those of its surface. Then they don't tell which error it is. */
  inherits_status: boolean;
  /** What went wrong. */
  meaning: string;
  /** What to do about it. */
  fix: string | null;
  /** Whether the same request may succeed later; none if the catalog doesn't say. */
  retryable: boolean | null;
  /** The retry advice: `never`, `backoff` or `after`; or `by_status` if the catalog doesn't say whether the error is retryable. Then the status of each response decides, as for errors that the catalog doesn't list. */
  retry_advice: "never" | "backoff" | "after" | "by_status";
  /** The retry advice as plain sentences; none if nothing in the catalog says it. */
  retry_text: string | null;
  /** The numbers of the advice; none for `never`, and for `by_status` unless one of the statuses is retried. */
  retry: Retry | null;
  /** The statuses that clients retry; none if nothing in the catalog says it. */
  retried_statuses: number[] | null;
  /** Whether to retry, in a few words that don't begin a sentence, such as `retry after 1 hour`; none if nothing in the catalog says it. */
  retry_summary: string | null;
  /** Whether the catalog's strategy alone would give other advice for one of its statuses. */
  is_exception: boolean;
  /** The seconds in the header `Retry-After` that a server sends with `body`; none without the header. */
  retry_after: number | null;
  /** What placeholders mean for this error. */
  params: Param[];
  /** The values that a server must give to send it, in the order of the body: the placeholders that every body needs, those in `params`, and those that are sent only together with them. The placeholders within a value of `values` replace the one that has this value. */
  arguments: Placeholder[];
  /** What placeholders of the body hold each time it occurs, in the order of the body. A server sends them in optional members too. */
  values: Value[];
  /** The names of its groups. */
  tags: string[];
  /** The paragraphs and lists of a longer description. */
  doc: Block[];
  /** The URLs of pages that say more about it. */
  see: string[];
  /** The version that introduced it. */
  since: string | null;
  /** Deprecation details; none if it isn't deprecated. */
  deprecated: Deprecation | null;
  /** The anchor of the error to use instead; none if no error has that name. */
  use_anchor: string | null;
  /** The operations that return it, such as `POST /keys`. */
  operations: string[];
  /** The author's own data: an object, by default an empty one. */
  meta: { [name: string]: unknown };
  /** A sample response body. */
  body: unknown;
  /** Sample bodies for its other statuses, if they differ from `body`. */
  other_bodies: OtherBody[];
}

/** Retry advice in numbers. Times are in milliseconds. */
// prettier-ignore
export interface Retry {
  /** The shortest wait, if the advice is `after`. */
  after_ms: number | null;
  /** The wait before the first retry. */
  initial_ms: number;
  /** The longest wait, unless `after_ms` or the server asks for more. */
  max_delay_ms: number;
  /** What each wait is multiplied by to get the next. */
  factor: number;
  /** The maximum number of retries. */
  retries: number;
}

/** What a placeholder means for one error. */
// prettier-ignore
export interface Param {
  /** The name of the placeholder or list. */
  name: string;
  /** Where it is in the body: keys with `.` between them, and `[]` for the elements of a list. */
  place: string;
  /** Whether it is one of several values in the text there. */
  is_part: boolean;
  /** What it holds. */
  meaning: string;
  /** An example value, of the placeholder's type. */
  example: unknown;
}

/** What a placeholder of the body holds each time one error occurs. */
// prettier-ignore
export interface Value {
  /** The name of the placeholder. */
  name: string;
  /** The index in the shape's `placeholders`, from 0. */
  param_number: number;
  /** The type of the placeholder. */
  type: "text" | "integer" | "number" | "boolean" | "any" | "wait";
  /** The value; none for a text with something filled in. */
  literal: unknown;
  /** The parts of text with something filled in. `param` is the name of one of `arguments`. */
  parts: TextPart[] | null;
}

/** A paragraph or a list. */
// prettier-ignore
export interface Block {
  /** The text of a paragraph; none for a list. */
  text: string | null;
  /** The items of a list; none for a paragraph. */
  items: string[] | null;
  /** Whether the items are numbered. */
  ordered: boolean;
}

/** Details of a deprecated error. */
// prettier-ignore
export interface Deprecation {
  /** The version that deprecated it. */
  since: string | null;
  /** The name of the error to use instead. */
  use: string | null;
  /** A note about it. */
  note: string | null;
}

/** A sample body of an error with another of its statuses. */
// prettier-ignore
export interface OtherBody {
  /** The HTTP status. */
  status: number;
  /** The body with that status. */
  body: unknown;
}

/** A group of errors of one surface. */
// prettier-ignore
export interface Group {
  /** The name of its tag. */
  name: string;
  /** What its errors have in common. */
  meaning: string;
  /** The names of its errors. */
  errors: string[];
}

/** A code that must never be used again. */
// prettier-ignore
export interface Retired {
  /** The code: text or an integer. */
  code: string | number;
  /** The anchor in the docs. Unique in the catalog. */
  anchor: string;
  /** Other anchors that lead to it. */
  aliases: string[];
  /** The name of the error to use instead. */
  use: string | null;
  /** The anchor of the error to use instead; none if no error has that name. */
  use_anchor: string | null;
  /** A note about it. */
  note: string | null;
}

/** An operation of an API. */
// prettier-ignore
export interface Operation {
  /** The name in identifiers, such as `get_keys_by_id`. With the surface's id before it, unique in the catalog. */
  name: string;
  /** The HTTP method, in capitals. */
  method: string;
  /** The path, with names in braces. */
  path: string;
  /** The names of the errors that it returns. Each is an anchor after the surface's id and a `-`. */
  errors: string[];
}

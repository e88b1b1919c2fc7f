// The types of the Fetch API. `Response` and the arguments of `fetch` are those of the project that
// compiles this: a browser's, Node's, Bun's or a worker's. Everything else asks only for the members
// that it uses, so that a project without these types compiles too.

/** The headers of a response, or an object such as Node's. Names can be in any case. */
export type HeadersLike =
  | ResponseHeaders
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** A response, of the Fetch API or of a library such as node-fetch. */
export interface ResponseLike {
  readonly status: number;
  readonly headers: HeadersLike;
}

/** The headers of a response of the Fetch API, or of a library such as node-fetch. */
export interface ResponseHeaders {
  get(name: string): string | null;
}

/** A response that can be read. */
export interface ReadableResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  text(): Promise<string>;
}

/** A response that can be read without using up its body. */
export interface CloneableResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body?: unknown;
  clone(): { readonly body?: unknown; text(): Promise<string> };
}

/** An `AbortSignal`, also one that lacks newer members. */
export interface SignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** A function that is called as `fetch` is. */
export type FetchLike = (
  input: never,
  init: never,
) => PromiseLike<ResponseLike>;

/** The project's own `Response`. */
export type WebResponse = typeof globalThis extends {
  readonly Response: { readonly prototype: infer Type };
}
  ? Type
  : ResponseLike;

/** The project's own `fetch`. Bun's has two signatures. */
export type WebFetch = typeof globalThis extends {
  readonly fetch: {
    (input: infer Input, init: infer Init): unknown;
    (input: infer Input2, init: infer Init2): unknown;
  };
}
  ? (input: Input | Input2, init?: Init | Init2) => Promise<WebResponse>
  : typeof globalThis extends {
        readonly fetch: (input: infer Input, init: infer Init) => unknown;
      }
    ? (input: Input, init?: Init) => Promise<WebResponse>
    : (input: string, init?: object) => Promise<WebResponse>;

/** The first argument of a function like `fetch`. */
export type InputOf<Send> = Send extends (input: infer Input) => unknown
  ? Input
  : Send extends (input: infer Input, init: never) => unknown
    ? Input
    : never;

/** The second argument of a function like `fetch`. */
export type InitOf<Send> = Send extends (
  input: never,
  init: infer Init,
) => unknown
  ? Init
  : never;

/** The response of a function like `fetch`. */
export type ResponseOf<Send> = Send extends (
  input: never,
  init: never,
) => PromiseLike<infer Response>
  ? Response
  : never;

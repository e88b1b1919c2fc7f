// The types of the Fetch API, taken from the project that compiles this: a browser's, Node's or a
// worker's. A project without them compiles too, if it calls nothing that needs them.

/** The headers of a `Response`, or an object such as Node's. Names can be in any case. */
export type HeadersLike =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>;

type Global<Name extends string, Otherwise> =
  typeof globalThis extends Record<Name, { readonly prototype: infer Type }>
    ? Type
    : Otherwise;

export type WebResponse = Global<
  "Response",
  { readonly status: number; readonly headers: HeadersLike }
>;

export type WebRequest = Global<"Request", { readonly url: string }>;

export type WebSignal = Global<
  "AbortSignal",
  { readonly aborted: boolean; readonly reason: unknown }
>;

export type FetchInput = typeof globalThis extends {
  readonly fetch: (input: infer Input) => unknown;
}
  ? Input
  : string | WebRequest;

export type FetchInit = typeof globalThis extends {
  readonly fetch: (input: never, init?: infer Init) => unknown;
}
  ? Init
  : { readonly signal?: WebSignal | null };

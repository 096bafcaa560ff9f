/** What a signature covers. Header names are in lower case; `url` is the request target. */
export interface SignedRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a browser gets from an operation, in place of JSON. */
export class PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;

  constructor(
    status: number,
    headers: Readonly<Record<string, string>>,
    body: string | Uint8Array,
  ) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}

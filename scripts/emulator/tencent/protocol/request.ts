/** A request as it arrived, before anyone has believed it. */
export interface WireRequest {
  readonly method: string;
  /** Without the port: what the CLI meant to call. */
  readonly host: string;
  /** As sent: path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** How COS answers: with XML, or with an object. */
export interface CosAnswer {
  readonly status: number;
  readonly body: string | Buffer;
  readonly etag?: string;
}

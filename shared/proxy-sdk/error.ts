/** Why there is no answer, as facts for a program. */
export interface ProxyFailure {
  /**
   * `wechat`: WeChat answered with an errcode. `network`: no proxy could be reached. `unauthentic`: the
   * answer is not the proxy's. `invalid` with `status` 0: this client refused an option or the name of an
   * endpoint. Otherwise the code of the proxy's refusal: `invalid`, `unauthorized`, `forbidden`, `rate_limited`, `conflict`, …
   */
  readonly code: string;
  /** HTTP; 0 if there was no answer at all. */
  readonly status: number;
  readonly errcode?: number;
  /** WeChat's id of the failed call. */
  readonly rid?: string;
  /**
   * Facts of the proxy, such as `reason`, and `outcome: 'unknown'` if the call may have been made.
   * `isAuthentic: false` if the refusal is not signed: a gateway may have given it.
   */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly requestId?: string;
}

/** The one error of this client. Nothing in it is secret. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  readonly code: string;
  readonly status: number;
  readonly errcode: number | undefined;
  readonly rid: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;
  readonly requestId: string | undefined;

  constructor(message: string, failure: ProxyFailure, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = failure.code;
    this.status = failure.status;
    this.errcode = failure.errcode;
    this.rid = failure.rid;
    this.details = failure.details ?? {};
    this.requestId = failure.requestId;
  }
}

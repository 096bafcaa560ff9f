import { type Done, readByPost, write } from './endpoint.ts';

/** Clearing all counters: ten times a month, however it is asked for, the console included. */
const clearing = { month: 10, counter: 'clear_quota' };

export interface ClearQuotaRequest {
  readonly appid: string;
}

export interface ClearQuotaBySecretRequest extends ClearQuotaRequest {
  readonly appsecret: string;
}

export interface CgiPathRequest {
  /** Such as `/cgi-bin/message/custom/send`: with the leading slash, without a host. */
  readonly cgi_path: string;
}

export interface RateLimit {
  readonly call_count: number;
  readonly refresh_second: number;
}

export interface QuotaResponse extends Done {
  readonly quota: { readonly daily_limit: number; readonly used: number; readonly remain: number };
  readonly rate_limit?: RateLimit;
  readonly component_rate_limit?: RateLimit;
}

export interface RidRequest {
  /** Three groups of eight hex digits; kept for seven days. */
  readonly rid: string;
}

export interface RidResponse extends Done {
  readonly request: {
    /** In seconds since the epoch. */
    readonly invoke_time: number;
    readonly cost_in_ms: number;
    readonly request_url: string;
    readonly request_body: string;
    readonly response_body: string;
    readonly client_ip?: string;
  };
}

export const openapi = {
  /**
   * Sets the day's counters of all endpoints to zero.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/apimanage/api_clearquota.html
   */
  clearQuota: write<ClearQuotaRequest>('/cgi-bin/clear_quota', { quota: clearing }),
  /**
   * The same where no token can be had.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/apimanage/api_clearquotabyappsecret.html
   */
  clearQuotaBySecret: write<ClearQuotaBySecretRequest>('/cgi-bin/clear_quota/v2', {
    auth: 'secret',
    quota: clearing,
  }),
  /**
   * Sets the day's counter of one endpoint to zero.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/apimanage/api_clearapiquota.html
   */
  clearApiQuota: write<CgiPathRequest>('/cgi-bin/openapi/quota/clear', { quota: { month: 50 } }),
  /**
   * The allowance of one endpoint, and what is left of it today.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/apimanage/api_getapiquota.html
   */
  getQuota: readByPost<CgiPathRequest, QuotaResponse>('/cgi-bin/openapi/quota/get'),
  /**
   * What one failed call was, by the id at the end of its errmsg.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/apimanage/api_getridinfo.html
   */
  getRid: readByPost<RidRequest, RidResponse>('/cgi-bin/openapi/rid/get'),
} as const;

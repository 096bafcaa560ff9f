import { read, readByPost } from './endpoint.ts';

export interface IpList {
  /** Single addresses and CIDR blocks. */
  readonly ip_list: readonly string[];
}

export interface CallbackCheckRequest {
  readonly action: 'dns' | 'ping' | 'all';
  readonly check_operator: 'CHINANET' | 'UNICOM' | 'CAP' | 'DEFAULT';
}

export interface CallbackCheckResponse {
  readonly dns?: readonly { readonly ip: string; readonly real_operator: string }[];
  readonly ping?: readonly {
    readonly ip: string;
    readonly from_operator: string;
    /** Such as `0%`. */
    readonly package_loss: string;
    /** Such as `23.079ms`. */
    readonly time: string;
  }[];
}

export const network = {
  /**
   * Where pushes come from.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/base/api_getcallbackip.html
   */
  listCallbackIps: read<undefined, IpList>('/cgi-bin/getcallbackip'),
  /**
   * Where api.weixin.qq.com is.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/base/api_getapidomainip.html
   */
  listApiIps: read<undefined, IpList>('/cgi-bin/get_api_domain_ip'),
  /**
   * WeChat tries to reach our callback and tells how that went.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/base/api_callbackcheck.html
   */
  checkCallback: readByPost<CallbackCheckRequest, CallbackCheckResponse>('/cgi-bin/callback/check'),
} as const;

import { type Done, read } from './endpoint.ts';

export interface TicketRequest {
  readonly type: 'jsapi' | 'wx_card';
}

export interface TicketResponse extends Done {
  readonly ticket: string;
  /** In seconds. */
  readonly expires_in: number;
}

export const ticket = {
  /**
   * A ticket by which pages use the JS-SDK, or cards.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/webdev/jssdk/api_getticket.html
   */
  get: read<TicketRequest, TicketResponse>('/cgi-bin/ticket/getticket'),
} as const;

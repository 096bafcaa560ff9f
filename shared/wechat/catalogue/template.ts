import { type Done, page, read, readByPost, send, write } from './endpoint.ts';

export interface TemplateData {
  /** By the key without `.DATA`: for `{{thing1.DATA}}` it is `thing1`. */
  readonly [key: string]: { readonly value: string };
}

export interface MiniProgramLink {
  readonly appid: string;
  readonly pagepath?: string;
}

export interface TemplateMessage {
  readonly touser: string;
  readonly template_id: string;
  readonly url?: string;
  /** Wins over `url`. */
  readonly miniprogram?: MiniProgramLink;
  readonly data: TemplateData;
  /** For ten minutes the follower gets no second message with the same one. */
  readonly client_msg_id?: string;
}

export interface TemplateMessageResponse extends Done {
  readonly msgid: string;
}

export interface OneTimeMessage {
  readonly touser: string;
  readonly template_id: string;
  readonly url?: string;
  readonly miniprogram?: MiniProgramLink;
  /** 0 to 10 000, as in the page of `template.authorizeOnce`. */
  readonly scene: string;
  /** At most 15 characters. */
  readonly title: string;
  /** `value` at most 200 characters. */
  readonly data: { readonly content: { readonly value: string; readonly color?: string } };
}

export interface OneTimePage {
  readonly action: 'get_confirm';
  readonly appid: string;
  readonly scene: string;
  readonly template_id: string;
  readonly redirect_url: string;
  readonly reserved?: string;
}

export interface Industry {
  readonly first_class: string;
  readonly second_class: string;
}

export interface AddTemplateRequest {
  readonly template_id_short: string;
  readonly keyword_name_list?: readonly string[];
}

export interface TemplateId {
  readonly template_id: string;
}

export interface Template extends TemplateId {
  readonly title: string;
  readonly primary_industry: string;
  readonly deputy_industry: string;
  readonly content: string;
  readonly example: string;
}

export interface BlockedListRequest {
  readonly tmpl_msg_id: string;
  /** `0` at first, then the greatest `id` of the page before. */
  readonly largest_id: number;
  /** At most 100. */
  readonly limit: number;
}

export interface BlockedMessage {
  readonly id: number;
  readonly tmpl_msg_id: string;
  readonly title: string;
  readonly content: string;
  /** In seconds since the epoch. */
  readonly send_timestamp: number;
  readonly openid: string;
}

export const template = {
  /**
   * A notice made from a template, to a follower.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/template/api_sendtemplatemessage.html
   */
  send: send<TemplateMessage, TemplateMessageResponse>('/cgi-bin/message/template/send', {
    repeat: { keyedBy: 'client_msg_id' },
    quota: { day: 100_000 },
  }),
  /**
   * To a follower or not, once, after consent on the page of `template.authorizeOnce`.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/subscribe/api_templatesubscribe.html
   */
  sendOnce: send<OneTimeMessage>('/cgi-bin/message/template/subscribe'),
  /**
   * The page on which somebody agrees to one message of `template.sendOnce`.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/subscribe/api_templatesubscribe.html
   */
  authorizeOnce: page<OneTimePage>('/mp/subscribemsg', 'mp.weixin.qq.com'),

  /**
   * Which two industries the account belongs to; once a month.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/template/api_setindustry.html
   */
  setIndustry: write<{ readonly industry_id1: string; readonly industry_id2: string }>(
    '/cgi-bin/template/api_set_industry',
    { repeat: 'safe' },
  ),
  /**
   * Which two industries the account belongs to.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/template/api_getindustry.html
   */
  getIndustry: read<
    undefined,
    { readonly primary_industry: Industry; readonly secondary_industry: Industry }
  >('/cgi-bin/template/get_industry'),
  /**
   * Takes a template of the library into the account.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/template/api_addtemplate.html
   */
  add: write<AddTemplateRequest, TemplateId & Done>('/cgi-bin/template/api_add_template'),
  /**
   * The templates of the account.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/template/api_getalltemplates.html
   */
  list: read<undefined, { readonly template_list: readonly Template[] }>(
    '/cgi-bin/template/get_all_private_template',
  ),
  /**
   * Removes a template from the account.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/template/api_deletetemplate.html
   */
  delete: write<TemplateId>('/cgi-bin/template/del_private_template', { repeat: 'safe' }),
  /**
   * Template messages that WeChat has held back.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/template/api_queryblocktmplmsg.html
   */
  listBlocked: readByPost<
    BlockedListRequest,
    { readonly msginfo: BlockedMessage | readonly BlockedMessage[] } & Done
  >('/wxa/sec/queryblocktmplmsg'),
} as const;

import { type Done, read, send, write } from './endpoint.ts';
import type { MiniProgramLink, TemplateData } from './template.ts';

export interface SubscribeMessage {
  readonly touser: string;
  readonly template_id: string;
  readonly page?: string;
  readonly miniprogram?: MiniProgramLink;
  readonly data: TemplateData;
}

export interface AddSubscribeTemplateRequest {
  readonly tid: string;
  /** Two to five. */
  readonly kidList: readonly number[];
  /** At most 15 characters. */
  readonly sceneDesc?: string;
}

export interface SubscribeTemplateId {
  readonly priTmplId: string;
}

export interface SubscribeTemplate extends SubscribeTemplateId {
  readonly title: string;
  readonly content: string;
  readonly example: string;
  /** 2 one time, 3 long term. */
  readonly type: number;
  readonly keywordEnumValueList?: readonly {
    readonly keywordCode: string;
    readonly enumValueList: readonly string[];
  }[];
}

export interface PublicTemplateRequest {
  /** Category ids, joined by commas. */
  readonly ids: string;
  readonly start: number;
  /** At most 30. */
  readonly limit: number;
}

export interface PublicTemplate {
  readonly tid: number;
  readonly title: string;
  readonly type: number;
  readonly categoryId: string;
}

export interface PublicKeyword {
  readonly kid: number;
  readonly name: string;
  readonly example: string;
  readonly rule: string;
}

export const subscribe = {
  /**
   * What became of it is told by the event `subscribe_msg_sent_event`.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/notify/api_sendnewsubscribemsg.html
   */
  send: send<SubscribeMessage>('/cgi-bin/message/subscribe/bizsend'),
  /**
   * Takes a public template, with the keywords that are wanted, into the account.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/notify/api_addwxanewtemplate.html
   */
  addTemplate: write<AddSubscribeTemplateRequest, SubscribeTemplateId & Done>(
    '/wxaapi/newtmpl/addtemplate',
  ),
  /**
   * Removes a template from the account.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/notify/api_delwxanewtemplate.html
   */
  deleteTemplate: write<SubscribeTemplateId>('/wxaapi/newtmpl/deltemplate', { repeat: 'safe' }),
  /**
   * The templates of the account.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/notify/api_getwxapubnewtemplate.html
   */
  listTemplates: read<undefined, { readonly data: readonly SubscribeTemplate[] } & Done>(
    '/wxaapi/newtmpl/gettemplate',
  ),
  /**
   * The categories of the account.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/notify/api_getcategory.html
   */
  listCategories: read<
    undefined,
    { readonly data: readonly { readonly id: number; readonly name: string }[] } & Done
  >('/wxaapi/newtmpl/getcategory'),
  /**
   * The public templates of categories.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/notify/api_getpubnewtemplatetitles.html
   */
  listPublicTemplates: read<
    PublicTemplateRequest,
    { readonly count: number; readonly data: readonly PublicTemplate[] } & Done
  >('/wxaapi/newtmpl/getpubtemplatetitles'),
  /**
   * The keywords of a public template.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/notify/api_getpubnewtemplatekeywords.html
   */
  listPublicKeywords: read<
    { readonly tid: string },
    /** WeChat's table has a `count`, its sample of an answer has none. */
    { readonly count?: number; readonly data: readonly PublicKeyword[] } & Done
  >('/wxaapi/newtmpl/getpubtemplatekeywords'),
} as const;

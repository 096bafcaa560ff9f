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
  /** What became of it is told by the event `subscribe_msg_sent_event`. */
  send: send<SubscribeMessage>('/cgi-bin/message/subscribe/bizsend'),
  addTemplate: write<AddSubscribeTemplateRequest, SubscribeTemplateId & Done>(
    '/wxaapi/newtmpl/addtemplate',
  ),
  deleteTemplate: write<SubscribeTemplateId>('/wxaapi/newtmpl/deltemplate', { repeat: 'safe' }),
  listTemplates: read<undefined, { readonly data: readonly SubscribeTemplate[] } & Done>(
    '/wxaapi/newtmpl/gettemplate',
  ),
  listCategories: read<
    undefined,
    { readonly data: readonly { readonly id: number; readonly name: string }[] } & Done
  >('/wxaapi/newtmpl/getcategory'),
  listPublicTemplates: read<
    PublicTemplateRequest,
    { readonly count: number; readonly data: readonly PublicTemplate[] } & Done
  >('/wxaapi/newtmpl/getpubtemplatetitles'),
  listPublicKeywords: read<
    { readonly tid: string },
    /** WeChat's table has a `count`, its sample of an answer has none. */
    { readonly count?: number; readonly data: readonly PublicKeyword[] } & Done
  >('/wxaapi/newtmpl/getpubtemplatekeywords'),
} as const;

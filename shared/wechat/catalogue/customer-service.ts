import {
  type Done,
  read,
  readByPost,
  retired,
  send,
  type Upload,
  upload,
  write,
} from './endpoint.ts';

interface ToFollower {
  readonly touser: string;
  /** Shows the message as written by this agent. */
  readonly customservice?: { readonly kf_account: string };
  /** `1` shows the message as made by AI. */
  readonly aimsgcontext?: { readonly is_ai_msg: 0 | 1 };
}

export interface CustomVideo {
  readonly media_id: string;
  readonly thumb_media_id: string;
  readonly title?: string;
  readonly description?: string;
}

export interface CustomMusic {
  readonly title?: string;
  readonly description?: string;
  readonly musicurl: string;
  readonly hqmusicurl: string;
  readonly thumb_media_id: string;
}

export interface CustomArticle {
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly picurl: string;
}

export interface CustomMenu {
  readonly head_content?: string;
  /** A tap comes back as a text message with `bizmsgmenuid`. */
  readonly list: readonly { readonly id: string; readonly content: string }[];
  readonly tail_content?: string;
}

export interface CustomMiniProgram {
  readonly title: string;
  readonly appid: string;
  readonly pagepath: string;
  readonly thumb_media_id: string;
}

export type CustomMessage = ToFollower &
  (
    | { readonly msgtype: 'text'; readonly text: { readonly content: string } }
    | { readonly msgtype: 'image'; readonly image: { readonly media_id: string } }
    | { readonly msgtype: 'voice'; readonly voice: { readonly media_id: string } }
    | { readonly msgtype: 'video'; readonly video: CustomVideo }
    | { readonly msgtype: 'music'; readonly music: CustomMusic }
    | { readonly msgtype: 'news'; readonly news: { readonly articles: readonly CustomArticle[] } }
    | { readonly msgtype: 'mpnews'; readonly mpnews: { readonly media_id: string } }
    | { readonly msgtype: 'mpnewsarticle'; readonly mpnewsarticle: { readonly article_id: string } }
    | { readonly msgtype: 'msgmenu'; readonly msgmenu: CustomMenu }
    | { readonly msgtype: 'wxcard'; readonly wxcard: { readonly card_id: string } }
    | { readonly msgtype: 'miniprogrampage'; readonly miniprogrampage: CustomMiniProgram }
  );

export interface TypingRequest {
  readonly touser: string;
  readonly command: 'Typing' | 'CancelTyping';
}

/** `prefix@account`, the prefix at most ten of `[A-Za-z0-9_]`. */
export interface AgentAccount {
  readonly kf_account: string;
}

export interface AgentRequest extends AgentAccount {
  /** At most 16 characters. */
  readonly nickname: string;
}

export interface InviteAgentRequest extends AgentAccount {
  /** The WeChat id of the one invited. */
  readonly invite_wx: string;
}

export interface AgentAvatarRequest extends AgentAccount {
  /** JPG, 640 × 640 advised, at most 5 MB. */
  readonly media: Upload;
}

export interface AgentListResponse {
  readonly kf_list: readonly {
    readonly kf_account: string;
    readonly kf_nick: string;
    readonly kf_id: string | number;
    readonly kf_headimgurl: string;
    readonly kf_wx?: string;
    readonly invite_wx?: string;
    /** In seconds since the epoch. */
    readonly invite_expire_time?: number;
    readonly invite_status?: 'waiting' | 'rejected' | 'expired';
  }[];
}

export interface OnlineAgentListResponse {
  readonly kf_online_list: readonly {
    readonly kf_account: string;
    readonly status: number;
    readonly kf_id: string | number;
    readonly accepted_case: number;
  }[];
}

export interface SessionRequest extends AgentAccount {
  readonly openid: string;
}

export interface SessionResponse extends Done {
  /** In seconds since the epoch. */
  readonly createtime: number;
  readonly kf_account: string;
}

export interface SessionListResponse extends Done {
  readonly sessionlist: readonly { readonly createtime: number; readonly openid: string }[];
}

export interface WaitingListResponse extends Done {
  readonly count: number;
  /** At most 100. */
  readonly waitcaselist: readonly { readonly latest_time: number; readonly openid: string }[];
}

export interface RecordListRequest {
  /** Seconds since the epoch; at most 24 hours before `endtime`. */
  readonly starttime: number;
  readonly endtime: number;
  /** `1` at first, then the `msgid` of the answer before. */
  readonly msgid: string;
  /** At most 10 000. */
  readonly number: number;
}

export interface ChatRecord {
  readonly openid: string;
  /** 2002 the agent wrote, 2003 the follower wrote. */
  readonly opercode: number;
  readonly text: string;
  /** In seconds since the epoch. */
  readonly time: number;
  readonly worker: string;
}

export interface RecordListResponse {
  readonly recordlist: readonly ChatRecord[];
  readonly number: number;
  readonly msgid: string;
}

export interface OldRecordListRequest {
  readonly starttime: number;
  readonly endtime: number;
  readonly pageindex: number;
  readonly pagesize: number;
}

export const customerService = {
  /**
   * Writes to a follower who has done something in the last 48 hours.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage.html
   */
  send: send<CustomMessage>('/cgi-bin/message/custom/send', {
    quota: { day: 500_000, testDay: 50_000 },
  }),
  /**
   * Shows a follower that somebody is typing, or no longer.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/message/api_typing.html
   */
  setTyping: send<TypingRequest>('/cgi-bin/message/custom/typing'),

  /**
   * All agents of the account.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_getkflist.html
   */
  listAgents: read<undefined, AgentListResponse>('/cgi-bin/customservice/getkflist'),
  /**
   * The agents who are there now, and how many followers each is serving.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_getonlinekflist.html
   */
  listOnlineAgents: read<undefined, OnlineAgentListResponse>(
    '/cgi-bin/customservice/getonlinekflist',
  ),
  /**
   * Adds an agent; `inviteAgent` then binds a person.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_addkfaccount.html
   */
  addAgent: write<AgentRequest>('/customservice/kfaccount/add'),
  /**
   * Changes the name of an agent.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_updatekfaccount.html
   */
  updateAgent: write<AgentRequest>('/customservice/kfaccount/update', { repeat: 'safe' }),
  /**
   * Deletes an agent.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_delkfaccount.html
   */
  deleteAgent: write<AgentAccount>('/customservice/kfaccount/del', {
    otherMethod: 'GET',
    repeat: 'safe',
  }),
  /**
   * Asks a person, by WeChat id, to become the agent.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_invitekfworker.html
   */
  inviteAgent: write<InviteAgentRequest>('/customservice/kfaccount/inviteworker'),
  /**
   * The picture of an agent.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_uploadkfheadimg.html
   */
  uploadAgentAvatar: upload<AgentAvatarRequest>('/customservice/kfaccount/uploadheadimg', {
    query: ['kf_account'],
    repeat: 'safe',
  }),

  /**
   * Gives a follower to an agent who is there.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/messctrl/api_createkfsession.html
   */
  createSession: write<SessionRequest>('/customservice/kfsession/create', { repeat: 'safe' }),
  /**
   * Ends the session of a follower with an agent.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/messctrl/api_closesession.html
   */
  closeSession: write<SessionRequest>('/customservice/kfsession/close', { repeat: 'safe' }),
  /**
   * Which agent is serving a follower.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/messctrl/api_getkfsession.html
   */
  getSession: read<{ readonly openid: string }, SessionResponse>(
    '/customservice/kfsession/getsession',
  ),
  /**
   * The followers whom an agent is serving.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/messctrl/api_getkfsessionlist.html
   */
  listSessions: read<AgentAccount, SessionListResponse>('/customservice/kfsession/getsessionlist'),
  /**
   * The followers who wait for an agent.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/messctrl/api_getwaitcase.html
   */
  listWaiting: read<undefined, WaitingListResponse>('/customservice/kfsession/getwaitcase'),
  /**
   * What agents and followers wrote to each other, by pages.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/message/api_getmsglist.html
   */
  listRecords: readByPost<RecordListRequest, RecordListResponse>(
    '/customservice/msgrecord/getmsglist',
    { numericIds: ['msgid'] },
  ),

  /**
   * The same, by an older paging.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/
   */
  listRecordsByPage: retired(
    readByPost<OldRecordListRequest, { readonly recordlist: readonly ChatRecord[] } & Done>(
      '/customservice/msgrecord/getrecord',
      { unlisted: true },
    ),
    'paging by index gave way to paging by cursor',
    ['customerService.listRecords'],
  ),
} as const;

import { type Done, readByPost, retired, send, write } from './endpoint.ts';

/** Within 24 hours a second job with the same `clientmsgid` is answered 45065 and the first `msg_id`. */
const keyed = { keyedBy: 'clientmsgid', doneBy: 45065 } as const;

interface Images {
  readonly media_ids: readonly string[];
  readonly recommend?: string;
  readonly title?: string;
  readonly need_open_comment?: 0 | 1;
  readonly only_fans_can_comment?: 0 | 1;
}

interface MassVideo {
  readonly media_id: string;
  readonly title?: string;
  readonly description?: string;
}

interface Media {
  readonly media_id: string;
}

export type MassContent =
  | { readonly msgtype: 'text'; readonly text: { readonly content: string } }
  | { readonly msgtype: 'mpnews'; readonly mpnews: Media }
  | { readonly msgtype: 'voice'; readonly voice: Media }
  | { readonly msgtype: 'image'; readonly images: Images }
  | { readonly msgtype: 'mpvideo'; readonly mpvideo: MassVideo }
  | { readonly msgtype: 'wxcard'; readonly wxcard: { readonly card_id: string } };

interface MassOptions {
  /** `1` goes on when an article is judged to be a reprint that the original allows. */
  readonly send_ignore_reprint?: 0 | 1;
  /** At most 32 bytes. */
  readonly clientmsgid?: string;
}

export type MassSendAllRequest = MassContent &
  MassOptions & {
    readonly filter: { readonly is_to_all: boolean; readonly tag_id?: number };
  };

export type MassSendRequest = MassContent &
  MassOptions & {
    /** 2 to 10 000 openids. */
    readonly touser: readonly string[];
  };

export type MassPreviewRequest = (
  | Exclude<MassContent, { msgtype: 'image' | 'wxcard' }>
  | { readonly msgtype: 'image'; readonly image: Media }
  | {
      readonly msgtype: 'wxcard';
      readonly wxcard: { readonly card_id: string; readonly card_ext?: string };
    }
) &
  ({ readonly touser: string } | { readonly towxname: string });

export interface MassSendResponse extends Done {
  readonly msg_id: string;
  /** Only for articles. */
  readonly msg_data_id?: string;
}

export interface MassPreviewResponse extends Done {
  readonly msg_id?: string;
}

export interface MassMessageId {
  readonly msg_id: string;
}

export interface MassDeleteRequest {
  readonly msg_id?: string;
  /** Counted from 1; 0 or none means all articles. */
  readonly article_idx?: number;
  /** Used when there is no `msg_id`. */
  readonly url?: string;
}

export interface MassStatusResponse extends MassMessageId {
  readonly msg_status: 'SEND_SUCCESS' | 'SENDING' | 'SEND_FAIL' | 'DELETE';
}

/** 0 to 4: 800, 600, 450, 300 and 100 thousand a minute. */
export type Speed = 0 | 1 | 2 | 3 | 4;

export interface SpeedResponse {
  readonly speed: Speed;
  /** In ten thousands a minute. */
  readonly realspeed: number;
}

export interface MassVideoRequest {
  readonly media_id: string;
  readonly title: string;
  readonly description: string;
}

export interface UploadedMedia {
  readonly type: string;
  readonly media_id: string;
  /** In seconds since the epoch. */
  readonly created_at: number;
}

export interface MassArticle {
  readonly thumb_media_id: string;
  readonly title: string;
  readonly content: string;
  readonly author?: string;
  readonly content_source_url?: string;
  readonly digest?: string;
  readonly show_cover_pic?: 0 | 1;
  readonly need_open_comment?: 0 | 1;
  readonly only_fans_can_comment?: 0 | 1;
}

export const massSend = {
  /**
   * To everyone, or to a tag.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/message/api_sendall.html
   */
  sendAll: send<MassSendAllRequest, MassSendResponse>('/cgi-bin/message/mass/sendall', {
    repeat: keyed,
    quota: { day: 100, minute: 60 },
  }),
  /**
   * To a list of openids.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/message/api_masssend.html
   */
  send: send<MassSendRequest, MassSendResponse>('/cgi-bin/message/mass/send', {
    unlisted: true,
    repeat: keyed,
    quota: { day: 100, minute: 60 },
  }),
  /**
   * To one follower, to look at it before.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/message/api_preview.html
   */
  preview: send<MassPreviewRequest, MassPreviewResponse>('/cgi-bin/message/mass/preview', {
    quota: { day: 100 },
  }),
  /**
   * Takes a mass message back from all who have not opened it yet.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/message/api_deletemassmsg.html
   */
  delete: write<MassDeleteRequest>('/cgi-bin/message/mass/delete', {
    repeat: 'safe',
    numericIds: ['msg_id'],
    quota: { day: 10 },
  }),
  /**
   * How far a mass message is.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/message/api_massmsgget.html
   */
  getStatus: readByPost<MassMessageId, MassStatusResponse>('/cgi-bin/message/mass/get'),
  /**
   * How fast mass messages go out.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/message/api_getspeed.html
   */
  getSpeed: readByPost<undefined, SpeedResponse>('/cgi-bin/message/mass/speed/get', {
    otherMethod: 'GET',
  }),
  /**
   * Sets how fast mass messages go out: 0 fastest, 4 slowest.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/message/api_setspeed.html
   */
  setSpeed: write<{ readonly speed: Speed }>('/cgi-bin/message/mass/speed/set', { repeat: 'safe' }),
  /**
   * What a mass-send needs in place of a plain video's media id.
   *
   * @see https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Batch_Sends_and_Originality_Checks.html
   */
  uploadVideo: write<MassVideoRequest, UploadedMedia>('/cgi-bin/media/uploadvideo', {
    unlisted: true,
  }),

  /**
   * Articles for a mass message, before drafts took their place.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/message/api_uploadnewsmsg.html
   */
  uploadArticles: retired(
    write<{ readonly articles: readonly MassArticle[] }, UploadedMedia>(
      '/cgi-bin/media/uploadnews',
      {
        quota: { day: 10 },
      },
    ),
    'articles are drafts now',
    ['draft.add'],
    { stillAnswers: true },
  ),
} as const;

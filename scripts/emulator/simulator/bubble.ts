/** What stands in the chat of a follower, as plain data: the page draws it and knows no protocol. */
export type Bubble =
  /** `isRich`: WeChat shows `<a href>` in texts of the account as links. */
  | { readonly type: 'text'; readonly text: string; readonly isRich?: boolean }
  | { readonly type: 'image'; readonly mediaId: string; readonly url: string }
  | {
      readonly type: 'voice';
      readonly mediaId: string;
      /** Missing when the file does not say it, or is not here. */
      readonly seconds?: number;
      readonly recognition?: string;
    }
  | {
      readonly type: 'video';
      readonly mediaId: string;
      readonly url: string;
      readonly title: string;
      readonly description: string;
    }
  | {
      readonly type: 'music';
      readonly title: string;
      readonly description: string;
      readonly url: string;
      readonly coverUrl: string;
    }
  | { readonly type: 'news'; readonly articles: readonly NewsArticle[] }
  | {
      readonly type: 'miniprogram';
      readonly title: string;
      readonly appid: string;
      readonly path: string;
      readonly coverUrl: string;
    }
  | {
      readonly type: 'location';
      readonly latitude: number;
      readonly longitude: number;
      readonly label: string;
    }
  | {
      readonly type: 'link';
      readonly title: string;
      readonly description: string;
      readonly url: string;
    }
  | { readonly type: 'file'; readonly title: string; readonly description: string }
  /** A text whose items can be tapped to answer with them. */
  | {
      readonly type: 'choices';
      readonly head: string;
      readonly items: readonly { readonly id: string; readonly text: string }[];
      readonly tail: string;
    }
  /** A template, subscribe or one-time message. */
  | {
      readonly type: 'notice';
      readonly title: string;
      readonly rows: readonly { readonly label: string; readonly value: string }[];
      readonly url: string;
    }
  /** A grey line in the middle. */
  | { readonly type: 'tip'; readonly tip: Tip; readonly text: string }
  /** Something that has no picture here: it is shown as it was written. */
  | { readonly type: 'other'; readonly name: string; readonly json: string };

export interface NewsArticle {
  readonly title: string;
  readonly description: string;
  readonly picUrl: string;
  readonly url: string;
}

/** `event` shows the text as it is, the others say it in the language of the page. */
export type Tip =
  | 'follow'
  | 'unfollow'
  | 'scan'
  | 'menu'
  | 'fault'
  /** An exception of a handler, which no follower would see. */
  | 'error'
  | 'human'
  | 'ai'
  | 'event'
  | 'location-report';

/** How a bubble came into the chat. */
export type Via =
  | 'push'
  | 'reply'
  | 'custom'
  | 'template'
  | 'subscribe'
  | 'once'
  | 'medical'
  | 'mass'
  | 'preview'
  | 'menu';

/** One thing that was said, in one follower's chat. */
export interface ChatEntry {
  readonly id: number;
  readonly openid: string;
  /** Milliseconds since the epoch, by the emulated clock. */
  readonly at: number;
  /** `wechat` for the grey lines. */
  readonly from: 'follower' | 'account' | 'wechat';
  readonly via: Via;
  readonly bubble: Bubble;
  /** Only of pushes: `sending` until WeChat has an answer or has given up. */
  readonly state?: 'sending' | 'done' | 'failed';
  /** The row of the traffic that it belongs to. */
  readonly trafficId?: number;
  /** Of a customer-service message: the key of the message that it answers, as far as that is known. */
  readonly answers?: string;
  /** Why it went wrong, for the developer. */
  readonly reason?: string;
  /** What it was made from, in WeChat's words: the XML of a push, a reply, a message of the API. */
  readonly source?: unknown;
}

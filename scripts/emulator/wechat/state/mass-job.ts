import type { MassStatusResponse } from '../../../../shared/wechat/catalogue/mass-send.ts';

export type MassAudience =
  | { readonly kind: 'all' }
  | { readonly kind: 'tag'; readonly tagId: number }
  | { readonly kind: 'list'; readonly openids: readonly string[] };

export interface MassMessage {
  readonly msgtype: string;
  /** What stood under the name of the type. */
  readonly content: object;
  /** Only of `mpnews`. */
  readonly articles: readonly { readonly title: string; readonly url: string }[];
}

export interface MassSend extends Omit<MassMessage, 'articles'> {
  readonly msgId: number;
  /** Only of articles. */
  readonly msgDataId: number | null;
  readonly audience: MassAudience;
  /** Milliseconds since the epoch. */
  readonly acceptedAt: number;
  readonly finishedAt: number | null;
  readonly status: MassStatusResponse['msg_status'];
  /** In the words of the event: `send success`, `err(10001)` … */
  readonly result: string;
  readonly articles: readonly (MassMessage['articles'][number] & { readonly isDeleted: boolean })[];
  readonly totalCount: number;
  /** To whom it was to go after those were left out who may not get it. */
  readonly filterCount: number;
  readonly errorCount: number;
  /** Openids of those who got it. */
  readonly deliveredTo: readonly string[];
}

/** A job without its openids. */
export interface MassSendSummary extends Omit<MassSend, 'audience' | 'deliveredTo'> {
  readonly audience: MassAudience['kind'];
  /** How many got it. */
  readonly delivered: number;
}

export function summaryOf({ audience, deliveredTo, ...job }: MassSend): MassSendSummary {
  return { ...job, audience: audience.kind, delivered: deliveredTo.length };
}

export interface MassPreview extends MassMessage {
  readonly msgId: number;
  readonly openid: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** In ten thousands a minute, by what `speed/set` calls them. */
export const SPEEDS = [80, 60, 45, 30, 10] as const;

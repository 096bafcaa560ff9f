import type { SamplesOf } from './sample.ts';

/** The day before that on which the samples are called. */
const day = '2025-12-31';
const range = { begin_date: day, end_date: day } as const;

const empty = { request: range, answer: { list: [] } } as const;
const ofCard = { request: { ...range, cond_source: 0 }, answer: { list: [] } } as const;

export const dataCube: SamplesOf<'dataCube'> = {
  getUserSummary: empty,
  getUserCumulate: {
    request: range,
    answer: { list: [{ ref_date: day, user_source: 0, cumulate_user: 0 }] },
  },

  getArticleRead: empty,
  getArticleShare: empty,
  getArticleTotalDetail: empty,
  getBizSummary: empty,

  getUpstreamMsg: empty,
  getUpstreamMsgHour: empty,
  getUpstreamMsgWeek: empty,
  getUpstreamMsgMonth: empty,
  getUpstreamMsgDist: empty,
  getUpstreamMsgDistWeek: empty,
  getUpstreamMsgDistMonth: empty,

  getInterfaceSummary: empty,
  getInterfaceSummaryHour: empty,

  getCardSummary: ofCard,
  getFreeCardSummary: ofCard,
  getMemberCardSummary: ofCard,
  getMemberCardDetail: { request: { ...range, card_id: 'card' }, answer: { list: [] } },

  getArticleSummary: empty,
  getArticleTotal: empty,
  getUserRead: empty,
  getUserReadHour: empty,
  getUserShare: empty,
  getUserShareHour: empty,
};

import { type Endpoint, readByPost, retired } from './endpoint.ts';

/** The last day may be yesterday at the latest; its figures are there from about 8:00 in Beijing. */
export interface DateRange {
  /** `YYYY-MM-DD`. */
  readonly begin_date: string;
  readonly end_date: string;
}

export interface CardRange extends DateRange {
  /** 0 made on the platform, 1 made by the API. */
  readonly cond_source: 0 | 1;
}

export interface OfDay {
  /** `YYYY-MM-DD`. */
  readonly ref_date: string;
}

/** `ref_hour` is 0 to 2300, in steps of 100. */
export type OfHour<Figures> = Figures & { readonly ref_hour: number };

export interface List<Figures> {
  readonly list: readonly Figures[];
  /** WeChat's figures are late. */
  readonly is_delay?: boolean;
}

export interface UserSummary extends OfDay {
  readonly user_source: number;
  readonly new_user: number;
  readonly cancel_user: number;
}

export interface UserCumulate extends OfDay {
  readonly user_source?: number;
  readonly cumulate_user: number;
}

interface ReadSource {
  readonly user_count: number;
  readonly scene_desc: string;
}

export interface PublishedContent extends OfDay {
  /** `msg_data_id`, an underscore, and the article's number counted from 1. */
  readonly msgid: string;
  readonly title?: string;
}

export interface ArticleRead extends PublishedContent {
  readonly detail: {
    readonly read_user: number;
    readonly read_user_source?: readonly ReadSource[];
  };
}

export interface ArticleShare extends PublishedContent {
  readonly detail: { readonly share_user: number };
}

export interface ArticleTotalDetail extends PublishedContent {
  readonly publish_type: 0 | 1;
  readonly content_url: string;
  readonly detail_list: readonly {
    readonly stat_date: string;
    readonly read_user: number;
    readonly read_user_source?: readonly ReadSource[];
    readonly share_user?: number;
    readonly zaikan_user?: number;
    readonly like_user?: number;
    readonly comment_count?: number;
    readonly collection_user?: number;
    readonly praise_money?: number;
    readonly read_subscribe_user?: number;
    readonly read_delivery_rate?: number;
    readonly read_finish_rate?: number;
    readonly read_avg_activetime?: number;
    readonly read_jump_position?: readonly { readonly position: number; readonly rate: number }[];
  }[];
}

export interface BizSummary extends OfDay {
  readonly [figure: string]: unknown;
}

export interface UpstreamMessages extends OfDay {
  /** 1 text, 2 picture, 3 voice, 4 video, 6 link. */
  readonly msg_type: number;
  readonly msg_user: number;
  readonly msg_count: number;
}

export interface UpstreamDistribution extends OfDay {
  /** 0: none, 1: 1 to 5, 2: 6 to 10, 3: more than 10. */
  readonly count_interval: 0 | 1 | 2 | 3;
  readonly msg_user: number;
}

export interface InterfaceSummary extends OfDay {
  readonly callback_count: number;
  readonly fail_count: number;
  /** In ms. */
  readonly total_time_cost: number;
  readonly max_time_cost: number;
}

interface CardFigures extends OfDay {
  readonly view_cnt: number;
  readonly view_user: number;
  readonly receive_cnt: number;
  readonly receive_user: number;
  readonly verify_cnt: number;
  readonly verify_user: number;
}

export interface CardSummary extends CardFigures {
  readonly given_cnt: number;
  readonly given_user: number;
  readonly expire_cnt: number;
  readonly expire_user: number;
}

export interface FreeCardSummary extends CardSummary {
  readonly card_id: string;
  readonly card_type: number;
}

export interface MemberCardDetail extends OfDay, Partial<Omit<CardFigures, 'ref_date'>> {
  readonly merchanttype: number;
  readonly cardid: string;
  readonly submerchantid: number;
  readonly new_user: number;
  /** In fen, before and after discounts. */
  readonly payOriginalFee: number;
  readonly fee: number;
  readonly active_user: number;
  readonly active_cnt: number;
  readonly total_user: number;
  readonly total_receive_user?: number;
}

export interface MemberCardSummary extends CardFigures {
  readonly active_user: number;
  readonly total_user: number;
  readonly total_receive_user: number;
}

export interface ArticleFigures extends OfDay {
  readonly int_page_read_user: number;
  readonly int_page_read_count: number;
  readonly ori_page_read_user: number;
  readonly ori_page_read_count: number;
  readonly share_user: number;
  readonly share_count: number;
  readonly add_to_fav_user: number;
  readonly add_to_fav_count: number;
  readonly user_source?: number;
}

/** Where the reads and the shares came from. */
type ArticleSources = Readonly<
  Partial<
    Record<
      | `int_page_from_${'session' | 'hist_msg' | 'feed' | 'friends' | 'other'}_read_${'user' | 'count'}`
      | `feed_share_from_${'session' | 'feed' | 'other'}_${'user' | 'cnt'}`,
      number
    >
  >
>;

export interface ArticleTotal extends PublishedContent {
  readonly details: readonly ({ readonly stat_date: string; readonly target_user: number } & Omit<
    ArticleFigures,
    'ref_date'
  > &
    ArticleSources)[];
}

export interface ShareFigures extends OfDay {
  readonly share_scene: number;
  readonly user_source?: number;
  readonly share_count: number;
  readonly share_user: number;
}

const report = <Figures, Request = DateRange>(name: string) =>
  readByPost<Request, List<Figures>>(`/datacube/${name}`);

/** Reports of cards. */
const cardReport = <Figures, Request>(name: string) =>
  readByPost<Request, List<Figures>>(`/datacube/${name}`, { unlisted: true });

function old<Request, Response>(endpoint: Endpoint<Request, Response>, replacedBy: string) {
  const reason = 'counts mass sends only and is no longer maintained';
  return retired(endpoint, reason, [replacedBy], { stillAnswers: true });
}

export const dataCube = {
  /**
   * New and lost followers of each day, by where they came from.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/wedata/user/api_getusersummary.html
   */
  getUserSummary: report<UserSummary>('getusersummary'),
  /**
   * How many followers there were on each day.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/wedata/user/api_getusercumulate.html
   */
  getUserCumulate: report<UserCumulate>('getusercumulate'),

  /**
   * How often articles were read.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/wedata/news/api_getarticleread.html
   */
  getArticleRead: report<ArticleRead>('getarticleread'),
  /**
   * How often articles were shared.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/wedata/news/api_getarticleshare.html
   */
  getArticleShare: report<ArticleShare>('getarticleshare'),
  /**
   * All figures of an article since it went out.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/wedata/news/api_getarticletotaldetail.html
   */
  getArticleTotalDetail: report<ArticleTotalDetail>('getarticletotaldetail'),
  /**
   * The figures of all articles together.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/wedata/news/api_getbizsummary.html
   */
  getBizSummary: report<BizSummary>('getbizsummary'),

  /**
   * Messages of followers to the account, by day.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/wedata/mess/api_getupstreammsg.html
   */
  getUpstreamMsg: report<UpstreamMessages>('getupstreammsg'),
  /**
   * The same by hour.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/wedata/mess/api_getupstreammsghour.html
   */
  getUpstreamMsgHour: report<OfHour<UpstreamMessages>>('getupstreammsghour'),
  /**
   * The same by week.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/wedata/mess/api_getupstreammsgweek.html
   */
  getUpstreamMsgWeek: report<UpstreamMessages>('getupstreammsgweek'),
  /**
   * The same by month.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/wedata/mess/api_getupstreammsgmonth.html
   */
  getUpstreamMsgMonth: report<UpstreamMessages>('getupstreammsgmonth'),
  /**
   * How many followers wrote how much, by day.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/wedata/mess/api_getupstreammsgdist.html
   */
  getUpstreamMsgDist: report<UpstreamDistribution>('getupstreammsgdist'),
  /**
   * The same by week.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/wedata/mess/api_getupstreammsgdistweek.html
   */
  getUpstreamMsgDistWeek: report<UpstreamDistribution>('getupstreammsgdistweek'),
  /**
   * The same by month.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/wedata/mess/api_getupstreammsgdistmonth.html
   */
  getUpstreamMsgDistMonth: report<UpstreamDistribution>('getupstreammsgdistmonth'),

  /**
   * How often WeChat called the callback, how often that failed and how long it took, by day.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/wedata/api/api_getinterfacesummary.html
   */
  getInterfaceSummary: report<InterfaceSummary>('getinterfacesummary'),
  /**
   * The same by hour.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/wedata/api/api_getinterfacesummaryhour.html
   */
  getInterfaceSummaryHour: report<OfHour<InterfaceSummary>>('getinterfacesummaryhour'),

  /**
   * Figures of all cards and coupons.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/
   */
  getCardSummary: cardReport<CardSummary, CardRange>('getcardbizuininfo'),
  /**
   * Figures of free coupons.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/
   */
  getFreeCardSummary: cardReport<FreeCardSummary, CardRange & { readonly card_id?: string }>(
    'getcardcardinfo',
  ),
  /**
   * Figures of member cards.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/
   */
  getMemberCardSummary: cardReport<MemberCardSummary, CardRange>('getcardmembercardinfo'),
  /**
   * Figures of one member card.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/
   */
  getMemberCardDetail: cardReport<MemberCardDetail, DateRange & { readonly card_id: string }>(
    'getcardmembercarddetail',
  ),

  /**
   * Figures of what was sent on a day.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/wedata/news/api_getarticlesummary.html
   */
  getArticleSummary: old(
    report<ArticleFigures & PublishedContent>('getarticlesummary'),
    'dataCube.getArticleRead',
  ),
  /**
   * All figures of what was sent on a day.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/wedata/news/api_getarticletotal.html
   */
  getArticleTotal: old(report<ArticleTotal>('getarticletotal'), 'dataCube.getArticleTotalDetail'),
  /**
   * How often articles were read, by day.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/wedata/news/api_getuserread.html
   */
  getUserRead: old(report<ArticleFigures>('getuserread'), 'dataCube.getBizSummary'),
  /**
   * The same by hour.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/wedata/news/api_getuserreadhour.html
   */
  getUserReadHour: old(report<OfHour<ArticleFigures>>('getuserreadhour'), 'dataCube.getBizSummary'),
  /**
   * How often articles were shared, by day.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/wedata/news/api_getusershare.html
   */
  getUserShare: old(report<ShareFigures>('getusershare'), 'dataCube.getArticleShare'),
  /**
   * The same by hour.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/wedata/news/api_getusersharehour.html
   */
  getUserShareHour: old(
    report<OfHour<ShareFigures>>('getusersharehour'),
    'dataCube.getArticleShare',
  ),
} as const;

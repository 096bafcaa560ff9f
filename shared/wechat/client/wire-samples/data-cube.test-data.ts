import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const dataCube: WireSamplesOf<'dataCube'> = {
  getUserSummary: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31' },
    answer: {
      list: [{ ref_date: '2026-01-01', user_source: 0, new_user: 3, cancel_user: 1 }],
      is_delay: false,
    },
  },
  getUserCumulate: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31' },
    answer: { list: [{ ref_date: '2026-01-01', cumulate_user: 12345 }], is_delay: false },
  },
  getArticleRead: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31' },
    answer: {
      list: [
        {
          ref_date: '2026-01-01',
          msgid: '2247483650_1',
          title: 'Tea',
          detail: {
            read_user: 120,
            read_user_source: [{ user_count: 100, scene_desc: '公众号消息' }],
          },
        },
      ],
      is_delay: false,
    },
  },
  getArticleShare: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31' },
    answer: {
      list: [
        { ref_date: '2026-01-01', msgid: '2247483650_1', title: 'Tea', detail: { share_user: 8 } },
      ],
      is_delay: false,
    },
  },
  getArticleTotalDetail: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31' },
    answer: {
      list: [
        {
          ref_date: '2026-01-01',
          msgid: '2247483650_1',
          title: 'Tea',
          publish_type: 1,
          content_url: 'https://mp.weixin.qq.com/s/sample',
          detail_list: [
            {
              stat_date: '2026-01-01',
              read_user: 120,
              read_user_source: [{ user_count: 100, scene_desc: '公众号消息' }],
              share_user: 8,
              zaikan_user: 2,
              like_user: 3,
              comment_count: 4,
              collection_user: 5,
              praise_money: 0,
              read_subscribe_user: 1,
              read_delivery_rate: 0.1,
              read_finish_rate: 0.5,
              read_avg_activetime: 12.5,
              read_jump_position: [{ position: 1, rate: 0.5 }],
            },
          ],
        },
      ],
      is_delay: false,
    },
  },
  getBizSummary: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31' },
    answer: { list: [{ ref_date: '2026-01-01', read_user: 120, share_user: 8 }], is_delay: false },
  },
  getUpstreamMsg: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31' },
    answer: {
      list: [{ ref_date: '2026-01-01', msg_type: 1, msg_user: 5, msg_count: 9 }],
      is_delay: false,
    },
  },
  getUpstreamMsgHour: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31' },
    answer: {
      list: [{ ref_date: '2026-01-01', ref_hour: 1000, msg_type: 1, msg_user: 5, msg_count: 9 }],
      is_delay: false,
    },
  },
  getUpstreamMsgWeek: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31' },
    answer: {
      list: [{ ref_date: '2026-01-01', msg_type: 1, msg_user: 5, msg_count: 9 }],
      is_delay: false,
    },
  },
  getUpstreamMsgMonth: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31' },
    answer: {
      list: [{ ref_date: '2026-01-01', msg_type: 1, msg_user: 5, msg_count: 9 }],
      is_delay: false,
    },
  },
  getUpstreamMsgDist: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31' },
    answer: { list: [{ ref_date: '2026-01-01', count_interval: 1, msg_user: 5 }], is_delay: false },
  },
  getUpstreamMsgDistWeek: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31' },
    answer: { list: [{ ref_date: '2026-01-01', count_interval: 1, msg_user: 5 }], is_delay: false },
  },
  getUpstreamMsgDistMonth: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31' },
    answer: { list: [{ ref_date: '2026-01-01', count_interval: 1, msg_user: 5 }], is_delay: false },
  },
  getInterfaceSummary: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31' },
    answer: {
      list: [
        {
          ref_date: '2026-01-01',
          callback_count: 36,
          fail_count: 1,
          total_time_cost: 828,
          max_time_cost: 340,
        },
      ],
      is_delay: false,
    },
  },
  getInterfaceSummaryHour: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31' },
    answer: {
      list: [
        {
          ref_date: '2026-01-01',
          ref_hour: 1000,
          callback_count: 36,
          fail_count: 1,
          total_time_cost: 828,
          max_time_cost: 340,
        },
      ],
      is_delay: false,
    },
  },
  getCardSummary: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31', cond_source: 0 },
    answer: {
      list: [
        {
          ref_date: '2026-01-01',
          view_cnt: 9,
          view_user: 8,
          receive_cnt: 7,
          receive_user: 6,
          verify_cnt: 5,
          verify_user: 4,
          given_cnt: 1,
          given_user: 1,
          expire_cnt: 2,
          expire_user: 2,
        },
      ],
      is_delay: false,
    },
  },
  getFreeCardSummary: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31', cond_source: 0 },
    answer: {
      list: [
        {
          ref_date: '2026-01-01',
          view_cnt: 9,
          view_user: 8,
          receive_cnt: 7,
          receive_user: 6,
          verify_cnt: 5,
          verify_user: 4,
          card_id: 'card-1',
          card_type: 3,
          given_cnt: 1,
          given_user: 1,
          expire_cnt: 2,
          expire_user: 2,
        },
      ],
      is_delay: false,
    },
  },
  getMemberCardSummary: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31', cond_source: 0 },
    answer: {
      list: [
        {
          ref_date: '2026-01-01',
          view_cnt: 9,
          view_user: 8,
          receive_cnt: 7,
          receive_user: 6,
          verify_cnt: 5,
          verify_user: 4,
          active_user: 3,
          total_user: 86,
          total_receive_user: 95,
        },
      ],
      is_delay: false,
    },
  },
  getMemberCardDetail: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31', card_id: 'card' },
    answer: {
      list: [
        {
          ref_date: '2026-01-01',
          view_cnt: 9,
          view_user: 8,
          receive_cnt: 7,
          receive_user: 6,
          verify_cnt: 5,
          verify_user: 4,
          merchanttype: 1,
          cardid: 'card-1',
          submerchantid: 0,
          new_user: 1,
          payOriginalFee: 1200,
          fee: 1000,
          active_user: 3,
          active_cnt: 4,
          total_user: 86,
          total_receive_user: 95,
        },
      ],
      is_delay: false,
    },
  },
  getArticleSummary: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31' },
    answer: {
      list: [
        {
          ref_date: '2026-01-01',
          msgid: '2247483650_1',
          title: 'Tea',
          int_page_read_user: 120,
          int_page_read_count: 150,
          ori_page_read_user: 9,
          ori_page_read_count: 10,
          share_user: 8,
          share_count: 12,
          add_to_fav_user: 3,
          add_to_fav_count: 3,
        },
      ],
      is_delay: false,
    },
  },
  getArticleTotal: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31' },
    answer: {
      list: [
        {
          ref_date: '2026-01-01',
          msgid: '2247483650_1',
          title: 'Tea',
          details: [
            {
              stat_date: '2026-01-01',
              target_user: 5000,
              int_page_read_user: 120,
              int_page_read_count: 150,
              ori_page_read_user: 9,
              ori_page_read_count: 10,
              share_user: 8,
              share_count: 12,
              add_to_fav_user: 3,
              add_to_fav_count: 3,
              int_page_from_session_read_user: 1,
              int_page_from_session_read_count: 1,
              int_page_from_hist_msg_read_user: 1,
              int_page_from_hist_msg_read_count: 1,
              int_page_from_feed_read_user: 1,
              int_page_from_feed_read_count: 1,
              int_page_from_friends_read_user: 1,
              int_page_from_friends_read_count: 1,
              int_page_from_other_read_user: 1,
              int_page_from_other_read_count: 1,
              feed_share_from_session_user: 1,
              feed_share_from_session_cnt: 1,
              feed_share_from_feed_user: 1,
              feed_share_from_feed_cnt: 1,
              feed_share_from_other_user: 1,
              feed_share_from_other_cnt: 1,
            },
          ],
        },
      ],
      is_delay: false,
    },
  },
  getUserRead: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31' },
    answer: {
      list: [
        {
          ref_date: '2026-01-01',
          user_source: 0,
          int_page_read_user: 120,
          int_page_read_count: 150,
          ori_page_read_user: 9,
          ori_page_read_count: 10,
          share_user: 8,
          share_count: 12,
          add_to_fav_user: 3,
          add_to_fav_count: 3,
        },
      ],
      is_delay: false,
    },
  },
  getUserReadHour: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31' },
    answer: {
      list: [
        {
          ref_date: '2026-01-01',
          ref_hour: 1000,
          user_source: 0,
          int_page_read_user: 120,
          int_page_read_count: 150,
          ori_page_read_user: 9,
          ori_page_read_count: 10,
          share_user: 8,
          share_count: 12,
          add_to_fav_user: 3,
          add_to_fav_count: 3,
        },
      ],
      is_delay: false,
    },
  },
  getUserShare: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31' },
    answer: {
      list: [
        { ref_date: '2026-01-01', share_scene: 1, share_count: 2, share_user: 1, user_source: 0 },
      ],
      is_delay: false,
    },
  },
  getUserShareHour: {
    request: { begin_date: '2025-12-31', end_date: '2025-12-31' },
    answer: {
      list: [
        { ref_date: '2026-01-01', ref_hour: 1000, share_scene: 1, share_count: 2, share_user: 1 },
      ],
      is_delay: false,
    },
  },
};

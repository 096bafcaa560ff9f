import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const card: WireSamplesOf<'card'> = {
  get: {
    request: { card_id: 'pbLatjOwnCard000000000000001' },
    answer: {
      errcode: 0,
      errmsg: 'ok',
      card: {
        card_type: 'DISCOUNT',
        discount: {
          base_info: {
            id: 'pbLatjOwnCard000000000000001',
            title: '九折优惠券',
            brand_name: '海底捞面馆',
            logo_url: 'http://mmbiz.qpic.cn/mmbiz/logo/0?wx_fmt=png',
            status: 'CARD_STATUS_VERIFY_OK',
            sku: { quantity: 995, total_quantity: 1000 },
          },
        },
      },
    },
  },
};

import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const product: WireSamplesOf<'product'> = {
  getCard: {
    request: { product_id: '10000051241244', article_type: 'news', card_type: 1 },
    answer: {
      errcode: 0,
      errmsg: 'ok',
      DOM: '<mp-common-product data-windowproduct="10000051241244" data-cardtype="1"></mp-common-product>',
    },
  },
};

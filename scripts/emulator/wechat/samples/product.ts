import type { SamplesOf } from './sample.ts';

export const product: SamplesOf<'product'> = {
  getCard: {
    request: { product_id: '10000051241244', article_type: 'news', card_type: 1 },
    answer: { DOM: /10000051241244/ },
  },
};

import { ApiError } from '../errors/errors.ts';
import { jsonOf, textIn } from '../http/call.ts';
import { done, type OperationsOf } from './operation.ts';

const cards: Readonly<Record<string, readonly unknown[]>> = {
  news: [0, 1, 2],
  newspic: [1, 2, 3],
};

export const product: OperationsOf<'product'> = {
  /** Every number is a product. Articles of pictures take a key, others the card itself. */
  getCard(_world, call) {
    const body = jsonOf(call);
    const id = textIn(body, 'product_id');
    const articleType = textIn(body, 'article_type');
    const { card_type: cardType } = body;
    if (id === '' || articleType === '' || cardType === undefined) throw new ApiError(41011);
    const isCard = Object.hasOwn(cards, articleType) && cards[articleType]?.includes(cardType);
    if (!/^\d+$/.test(id) || !isCard) throw new ApiError(40097);
    if (articleType === 'newspic') return { ...done, product_key: `emulated-product-${id}` };
    const DOM = `<mp-common-product data-windowproduct="${id}" data-cardtype="${cardType}"></mp-common-product>`;
    return { ...done, DOM };
  },
};

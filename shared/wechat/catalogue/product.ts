import { type Done, readByPost } from './endpoint.ts';

/** Which cards there are depends on the article. */
export type ProductCardRequest = { readonly product_id: string } & (
  | /** 0 large, 1 small, 2 a link of text. */ {
      readonly article_type: 'news';
      readonly card_type: 0 | 1 | 2;
    }
  | /** 1 small, 2 a link of text, 3 a strip. */ {
      readonly article_type: 'newspic';
      readonly card_type: 1 | 2 | 3;
    }
);

/** Each field only where the article needs it. */
export interface ProductCard extends Done {
  /** For the `footer_product_info` of a draft. */
  readonly product_key?: string;
  /** For the content of a draft. */
  readonly DOM?: string;
}

export const product = {
  /**
   * The card of a product in the account's WeChat shop (微信小店).
   *
   * @see https://developers.weixin.qq.com/doc/service/api/draftbox/shop/api_ecsgetproductcardinfo.html
   */
  getCard: readByPost<ProductCardRequest, ProductCard>('/channels/ec/service/product/getcardinfo'),
} as const;

import {
  maybeId,
  maybeNumber,
  maybePastTime,
  maybeText,
  maybeTime,
  type Reader,
  type Shape,
} from './shape.ts';

/** WeChat writes 0 and 1 in some events, and words in others. */
export const maybeFlag =
  (name: string): Reader<boolean | undefined> =>
  (fields) => {
    const value = maybeText(name)(fields)?.trim().toLowerCase();
    if (value === '1' || value === 'true') return true;
    return value === '0' || value === 'false' ? false : undefined;
  };

const card = { cardId: maybeText('CardId'), cardCode: maybeText('UserCardCode') } satisfies Shape;

const giftOrder = { pageId: maybeText('PageId'), orderId: maybeText('OrderId') } satisfies Shape;

/**
 * Cards and coupons (卡券), gift cards, and the merchants behind them.
 * https://developers.weixin.qq.com/doc/service/guide/product/card/Cards_and_Offer/Coupons_Vouchers_and_Cards_Event_Push_Messages.html
 */
export const cardEvents = {
  card_pass_check: card,
  card_not_pass_check: { ...card, refuseReason: maybeText('RefuseReason') },
  user_get_card: {
    ...card,
    isGiveByFriend: maybeNumber('IsGiveByFriend'),
    friendOpenid: maybeText('FriendUserName'),
    outerId: maybeText('OuterId'),
    outerStr: maybeText('OuterStr'),
    oldCardCode: maybeText('OldUserCardCode'),
    isRestoreMemberCard: maybeNumber('IsRestoreMemberCard'),
    isRecommendByFriend: maybeNumber('IsRecommendByFriend'),
    unionid: maybeId('UnionId'),
  },
  user_gifting_card: {
    ...card,
    friendOpenid: maybeText('FriendUserName'),
    /** The card came back to who gave it away. */
    isReturnBack: maybeFlag('IsReturnBack'),
    isChatRoom: maybeFlag('IsChatRoom'),
  },
  user_del_card: card,
  user_consume_card: {
    ...card,
    /** `FROM_API`, `FROM_MP`, `FROM_MOBILE_HELPER` … */
    consumeSource: maybeText('ConsumeSource'),
    locationId: maybeText('LocationId'),
    locationName: maybeText('LocationName'),
    staffOpenid: maybeId('StaffOpenId'),
    verifyCode: maybeText('VerifyCode'),
    remarkAmount: maybeText('RemarkAmount'),
    outerStr: maybeText('OuterStr'),
    transactionId: maybeText('TransId'),
    /** In fen, as are all amounts here. */
    fee: maybeNumber('Fee'),
    originalFee: maybeNumber('OriginalFee'),
  },
  user_pay_from_pay_cell: {
    ...card,
    transactionId: maybeText('TransId'),
    locationId: maybeText('LocationId'),
    fee: maybeNumber('Fee'),
    originalFee: maybeNumber('OriginalFee'),
  },
  user_view_card: { ...card, outerStr: maybeText('OuterStr') },
  user_enter_session_from_card: card,
  update_member_card: {
    ...card,
    modifyBonus: maybeNumber('ModifyBonus'),
    modifyBalance: maybeNumber('ModifyBalance'),
  },
  submit_membercard_user_info: card,
  card_sku_remind: { ...card, detail: maybeText('Detail') },
  /** Of an order of coupon points; it names no card. */
  card_pay_order: {
    orderId: maybeText('OrderId'),
    /** `ORDER_STATUS_WAITING`, `ORDER_STATUS_SUCC` … */
    status: maybeText('Status'),
    orderedAt: maybeTime('CreateOrderTime'),
    paidAt: maybePastTime('PayFinishTime'),
    description: maybeText('Desc'),
    freeCoinCount: maybeNumber('FreeCoinCount'),
    payCoinCount: maybeNumber('PayCoinCount'),
    refundFreeCoinCount: maybeNumber('RefundFreeCoinCount'),
    refundPayCoinCount: maybeNumber('RefundPayCoinCount'),
    orderType: maybeText('OrderType'),
    memo: maybeText('Memo'),
    receiptInfo: maybeText('ReceiptInfo'),
  },
  card_merchant_check_result: {
    merchantId: maybeText('MerchantId'),
    isPass: maybeFlag('IsPass'),
    reason: maybeText('Reason'),
  },
  giftcard_pay_done: giftOrder,
  giftcard_send_to_friend: {
    ...giftOrder,
    isChatRoom: maybeFlag('IsChatRoom'),
    isReturnBack: maybeFlag('IsReturnBack'),
  },
  giftcard_user_accept: { ...giftOrder, isChatRoom: maybeFlag('IsChatRoom') },
} satisfies Record<string, Shape>;

import type { EventName, Message } from './message.ts';

/**
 * Events about the account, not about a follower: one of WeChat's own accounts sends them, and its
 * openid stands where a follower's does otherwise.
 */
const aboutTheAccount: ReadonlySet<string> = new Set<EventName>([
  'MASSSENDJOBFINISH',
  'PUBLISHJOBFINISH',
  'qualification_verify_success',
  'qualification_verify_fail',
  'naming_verify_success',
  'naming_verify_fail',
  'annual_renew',
  'verify_expired',
  'card_pass_check',
  'card_not_pass_check',
  'card_sku_remind',
  'card_pay_order',
  'poi_check_notify',
  'card_merchant_check_result',
  'add_store_audit_info',
  'modify_store_audit_info',
  'apply_merchant_audit_info',
  'create_map_poi_audit_info',
  'user_scan_product_verify_action',
  'debug_demo',
]);

/**
 * The openid of the follower whom a message concerns: nearly always its sender. Events about personal
 * data (`user_info_modified`, `user_authorization_revoke`, `user_authorization_cancellation`) come from
 * WeChat's push service, which is the same for all followers, and name the follower in a field of
 * their own. `undefined` for an event about the account.
 * https://developers.weixin.qq.com/doc/service/guide/h5/authorization_change.html
 */
export function followerOf(message: Message): string | undefined {
  if (message.type !== 'event') return message.openid;
  switch (message.event) {
    case 'user_info_modified':
    case 'user_authorization_revoke':
    case 'user_authorization_cancellation':
      return message.userOpenid;
    default:
      return aboutTheAccount.has(message.event) ? undefined : message.openid;
  }
}

import type { NonTaxItem } from '../../../../shared/wechat/catalogue/non-tax.ts';
import { ApiError } from '../errors/errors.ts';
import { type JsonObject, textIn } from '../http/call.ts';
import type { NonTaxTerms } from '../state/non-tax-orders.ts';
import type { World } from '../world.ts';
import { listIn, objectIn, requiredInteger, requiredText } from './fields.ts';

/** What is to be paid, by whom, to whom. @throws ApiError 41011, 47001, 40013, 40097 */
export function termsIn({ account }: World, body: JsonObject): NonTaxTerms {
  ownAppid(account.appid, body);
  const items = listIn(body.items).map(itemIn);
  const fee = requiredInteger(body, 'fee');
  const sum = items.reduce((total, item) => total + item.fee, 0);
  if (items.length === 0 || fee <= 0 || sum !== fee) throw new ApiError(40097);
  const [notice, order] = [textIn(body, 'payment_notice_no'), textIn(body, 'order_no')];
  if (notice === '' && order === '') throw new ApiError(41011);
  const mchId = textIn(body, 'mch_id');
  return {
    appid: account.appid,
    openid: textIn(body, 'openid'),
    desc: requiredText(body, 'desc', 41011),
    fee,
    items,
    department_code: requiredText(body, 'department_code', 41011),
    department_name: requiredText(body, 'department_name', 41011),
    region_code: requiredText(body, 'region_code', 41011),
    payment_notice_create_time: requiredInteger(body, 'payment_notice_create_time'),
    ...(notice ? { payment_notice_no: notice } : {}),
    ...(order ? { order_no: order } : {}),
    ...(mchId ? { mch_id: mchId } : {}),
    scene: textIn(body, 'scene') || 'offline',
  };
}

/** @throws ApiError 41002, 40013 */
export function ownAppid(appid: string, body: JsonObject): void {
  if (requiredText(body, 'appid', 41002) !== appid) throw new ApiError(40013);
}

function itemIn(value: unknown): NonTaxItem {
  const item = objectIn(value);
  const number = (name: string) => requiredInteger(item, name);
  return {
    no: number('no'),
    item_id: requiredText(item, 'item_id', 41011),
    item_name: requiredText(item, 'item_name', 41011),
    overdue: number('overdue'),
    ...(item.penalty === undefined ? {} : { penalty: number('penalty') }),
    fee: number('fee'),
  };
}

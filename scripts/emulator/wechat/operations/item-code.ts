import type { ItemCode, ItemCodeProduct } from '../../../../shared/wechat/catalogue/item-code.ts';
import { ApiError } from '../errors/errors.ts';
import { type JsonObject, jsonOf, textIn } from '../http/call.ts';
import { requiredInteger, requiredText } from '../rules/fields.ts';
import { type CodePlace, codeAt, codeUrlAt, type ItemCodeBatch } from '../state/item-codes.ts';
import type { World } from '../world.ts';
import { done, type OperationsOf } from './operation.ts';

const STEP = 10_000;
const MAX_CODES = 20_000_000;
const MAX_ISV_CHARS = 128;
/** Codes come in files of at most so many. */
const FILE_CODES = 1_000_000;

export const itemCode: OperationsOf<'itemCode'> = {
  apply({ itemCodes }, call) {
    const body = jsonOf(call);
    const isvId = requiredText(body, 'isv_application_id', 41011);
    const count = requiredInteger(body, 'code_count');
    const isWhole = count >= STEP && count <= MAX_CODES && count % STEP === 0;
    if (!isWhole || isvId.length > MAX_ISV_CHARS) throw new ApiError(40097);
    const batch = itemCodes.findByIsvId(isvId) ?? itemCodes.add(isvId, count);
    return { ...done, application_id: batch.id };
  },

  getApplication({ itemCodes }, call) {
    const body = jsonOf(call);
    const isvId = textIn(body, 'isv_application_id');
    const batch = isvId
      ? itemCodes.findByIsvId(isvId)
      : itemCodes.find(Number(body.application_id));
    if (!batch) throw new ApiError(40097);
    const files = batch.status === 'FINISH' ? Math.ceil(batch.count / FILE_CODES) : 0;
    return {
      ...done,
      status: batch.status,
      application_id: batch.id,
      isv_application_id: batch.isvId,
      code_generate_list: Array.from({ length: files }, (_, at) => ({
        code_start: at * FILE_CODES,
        code_end: Math.min((at + 1) * FILE_CODES, batch.count) - 1,
      })),
      create_time: batch.createdAt,
      update_time: batch.updatedAt,
    };
  },

  /** Lines of place, code and what the picture holds; not encrypted. */
  download(world, call) {
    const { batch, start, end } = rangeIn(world, jsonOf(call));
    if (end - start >= FILE_CODES) throw new ApiError(40097);
    const lines = Array.from({ length: end - start + 1 }, (_, at) => {
      const index = start + at;
      return `${index}\t${codeAt(batch.id, index)}\t${codeUrlAt(batch.id, index)}\n`;
    });
    return { ...done, buffer: Buffer.from(lines.join('')).toString('base64') };
  },

  activate(world, call) {
    const body = jsonOf(call);
    const { batch, start, end } = rangeIn(world, body);
    const type = body.wxa_type ?? 0;
    if (type !== 0 && type !== 1 && type !== 2) throw new ApiError(40097);
    const text = (name: keyof ItemCodeProduct) => requiredText(body, name, 41011);
    world.itemCodes.activate(batch, {
      activity_name: text('activity_name'),
      product_brand: text('product_brand'),
      product_title: text('product_title'),
      product_code: text('product_code'),
      wxa_appid: text('wxa_appid'),
      wxa_path: text('wxa_path'),
      wxa_type: type,
      code_start: start,
      code_end: end,
    });
    return done;
  },

  get(world, call) {
    const body = jsonOf(call);
    return describe(placeIn(world, body));
  },

  getByTicket({ itemCodes }, call) {
    const body = jsonOf(call);
    const openid = requiredText(body, 'openid', 41009);
    const code = itemCodes.codeBehind(requiredText(body, 'code_ticket', 41011), openid);
    const place = code === undefined ? undefined : itemCodes.placeOf(code);
    if (!place) throw new ApiError(40097);
    return describe(place);
  },
};

/** @throws ApiError 41011, 40097 */
function rangeIn({ itemCodes }: World, body: JsonObject) {
  const batch = itemCodes.find(requiredInteger(body, 'application_id'));
  const start = requiredInteger(body, 'code_start');
  const end = requiredInteger(body, 'code_end');
  const isMade = batch?.status === 'FINISH';
  if (!isMade || start < 0 || end < start || end >= batch.count) throw new ApiError(40097);
  return { batch, start, end };
}

/** @throws ApiError 41011, 40097 */
function placeIn({ itemCodes }: World, body: JsonObject): CodePlace {
  const text = textIn(body, 'code') || textIn(body, 'code_url');
  if (text !== '') {
    const place = itemCodes.placeOf(text);
    if (!place) throw new ApiError(40097);
    return place;
  }
  const batch: ItemCodeBatch | undefined = itemCodes.find(requiredInteger(body, 'application_id'));
  const index = requiredInteger(body, 'code_index');
  if (!batch || index < 0 || index >= batch.count) throw new ApiError(40097);
  return { batch, index };
}

/** @throws ApiError 40097 for a code that is not active. */
function describe({ batch, index }: CodePlace): ItemCode {
  const activation = batch.activations.findLast(
    ({ code_start, code_end }) => index >= code_start && index <= code_end,
  );
  if (!activation) throw new ApiError(40097);
  return {
    ...done,
    code: codeAt(batch.id, index),
    application_id: batch.id,
    isv_application_id: batch.isvId,
    ...activation,
  };
}

import { ApiError } from '../errors/errors.ts';
import type { JsonObject } from '../http/call.ts';

const chars = (text: string) => [...text].length;
const CHINESE = /\p{Script=Han}/u;
const TIME = String.raw`\d{1,2}:\d{2}(:\d{2})?`;
const DATE = String.raw`\d{4}(年|-|/|\.)\d{1,2}(月|-|/|\.)\d{1,2}日?`;
const MOMENT = `(${DATE}( ?${TIME})?|${TIME})`;
const isMoment = new RegExp(`^${MOMENT}( ?[~-] ?${MOMENT})?$`);

/**
 * What a value may be, by the letters of its key.
 *
 * @see https://developers.weixin.qq.com/doc/service/guide/product/template_message/Template_Message_Interface.html
 */
const rules: Readonly<Record<string, (value: string) => boolean>> = {
  thing: (value) => chars(value) <= 20,
  number: (value) => /^[+-]?\d{1,32}(\.\d+)?$/.test(value) && value.length <= 32,
  letter: (value) => /^[A-Za-z]{1,32}$/.test(value),
  symbol: (value) => chars(value) <= 5 && !/[\p{L}\p{N}]/u.test(value),
  character_string: (value) => chars(value) <= 32 && !CHINESE.test(value),
  time: (value) => isMoment.test(value),
  date: (value) => isMoment.test(value),
  amount: (value) => /^\p{Sc}?\d{1,10}(\.\d+)?元?$/u.test(value),
  phone_number: (value) => /^[\d+()\- ]{1,17}$/.test(value),
  car_number: (value) => chars(value) <= 8,
  name: (value) => (CHINESE.test(value) ? chars(value) <= 10 : chars(value) <= 20),
  phrase: (value) => /^\p{Script=Han}{1,5}$/u.test(value),
};

/**
 * The message with its values put in.
 *
 * @throws ApiError 47003 naming the first value that is missing or against the rule of its key
 */
export function fillTemplate(
  content: string,
  data: unknown,
  { isChecked }: { readonly isChecked: boolean },
): string {
  return content.replace(/\{\{(\w+)\.DATA\}\}/g, (_match, key: string) => {
    const value = valueIn(data, key);
    const rule = rules[key.replace(/\d+$/, '')];
    const isGood = value !== '' && (rule?.(value) ?? true);
    if (isChecked && !isGood)
      throw new ApiError(47003, `argument invalid! data.${key}.value invalid`);
    return value;
  });
}

function valueIn(data: unknown, key: string): string {
  const { value = '' } = Object((data as JsonObject | undefined)?.[key]) as { value?: unknown };
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

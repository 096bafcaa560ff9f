import { wordsOf } from '../../words.ts';

/**
 * What a field takes, by the letters of its name.
 * https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/sendMessage.html
 */
const hints = {
  thing: ['20 个字以内', 'up to 20 characters'],
  number: ['数字，最多 32 位', 'a number of up to 32 digits'],
  letter: ['字母，最多 32 个', 'up to 32 letters'],
  symbol: ['符号，最多 5 个', 'up to 5 symbols'],
  character_string: ['字母、数字或符号，最多 32 个', 'up to 32 letters, digits or symbols'],
  time: ['如 2026-11-30 15:01', 'such as 2026-11-30 15:01'],
  date: ['如 2026-11-30', 'such as 2026-11-30'],
  amount: ['金额，如 ¥100 或 100 元', 'an amount, such as ¥100'],
  phone_number: ['电话号码，最多 17 位', 'a phone number of up to 17 characters'],
  car_number: ['车牌号，最多 8 位', 'a licence plate of up to 8 characters'],
  name: ['姓名，10 个汉字或 20 个字母以内', 'a name of up to 10 Chinese characters or 20 letters'],
  phrase: ['5 个汉字以内', 'up to 5 Chinese characters'],
} as const;

const hint = wordsOf(hints);

/** `thing1` takes what a `thing` takes; undefined for a field of another kind. */
export function fieldHint(name: string): string | undefined {
  const kind = name.replace(/\d+$/, '');
  return Object.hasOwn(hints, kind) ? hint(kind as keyof typeof hints) : undefined;
}

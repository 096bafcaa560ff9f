import { describe, expect, test } from '@jest/globals';
import { AppError } from '../kernel/errors.ts';
import { weChatError } from './errcodes.ts';

const openid = 'o6_bmjrPTlm6_2sgVt7hMZOPfL2M';

function answer(errcode: number, errmsg: string) {
  return weChatError({ endpoint: 'menu.create', errcode, errmsg });
}

describe('WeChatError', () => {
  test('says what was asked, what came back, what it means and what to do', () => {
    const error = answer(45009, 'reach max api daily quota limit rid: 617682e0-09059ac5-34a8e2ea');

    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({
      name: 'WeChatError',
      code: 'rate_limited',
      endpoint: 'menu.create',
      errcode: 45009,
      class: 'quota',
      rid: '617682e0-09059ac5-34a8e2ea',
    });
    expect(error.message).toBe(
      'menu.create: WeChat answered 45009 "reach max api daily quota limit", that is: the daily allowance of this API is used up. It is renewed at midnight in Beijing; openapi.clearQuota renews it now, ten times a month. (rid 617682e0-09059ac5-34a8e2ea)',
    );
  });

  test('says what to apply for where WeChat wants that', () => {
    const refused = { endpoint: 'itemCode.apply', errcode: 48001, errmsg: 'api unauthorized' };

    expect(weChatError({ ...refused, application: '一物一码' }).advice).toBe(
      'This endpoint is for accounts that have applied for it at WeChat: 一物一码.',
    );
    expect(weChatError(refused).advice).not.toMatch('applied for');
    expect(weChatError({ ...refused, errcode: 40097, application: '一物一码' }).advice).not.toMatch(
      'applied for',
    );
  });

  test('gives a program the same as plain data', () => {
    const error = answer(40007, 'invalid media_id rid: 617682e0-09059ac5-34a8e2ea');

    expect(JSON.parse(JSON.stringify(error.details))).toEqual({
      endpoint: 'menu.create',
      errcode: 40007,
      class: 'caller',
      advice: error.advice,
      rid: '617682e0-09059ac5-34a8e2ea',
    });
  });

  test.each([
    ['invalid appid, rid: 6aac005a-12345678-9abcdef0', '6aac005a-12345678-9abcdef0'],
    ['ok rid: 6aac005a-12345678-9abcdef0 ', '6aac005a-12345678-9abcdef0'],
    ['invalid appid hint: [xyz]', undefined],
    ['', undefined],
  ])('finds the rid in "%s"', (errmsg, rid) => {
    expect(answer(40013, errmsg).rid).toBe(rid);
  });

  test.each([
    [
      'invalid ip 120.208.99.249 ipv6 ::ffff:120.208.99.249, not in whitelist rid: 6aa2f516-18f315ad-4be915b8',
      '120.208.99.249',
    ],
    ['invalid ip 1.2.3.4, not in whitelist', '1.2.3.4'],
    ['invalid ip 2402:4e00::1, not in whitelist', '2402:4e00::1'],
  ])('names the address that must be let in, and where: %s', (errmsg, ip) => {
    const error = answer(40164, errmsg);

    expect(error.details.ip).toBe(ip);
    expect(error.message).toContain(`Add ${ip} to the IP whitelist`);
    expect(error.message).toContain('https://developers.weixin.qq.com/platform');
    expect(error.class).toBe('configuration');
  });

  test('names no follower and no token, whatever WeChat writes', () => {
    const token = `88_${'aB3-'.repeat(30)}`;

    const error = answer(40003, `invalid openid ${openid} with access_token ${token}`);

    const everything = JSON.stringify({ ...error, message: error.message, stack: error.stack });
    expect(everything).not.toContain(openid);
    expect(everything).not.toContain(token.slice(0, 12));
    expect(error.message).toContain('[masked]');
  });

  test("leaves WeChat's own words alone", () => {
    const error = answer(
      40001,
      'invalid credential, could get access_token by getStableAccessToken',
    );

    expect(error.message).not.toContain('[masked]');
  });

  test.each([
    [45011, 'rate_limited', 60_000],
    [45066, 'rate_limited', 60_000],
    [-1, 'upstream', 0],
    [48001, 'upstream', 0],
  ])('%d is %s, to be tried again after %d ms', (errcode, code, waitMs) => {
    expect(answer(errcode, 'x')).toMatchObject({ code, waitMs });
  });
});

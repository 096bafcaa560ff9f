import { describe, expect, test } from '@jest/globals';
import { createContentApi } from '../content-fixture.ts';

const ADD = '/cgi-bin/wxopen/qrcodejumpadd';
const rule = {
  prefix: 'http://weixin.qq.com/q/02Sample',
  appid: 'wx0123456789abcdef',
  path: 'pages/index/index',
  is_edit: 0,
};
const link = {
  prefix: 'https://example.com/table',
  path: 'pages/table/table',
  permit_sub_rule: 1,
  open_version: 1,
  debug_url: ['https://example.com/table?id=7'],
  is_edit: 0,
};

describe('a rule that is refused', () => {
  test.each([
    [{ prefix: '' }, 41011],
    [{ appid: 'nobody' }, 40166],
    [{ appid: undefined }, 40166],
    [{ is_edit: 2 }, 40097],
    [{ is_edit: 1 }, 85075],
    [{ prefix: 'https://example.com/' }, 85066],
    [{ ...link, appid: undefined, debug_url: ['https://elsewhere.com/'] }, 85068],
    [{ ...link, appid: undefined, open_version: 4 }, 40097],
    [{ ...link, appid: undefined, debug_url: Array(6).fill(`${link.prefix}?a`) }, 40097],
  ])('%j: %i', async (change, errcode) => {
    const { post } = await createContentApi();

    expect((await post(ADD, { ...rule, ...change })).errcode).toBe(errcode);
  });
});

test('a rule can be changed until it is published, a hundred times a month', async () => {
  const { post, call, tokenQuery, clock } = await createContentApi();
  const body = JSON.stringify({ appid: rule.appid });
  const list = async () =>
    call(`/cgi-bin/wxopen/qrcodejumpget?${await tokenQuery()}`, { method: 'POST', body });
  const publish = () => post('/cgi-bin/wxopen/qrcodejumppublish', { prefix: rule.prefix });
  await post(ADD, rule);

  expect((await post(ADD, rule)).errcode).toBe(85071);
  expect((await post(ADD, { ...rule, path: 'pages/new', is_edit: 1 })).errcode).toBe(0);
  expect((await publish()).errcode).toBe(0);
  expect((await post(ADD, { ...rule, is_edit: 1 })).errcode).toBe(40097);
  expect(await list()).toMatchObject({
    rule_list: [{ prefix: rule.prefix, path: 'pages/new', state: 2 }],
    qrcodejump_pub_quota: 99,
  });
  for (let left = 99; left > 0; left -= 1) await publish();
  expect((await publish()).errcode).toBe(886000);
  await clock.advance(32 * 86_400_000);
  expect((await list()).qrcodejump_pub_quota).toBe(100);
});

test('ordinary links have rules of their own, without a mini-program', async () => {
  const { post } = await createContentApi();
  await post(ADD, rule);
  await post(ADD, link);
  const remove = (more: object) =>
    post('/cgi-bin/wxopen/qrcodejumpdelete', { prefix: link.prefix, ...more });

  const { is_edit: _, ...kept } = link;
  expect(await post('/cgi-bin/wxopen/qrcodejumpget')).toMatchObject({
    rule_list: [{ ...kept, state: 1 }],
    list_size: 1,
  });
  expect((await remove({ appid: rule.appid })).errcode).toBe(85075);
  expect((await remove({})).errcode).toBe(0);
  expect((await remove({})).errcode).toBe(85075);
});

test('rules come in pages, or by their prefixes', async () => {
  const { post } = await createContentApi();
  for (const name of ['a', 'b', 'c']) await post(ADD, { ...rule, prefix: `${rule.prefix}${name}` });
  const list = async (query: object) => {
    const { errcode, rule_list: rules = [] } = await post('/cgi-bin/wxopen/qrcodejumpget', {
      appid: rule.appid,
      ...query,
    });
    return errcode || (rules as { prefix: string }[]).map(({ prefix }) => prefix.slice(-1));
  };

  expect(await list({ get_type: 2, page_num: 2, page_size: 2 })).toEqual(['c']);
  expect(await list({ get_type: 1, prefix_list: [`${rule.prefix}b`] })).toEqual(['b']);
  expect(await list({ get_type: 2, page_num: 1, page_size: 201 })).toBe(40097);
  expect(await list({ get_type: 3 })).toBe(40097);
});

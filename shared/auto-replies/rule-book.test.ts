import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { actions } from '../../functions/menu/index.ts';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { createFakeWechat } from '../../scripts/testing/fake-wechat.ts';
import { silentLog } from '../../scripts/testing/jobs/job-fixture.ts';
import { createMenus } from '../menu/menus.ts';
import { createPublications } from '../menu/publications.ts';
import { createMenuVersions } from '../menu/versions.ts';
import { invokable } from '../scf/invoke.ts';
import { createMemoryStore } from '../store/memory.ts';
import type { AutoReplyResponse } from '../wechat/catalogue/auto-reply.ts';
import { autoRepliesSchema } from './rule.ts';
import { createRuleBook } from './rule-book.ts';
import { keywordRule, plainRule, rulesOf } from './samples.test-data.ts';

function setUp(atWeChat: object = {}) {
  const clock = createFakeClock(Date.UTC(2026, 10, 30, 2));
  const { api } = createFakeWechat({ '/cgi-bin/get_current_autoreply_info': () => atWeChat });
  const store = createMemoryStore({ now: clock.now });
  const autoReplies = createRuleBook({ store, api, clock });
  const menus = createMenus(api);
  const versions = createMenuVersions({ store, clock });
  const publications = createPublications({ menus, versions, log: silentLog });
  const main = invokable(actions, () => ({
    ...{ clock, log: silentLog, autoReplies, menus, publications },
  }));
  return {
    clock,
    async ask(action: keyof typeof actions, payload?: unknown) {
      const result = await main({ action, payload } as never, {});
      return result as { readonly ok: boolean; readonly data?: unknown; readonly error?: unknown };
    },
  };
}

const hello = rulesOf({ keywords: [keywordRule('hi', 'hello')] });
const bye = rulesOf({ keywords: [keywordRule('hi', 'bye')] });

describe('publishing', () => {
  test('begins with no rules, and gives what was published with its revision', async () => {
    const { ask, clock } = setUp();
    expect(await ask('getAutoReplies')).toMatchObject({
      data: { rules: rulesOf({}), revision: null, changedAt: null },
    });

    const set = await ask('setAutoReplies', { rules: hello, revision: null });
    expect(await ask('getAutoReplies')).toMatchObject({
      data: {
        rules: hello,
        revision: (set.data as { revision: number }).revision,
        changedAt: clock.now(),
      },
    });
  });

  test('of two operators who read the same rules the second is refused', async () => {
    const { ask } = setUp();
    const first = await ask('setAutoReplies', { rules: hello, revision: null });
    expect(await ask('setAutoReplies', { rules: bye, revision: null })).toMatchObject({
      error: { code: 'conflict' },
    });

    const { revision } = first.data as { revision: number };
    const second = await ask('setAutoReplies', { rules: bye, revision });
    expect(await ask('setAutoReplies', { rules: hello, revision })).toMatchObject({
      error: { code: 'conflict' },
    });
    expect(await ask('setAutoReplies', { rules: hello, ...(second.data as object) })).toMatchObject(
      {
        ok: true,
      },
    );
  });
});

test('trying tells the rule and its answers, of the published rules or of a draft, at any time', async () => {
  const { ask } = setUp();
  await ask('setAutoReplies', { rules: hello, revision: null });
  const occasion = { type: 'text', content: 'hi' };
  const night = {
    ...plainRule('night', { times: [{ hours: { from: '22:00', until: '06:00' } }] }),
  };

  expect((await ask('tryAutoReplies', { occasion })).data).toEqual({
    rule: { list: 'keywords', index: 0, name: 'hello' },
    answers: [{ type: 'text', content: 'hello' }],
  });
  const draft = rulesOf({ otherwise: [night] });
  expect((await ask('tryAutoReplies', { occasion, rules: draft })).data).toEqual({
    rule: null,
    answers: [],
  });
  expect(
    (await ask('tryAutoReplies', { occasion, rules: draft, at: Date.UTC(2026, 10, 30, 15) })).data,
  ).toMatchObject({ rule: { list: 'otherwise', name: 'night' } });
});

describe('rules that would not do what their author expects are refused', () => {
  const video = { type: 'video' as const, mediaId: 'm' };
  const text = { type: 'text' as const, content: 'x' };
  const article = { title: 't', description: '', picUrl: '', url: 'https://example.com' };

  test.each<[string, unknown]>([
    [
      'keywords[0] "x": keywords is empty',
      rulesOf({ keywords: [keywordRule('a', 'x', { keywords: [] })] }),
    ],
    ['keywords[0].text is empty', rulesOf({ keywords: [keywordRule(' ', 'x')] })],
    ['answers is empty', rulesOf({ otherwise: [plainRule('x', { answers: [] })] })],
    [
      'content has 2049 bytes',
      rulesOf({
        otherwise: [plainRule('x', { answers: [{ ...text, content: 'x'.repeat(2049) }] })],
      }),
    ],
    [
      'articles has more than 1 items',
      rulesOf({
        otherwise: [plainRule('x', { answers: [{ type: 'news', articles: [article, article] }] })],
      }),
    ],
    ['can only be the last', rulesOf({ otherwise: [plainRule('x', { answers: [video, text] })] })],
    [
      'otherwise[0] "x": times[0].hours has no length',
      rulesOf({
        otherwise: [plainRule('x', { times: [{ hours: { from: '09:00', until: '09:00' } }] })],
      }),
    ],
    [
      'times[0].dates.from is no day',
      rulesOf({
        otherwise: [
          plainRule('x', { times: [{ dates: { from: '2026-02-30', until: '2026-03-01' } }] }),
        ],
      }),
    ],
    ['times[0] says no time', rulesOf({ otherwise: [plainRule('x', { times: [{}] })] })],
    [
      'a rule "b" that is never reached, since "a"',
      rulesOf({ otherwise: [plainRule('a'), plainRule('b')] }),
    ],
    [
      'a rule "b" that is never reached, since "a"',
      rulesOf({ follow: [plainRule('a'), { ...plainRule('b'), scenes: ['s'] }] }),
    ],
    [
      'url must be a whole http',
      rulesOf({
        otherwise: [
          plainRule('x', {
            answers: [{ type: 'news', articles: [{ ...article, url: 'javascript:alert(1)' }] }],
          }),
        ],
      }),
    ],
    [
      'larger than 256 KB',
      rulesOf({
        otherwise: Array.from({ length: 150 }, (_, n) =>
          plainRule(`${n}`, { isOn: false, answers: [{ ...text, content: 'x'.repeat(2000) }] }),
        ),
      }),
    ],
    ['more is not known here', rulesOf({ otherwise: [{ ...plainRule('x'), more: 1 } as never] })],
  ])('%s', async (message, rules) => {
    const { ask } = setUp();
    const { error } = await ask('setAutoReplies', { rules, revision: null });

    expect(error).toMatchObject({ code: 'invalid', message: expect.stringContaining(message) });
  });

  test('a rule that is switched off hides none, and one for scans is reached', () => {
    const rules = rulesOf({
      follow: [plainRule('a'), { ...plainRule('b'), scenes: ['s'], alsoScans: true }],
      otherwise: [plainRule('a', { isOn: false }), plainRule('b')],
    });

    expect(v.is(autoRepliesSchema, rules)).toBe(true);
  });
});

test('the rules of mp.weixin.qq.com come over in our form, and notes say what does not', async () => {
  const article = { title: '菜单', author: '', digest: '新品', show_cover: 1, source_url: '' };
  const news = {
    ...article,
    cover_url: 'http://mmbiz.qpic.cn/a',
    content_url: 'http://mp.weixin.qq.com/s/a',
  };
  const atWeChat: AutoReplyResponse = {
    is_add_friend_reply_open: 1,
    is_autoreply_open: 0,
    add_friend_autoreply_info: { type: 'text', content: '欢迎' },
    message_default_autoreply_info: { type: 'img', content: 'm1' },
    keyword_autoreply_info: {
      list: [
        {
          rule_name: '菜单',
          create_time: 1_423_028_166,
          reply_mode: 'reply_all',
          keyword_list_info: [
            { type: 'text', match_mode: 'contain', content: '菜单' },
            { type: 'img', match_mode: 'equal', content: 'm2' },
          ],
          reply_list_info: [
            { type: 'video', content: 'v1' },
            { type: 'news', news_info: { list: [news, news] } },
            { type: 'text', content: '看这里' },
            { type: 'card', content: 'c1' },
          ],
        },
        {
          rule_name: '空',
          create_time: 1,
          reply_mode: 'random_one',
          keyword_list_info: [{ type: 'text', match_mode: 'equal', content: '空' }],
          reply_list_info: [],
        },
      ],
    },
  };
  const { ask } = setUp(atWeChat);
  const { data } = await ask('importAutoReplies');

  expect(data).toEqual({
    rules: {
      follow: [plainRule('关注后自动回复', { answers: [{ type: 'text', content: '欢迎' }] })],
      keywords: [
        {
          name: '菜单',
          isOn: false,
          give: 'all',
          keywords: [{ match: 'contains', text: '菜单' }],
          answers: [
            {
              type: 'news',
              articles: [
                {
                  title: '菜单',
                  description: '新品',
                  picUrl: news.cover_url,
                  url: news.content_url,
                },
              ],
            },
            { type: 'text', content: '看这里' },
            { type: 'video', mediaId: 'v1' },
          ],
        },
      ],
      otherwise: [
        plainRule('收到消息自动回复', { isOn: false, answers: [{ type: 'image', mediaId: 'm1' }] }),
      ],
    },
    notes: expect.arrayContaining([
      { rule: '菜单', what: 'first article only' },
      { rule: '菜单', what: 'keyword left out' },
      { rule: '菜单', what: 'answer left out' },
      { rule: '空', what: 'rule left out' },
    ]),
  });
  const { rules } = data as { readonly rules: unknown };
  expect(await ask('setAutoReplies', { rules, revision: null })).toMatchObject({ ok: true });
});

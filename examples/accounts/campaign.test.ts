import { expect, test } from '@jest/globals';
import { type Api, talk } from '../../shared/index.ts';
import { account } from './campaign.ts';

const env = { SPRING_TAG: '102', SPRING_TEMPLATE: 'spring-template' };

/** An account at WeChat in which the follower has these tags; notes what is changed and sent. */
function wechat(tags: readonly number[]) {
  const calls: string[] = [];
  const api = {
    tag: {
      listOfFollower: async () => ({ tagid_list: tags }),
      addFollowers: async (request: object) => calls.push(JSON.stringify(request)),
    },
    template: { send: async (request: object) => calls.push(JSON.stringify(request)) },
  } as unknown as Api;
  return { api, calls };
}

test.each(['subscribe', 'SCAN'] as const)(
  '%s with the code: a greeting, the tag and the message',
  async (event) => {
    const { api, calls } = wechat([]);

    const reply = await talk(account, { type: 'event', event, key: 'spring' }, { api, env });

    expect(reply).toMatchObject({ content: '欢迎参加春季茶会！' });
    expect(calls).toEqual([
      expect.stringContaining('"template_id":"spring-template"'),
      expect.stringContaining('"tagid":102'),
    ]);
  },
);

test('who is in already is told so, and gets no second message', async () => {
  const { api, calls } = wechat([2, 102]);

  const reply = await talk(account, { type: 'event', event: 'SCAN', key: 'spring' }, { api, env });

  expect(reply).toMatchObject({ content: '你已经报名，3 月 8 日见！' });
  expect(calls).toEqual([]);
});

test('anybody else is greeted as usual', async () => {
  const { api, calls } = wechat([]);

  const reply = await talk(account, { type: 'event', event: 'subscribe' }, { api, env });

  expect([reply, calls]).toMatchObject([{ content: '感谢关注！' }, []]);
});

import { describe, expect, test } from '@jest/globals';
import { until } from '../scf/fixture.ts';
import { createTestApi } from './api-fixture.ts';
import { createContentApi, people } from './content-fixture.ts';
import { createPush } from './push/push.ts';
import { inMode, now } from './push/push-fixture.ts';

const SUBMIT = '/cgi-bin/freepublish/submit';

/** The account's side of a push: keeps the XML and answers `success`. */
function createCallback() {
  const bodies: string[] = [];
  const push = createPush({
    account: inMode('plain'),
    callbackUrl: 'http://127.0.0.1/',
    now,
    fetch: async (url, init) => {
      bodies.push(await new Request(url, init).text());
      return new Response('success');
    },
  });
  return { bodies, push };
}

describe('events', () => {
  test('go out as XML in the words of the documents', async () => {
    const { bodies, push } = createCallback();
    const { post, addDraft, clock, control } = await createContentApi({ pushEvent: push.send });
    await control('/emulator/outcomes', { job: 'publish', status: 2, failIdx: [1, 2] });
    const { publish_id } = await post(SUBMIT, { media_id: await addDraft('One', 'Two') });
    await clock.advance(3_000);
    // A push travels in real time: the clock's steps do not wait for it.
    await until(() => bodies.length === 1);
    const second = await post(SUBMIT, { media_id: await addDraft('One', 'Two') });
    await clock.advance(3_000);
    await until(() => bodies.length === 2);
    const { msg_id } = await post('/cgi-bin/message/mass/send', {
      touser: people.map(({ openid }) => openid),
      msgtype: 'text',
      text: { content: 'Hello' },
    });
    await clock.advance(6_000);
    await until(() => bodies.length === 3);

    expect(bodies[0]).toContain('<FromUserName><![CDATA[mphelper]]></FromUserName>');
    expect(bodies[0]).toContain(
      `<PublishEventInfo><publish_id>${publish_id}</publish_id><publish_status>2</publish_status>` +
        '<fail_idx>1</fail_idx><fail_idx>2</fail_idx></PublishEventInfo>',
    );
    expect(bodies[1]).toMatch(
      new RegExp(
        `<publish_id>${second.publish_id}</publish_id><publish_status>0</publish_status>` +
          '<article_id><!\\[CDATA\\[[\\w-]+\\]\\]></article_id><article_detail><count>2</count>' +
          '<item><idx>1</idx><article_url>.*</article_url></item><item><idx>2</idx>',
      ),
    );
    expect(bodies[2]).toContain(
      `<MsgID>${msg_id}</MsgID><Status><![CDATA[send success]]></Status><TotalCount>4</TotalCount>` +
        '<FilterCount>3</FilterCount><SentCount>2</SentCount><ErrorCount>1</ErrorCount>' +
        '<CopyrightCheckResult><Count>0</Count><ResultList></ResultList>' +
        '<CheckState>1</CheckState></CopyrightCheckResult>',
    );
  });

  test('are listed with what became of them', async () => {
    const answers = [() => Promise.resolve(), () => Promise.reject(new Error('no callback'))];
    const { post, addDraft, clock, call } = await createContentApi({
      pushEvent: async () => answers.shift()?.(),
    });
    await post(SUBMIT, { media_id: await addDraft('One') });
    await post(SUBMIT, { media_id: await addDraft('Two') });
    await clock.advance(3_000);

    expect(await call('/emulator/events')).toMatchObject([
      { at: clock.now(), event: { Event: 'PUBLISHJOBFINISH' }, outcome: 'pushed' },
      { outcome: 'failed', problem: 'Error: no callback' },
    ]);
  });

  test('without anybody to hear them, things end all the same', async () => {
    const { api, post, tokenQuery, clock, call } = createTestApi();
    const token = await tokenQuery();
    await post(`/cgi-bin/message/mass/sendall?${token}`, {
      filter: { is_to_all: true },
      msgtype: 'text',
      text: { content: 'Hello' },
    });
    await clock.advance(6_000);

    expect(await call('/emulator/events')).toMatchObject([{ outcome: 'unheard' }]);
    expect(api.clock.now()).toBe(clock.now());
  });
});

describe('the emulated clock', () => {
  test('lets each thing happen at its time on the way', async () => {
    const times: number[] = [];
    const { api, post, addDraft } = await createContentApi({
      pushEvent: async () => times.push(api.clock.now()),
    });
    const start = api.clock.now();
    await post(SUBMIT, { media_id: await addDraft('One') });
    await api.clock.advance(1_000);
    await post(SUBMIT, { media_id: await addDraft('Two') });
    await api.clock.advance(3_600_000);

    expect(times).toEqual([start + 3_000, start + 4_000]);
    expect(api.clock.now()).toBe(start + 3_601_000);
  });

  test('set back, it lets things wait; they are not done early', async () => {
    const { api, post, addDraft, clock, events } = await createContentApi();
    await post(SUBMIT, { media_id: await addDraft('One') });
    await api.clock.set(api.clock.now() - 40 * 24 * 3_600_000);
    await clock.advance(3_000);
    expect(events).toEqual([]);

    await api.clock.advance(40 * 24 * 3_600_000);
    expect(events).toHaveLength(1);
  });

  test('by the control API too, which answers when all is done', async () => {
    const { post, addDraft, control, call } = await createContentApi();
    await post(SUBMIT, { media_id: await addDraft('One') });
    await control('/emulator/clock', { advanceMs: 3_000 });

    expect(await call('/emulator/events')).toMatchObject([{ outcome: 'pushed' }]);
    expect(await call('/emulator/publications')).toMatchObject([{ status: 0 }]);
  });
});

test('orders of the control API that cannot be followed', async () => {
  const { control, call } = await createContentApi();

  expect(await control('/emulator/outcomes', { job: 'massSend', status: 'err' })).toHaveProperty(
    'error',
  );
  expect(await control('/emulator/menu', { button: 'x' }, 'PUT')).toHaveProperty('error');
  expect(await control('/emulator/auto-reply', {}, 'PUT')).toHaveProperty('error');
  expect(await call('/emulator/menu?openid=oNobody')).toEqual({
    error: 'no such user',
    errcode: 65302,
  });
});

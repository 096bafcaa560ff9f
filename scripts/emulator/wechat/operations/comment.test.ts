import { expect, test } from '@jest/globals';
import { createContentApi, refusal } from '../content-fixture.ts';

const ok = { errcode: 0, errmsg: 'ok' };
const msg_data_id = 5001;

async function createCommentApi() {
  const api = await createContentApi();
  const comments = (operation: string, body: object = {}) =>
    api.post(`/cgi-bin/comment/${operation}`, { msg_data_id, index: 0, ...body });
  const list = (type = 0, change: object = {}) =>
    comments('list', { begin: 0, count: 50, type, ...change });
  const write = async (content: string) => {
    const comment = { msgDataId: msg_data_id, openid: 'oAnn', content };
    return Number((await api.control('/emulator/comments', comment)).user_comment_id);
  };
  await api.control('/emulator/articles', { msgDataId: msg_data_id });
  return { ...api, comments, list, write };
}

test('comments are listed, featured, answered and deleted', async () => {
  const { comments, list, write, clock } = await createCommentApi();
  const create_time = Math.floor(clock.now() / 1_000);
  const user_comment_id = await write('Good');
  await write('Bad');
  const good = { user_comment_id, openid: 'oAnn', create_time, content: 'Good' };

  expect(await comments('markelect', { user_comment_id })).toEqual(ok);
  expect(await list(2)).toEqual({ ...ok, total: 1, comment: [{ ...good, comment_type: 1 }] });
  expect(await list(1)).toMatchObject({ total: 1, comment: [{ content: 'Bad' }] });
  expect(await list(0, { begin: 1, count: 1 })).toMatchObject({
    total: 2,
    comment: [{ content: 'Bad' }],
  });
  expect(await comments('unmarkelect', { user_comment_id })).toEqual(ok);
  expect(await comments('reply/add', { user_comment_id, content: 'Thanks' })).toEqual(ok);
  expect(await comments('reply/add', { user_comment_id, content: 'x' })).toEqual(refusal(88005));
  expect(await list()).toMatchObject({
    comment: [{ ...good, comment_type: 0, reply: { content: 'Thanks', create_time } }, {}],
  });
  expect(await comments('reply/delete', { user_comment_id })).toEqual(ok);
  expect(await comments('reply/delete', { user_comment_id })).toEqual(refusal(88009));
  expect(await comments('delete', { user_comment_id })).toEqual(ok);
  expect(await comments('delete', { user_comment_id })).toEqual(refusal(88008));
  expect(await list()).toMatchObject({ total: 1 });
});

test('what is refused', async () => {
  const { comments, list, write } = await createCommentApi();
  const user_comment_id = await write('Good');

  expect(await list(0, { msg_data_id: 1 })).toEqual(refusal(88001));
  expect(await list(0, { count: 51 })).toEqual(refusal(88010));
  expect(await list(0, { begin: -1 })).toEqual(refusal(40097));
  expect(await comments('reply/add', { user_comment_id, content: '' })).toEqual(refusal(88007));
  const long = 'x'.repeat(601);
  expect(await comments('reply/add', { user_comment_id, content: long })).toEqual(refusal(88007));
  for (let each = 0; each < 100; each += 1) {
    await comments('markelect', { user_comment_id: await write('more') });
  }
  expect(await comments('markelect', { user_comment_id })).toEqual(refusal(88003));
});

test('a closed article takes no comments', async () => {
  const { comments, write, list } = await createCommentApi();
  expect(await comments('close')).toEqual(ok);
  await write('unheard');
  expect(await comments('open')).toEqual(ok);
  await write('heard');

  expect(await list()).toMatchObject({ total: 1, comment: [{ content: 'heard' }] });
});

test('the articles of a mass send can be commented on', async () => {
  const { addDraft, post, clock, comments } = await createCommentApi();
  const media_id = await addDraft('First', 'Second');
  const { msg_data_id: id } = await post('/cgi-bin/message/mass/sendall', {
    filter: { is_to_all: true },
    mpnews: { media_id },
    msgtype: 'mpnews',
    send_ignore_reprint: 0,
  });
  expect(await comments('open', { msg_data_id: id, index: 1 })).toEqual(refusal(88001));
  await clock.advance(60_000);

  expect(await comments('open', { msg_data_id: id, index: 1 })).toEqual(ok);
  expect(await comments('open', { msg_data_id: id, index: 2 })).toEqual(refusal(88001));
});

import { describe, expect, test } from '@jest/globals';
import { createContentApi, refusal } from '../content-fixture.ts';

const ok = { errcode: 0, errmsg: 'ok' };

/** Ann has tag 2, Ben 2 and 100. */
async function createTagApi() {
  const api = await createContentApi();
  const tags = (operation: string, tag: object) => api.post(`/cgi-bin/tags/${operation}`, { tag });
  const members = (operation: string, tagid: number, ...openid_list: string[]) =>
    api.post(`/cgi-bin/tags/members/batch${operation}`, { openid_list, tagid });
  const of = async (openid: string) =>
    (await api.post('/cgi-bin/tags/getidlist', { openid })).tagid_list;
  return { ...api, tags, members, of };
}

describe('tags', () => {
  test('are created, renamed, counted and deleted', async () => {
    const { tags, get, of } = await createTagApi();
    expect(await tags('create', { name: '广东' })).toEqual({ tag: { id: 101, name: '广东' } });
    expect(await tags('update', { id: 101, name: '广州' })).toEqual(ok);

    expect(await get('/cgi-bin/tags/get')).toEqual({
      tags: [
        { id: 2, name: '星标组', count: 2 },
        { id: 100, name: 'the hundredth', count: 1 },
        { id: 101, name: '广州', count: 0 },
      ],
    });
    expect(await tags('delete', { id: 100 })).toEqual(ok);
    expect(await of('oBen')).toEqual([2]);
  });

  test.each([
    ['create', { name: '' }, 45157],
    ['create', { name: 'the hundredth' }, 45157],
    ['create', { name: '字'.repeat(31) }, 45158],
    ['update', { id: 2, name: 'x' }, 45058],
    ['update', { id: 999, name: 'x' }, 45159],
    ['delete', { id: 0 }, 45058],
    ['delete', { id: 999 }, 45159],
  ])('%s of %j', async (operation, tag, errcode) => {
    const { tags } = await createTagApi();

    expect(await tags(operation, tag)).toEqual(refusal(errcode));
  });

  test('a hundred of them, and no call without one', async () => {
    const { tags, post } = await createTagApi();
    for (let each = 1; each < 100; each += 1) await tags('create', { name: `tag ${each}` });

    expect(await tags('create', { name: 'one more' })).toEqual(refusal(45056));
    expect(await post('/cgi-bin/tags/create', {})).toEqual(refusal(47001));
  });

  test('one with more than 100 000 followers stays', async () => {
    const { tags, control, members } = await createTagApi();
    const { first } = await control('/emulator/followers', { count: 100_001, tagIds: [100] });

    expect(await tags('delete', { id: 100 })).toEqual(refusal(45057));
    await members('untagging', 100, 'oBen', String(first));
    expect(await tags('delete', { id: 100 })).toEqual(ok);
  });
});

describe('who has a tag', () => {
  test('they are tagged and untagged 50 at a time, and listed', async () => {
    const { members, of, post } = await createTagApi();
    const list = (tagid: number, next_openid = '') =>
      post('/cgi-bin/user/tag/get', { tagid, next_openid });

    expect(await members('tagging', 100, 'oAnn', 'oDan')).toEqual(ok);
    expect(await of('oAnn')).toEqual([2, 100]);
    expect(await list(100)).toEqual({
      count: 3,
      data: { openid: ['oAnn', 'oBen', 'oDan'] },
      next_openid: 'oDan',
    });
    expect(await list(100, 'oDan')).toEqual({ count: 0, next_openid: '' });
    expect(await members('untagging', 2, 'oAnn')).toEqual(ok);
    expect(await of('oAnn')).toEqual([100]);
    expect(await list(999)).toEqual(refusal(45159));
    expect(await post('/cgi-bin/tags/getidlist', { openid: 'oNobody' })).toEqual(refusal(40003));
  });

  test.each([
    ['nobody', 100, [], 40032],
    ['too many', 100, Array(51).fill('oAnn'), 40032],
    ['an unknown tag', 999, ['oAnn'], 45159],
    ['no openid', 100, ['x'], 40003],
    ["another account's", 100, ['o6_bmjrPTlm6_2sgVt7hMZOPfL2M'], 49003],
    ['one who left', 100, ['oCid'], 50005],
  ])('tagging %s', async (_name, tagid, openids, errcode) => {
    const { members } = await createTagApi();

    expect(await members('tagging', tagid, ...openids)).toEqual(refusal(errcode));
  });

  test('20 tags each; the others of a list go on without one that has them', async () => {
    const { tags, members, of } = await createTagApi();
    for (let each = 1; each < 20; each += 1) {
      const { tag } = await tags('create', { name: `tag ${each}` });
      await members('tagging', (tag as { id: number }).id, 'oBen');
    }
    expect(await of('oBen')).toHaveLength(20);

    expect(await members('tagging', 119, 'oAnn', 'oBen')).toEqual({
      ...refusal(45171),
      fail_openid_list: ['oBen'],
    });
    expect(await of('oAnn')).toEqual([2, 119]);
    expect(await members('tagging', 119, 'oBen')).toEqual(refusal(45059));
  });
});

test('groups are still answered: the group of a follower is the first tag', async () => {
  const { post, get, of } = await createTagApi();
  const groups = (operation: string, body: object) => post(`/cgi-bin/groups/${operation}`, body);
  expect(await groups('create', { group: { name: 'G' } })).toEqual({
    group: { id: 101, name: 'G' },
  });
  expect(await groups('update', { group: { id: 101, name: 'H' } })).toEqual(ok);

  expect(await groups('members/update', { openid: 'oAnn', to_groupid: 101 })).toEqual(ok);
  expect(await groups('getid', { openid: 'oAnn' })).toEqual({ groupid: 101 });
  expect(await of('oAnn')).toEqual([101]);
  const some = { openid_list: ['oAnn', 'oBen'], to_groupid: 0 };
  expect(await groups('members/batchupdate', some)).toEqual(ok);
  expect(await groups('getid', { openid: 'oBen' })).toEqual({ groupid: 0 });
  expect(await get('/cgi-bin/groups/get')).toEqual({
    groups: [
      { id: 0, name: '未分组', count: 3 },
      { id: 1, name: '黑名单', count: 1 },
      { id: 2, name: '星标组', count: 0 },
      { id: 100, name: 'the hundredth', count: 0 },
      { id: 101, name: 'H', count: 0 },
    ],
  });
  expect(await groups('members/update', { openid: 'oAnn', to_groupid: 999 })).toEqual(
    refusal(40152),
  );
  expect(await groups('update', { group: { id: 101, name: '' } })).toEqual(refusal(40051));
  expect(await groups('delete', { group: { id: 2 } })).toEqual(refusal(40050));
  expect(await groups('delete', { group: { id: 101 } })).toEqual(ok);
});

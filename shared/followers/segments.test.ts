import { expect, test } from '@jest/globals';
import { actions, type FollowersInvocation } from '../../functions/followers/index.ts';
import { createAccountFixture } from '../../scripts/testing/account-fixture.ts';
import { invokable } from '../scf/invoke.ts';

async function setUp() {
  const fixture = await createAccountFixture();
  const main = invokable(actions, () => fixture);
  const invoke = (event: FollowersInvocation) => main(event, { request_id: 'r' });
  const data = async (event: FollowersInvocation) => {
    const outcome = await invoke(event);
    if (!outcome.ok) throw new Error(outcome.error.message);
    return outcome.data as Record<string, unknown>;
  };
  return { ...fixture, invoke, data };
}

const filter = { qrcode: 'shop-12', subscribedFrom: '2026-01-05' };

test('a segment is saved as it was written, counted as of now, replaced when that is said, and deleted', async () => {
  const { followers, invoke, data, clock } = await setUp();
  const save = (more: object) =>
    invoke({ action: 'saveSegment', payload: { name: ' 12 号店 ', filter, ...more } });
  await clock.advance(10 * 86_400_000);

  expect(await save({})).toMatchObject({ ok: true });
  expect(await save({})).toMatchObject({ ok: false, error: { code: 'conflict' } });
  expect(await data({ action: 'listSegments' })).toEqual({
    segments: [{ name: '12 号店', filter, savedAt: clock.now() }],
  });
  await data({ action: 'saveSegment', payload: { name: 'B', filter: { notTagIds: [9] } } });
  await followers.presence.came('oByCode1', clock.now(), 'shop-12');
  await followers.presence.came('oOther01', clock.now());
  expect(await data({ action: 'countSegments' })).toEqual({
    followers: 2,
    segments: [
      { name: '12 号店', chosen: 1 },
      { name: 'B', chosen: 2 },
    ],
  });

  expect(await save({ filter: { qrcode: 'none' }, replace: true })).toMatchObject({ ok: true });
  expect(await data({ action: 'countSegments' })).toMatchObject({
    segments: [{ chosen: 0 }, { chosen: 2 }],
  });
  await data({ action: 'deleteSegment', payload: { name: '12 号店' } });
  const again = await invoke({ action: 'deleteSegment', payload: { name: '12 号店' } });
  expect(again).toMatchObject({ ok: false, error: { code: 'not_found' } });
});

test('a filter that would be refused as an audience is refused when it is saved', async () => {
  const { invoke, counts } = await setUp();

  for (const [wrong, message] of [
    [{}, 'filter is empty'],
    [{ age: 3 }, 'filter.age is not known here'],
    [{ subscribedFrom: 'yesterday' }, 'filter.subscribedFrom must be a day'],
    [{ custom: {} }, 'filter.custom is empty'],
  ] as const) {
    const payload = { name: 'A', filter: wrong as object };
    expect(await invoke({ action: 'saveSegment', payload })).toMatchObject({
      ok: false,
      error: { code: 'invalid', message: expect.stringContaining(message) },
    });
  }
  expect(await invoke({ action: 'saveSegment', payload: { name: ' ', filter } })).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('name is empty') },
  });
  expect(counts.writes).toBe(0);
});

import { expect, test } from '@jest/globals';
import { openConsole } from '../../scripts/testing/console/console-fixture.ts';
import { createBook } from '../followers/index.ts';
import { segmentCollection } from '../followers/segment-document.ts';
import type { Role } from './role.ts';

const OPENID = 'o6_bmjrPTlm6_2sgVt7hMZOPfL2M';

async function setUp() {
  const console = openConsole();
  const { store, clock } = console;
  const book = createBook({ store, random: () => 0 });
  const now = clock.now();
  await book.add([
    { openid: OPENID, since: now, seen: now, remark: '<img src=x onerror=alert(1)>' },
  ]);
  return { ...console, book };
}

const consent = { openid: OPENID, to: '短信营销', isGiven: true, how: '门店登记表' };
const segment = { name: '新客', filter: { subscribedFrom: '2026-01-05' } };
const rows = [{ openid: OPENID, city: '广州' }];

/** What is asked of the followers, and the role that it needs. */
const asked: readonly (readonly [action: string, payload: object | undefined, needs: Role])[] = [
  ['search', { text: OPENID }, 'look'],
  ['profile', { openid: OPENID }, 'look'],
  ['listSegments', undefined, 'look'],
  ['countSegments', undefined, 'look'],
  ['noteConsent', consent, 'edit'],
  ['saveSegment', segment, 'edit'],
  ['deleteSegment', { name: segment.name }, 'edit'],
  ['import', { rows }, 'edit'],
  ['erase', { openid: OPENID }, 'manage'],
];
const order: readonly Role[] = ['look', 'edit', 'send', 'manage'];

test('followers are seen, changed and erased by those who may, and what changes them is written down', async () => {
  const { signedIn, browser, audit } = await setUp();
  const nobody = browser();
  for (const [action, payload] of asked) {
    expect(await nobody.ask('followers', action, payload)).toMatchObject({ status: 401 });
  }
  for (const role of order) {
    const operator = await signedIn(`the ${role}`, role);
    for (const [action, payload, needs] of asked) {
      const { status } = await operator.ask('followers', action, payload);
      const isAllowed = order.indexOf(role) >= order.indexOf(needs);
      // Whoever signs in later deletes the segment and erases the follower too; both may be gone.
      expect([role, action, status === 403]).toEqual([role, action, !isAllowed]);
    }
  }

  const entries = (await audit.list()).filter(({ action }) => action.startsWith('followers'));
  const byManager = entries.filter(({ actor }) => actor === 'operator the manage').reverse();
  expect(byManager.map(({ action, outcome, subject }) => [action, outcome, subject])).toEqual([
    ['followers noteConsent', 'ok', undefined],
    ['followers saveSegment', 'ok', '新客'],
    ['followers deleteSegment', 'ok', '新客'],
    ['followers import', 'ok', undefined],
    ['followers erase', 'ok', undefined],
  ]);
  expect(JSON.stringify(await audit.list())).not.toContain(OPENID);
});

test('nothing names a follower in a log line or in what SCF logs of an answer', async () => {
  const { signedIn, lines } = await setUp();
  const manager = await signedIn('boss', 'manage');
  for (const [action, payload] of asked) {
    const { body } = await manager.raw('followers', action, payload);
    expect(body.toString()).not.toContain(OPENID);
  }
  await manager.ask('followers', 'profile', { openid: OPENID });
  await manager.ask('followers', 'search', { text: OPENID, filter: {} });

  expect(lines.join('\n')).not.toContain(OPENID);
});

test('a segment that somebody wrote into the database is none', async () => {
  const { signedIn, raw } = await setUp();
  const editor = await signedIn('Ann', 'edit');
  await editor.call('followers', 'saveSegment', segment);
  const forged = { _id: '所有人', filter: '{"notTagIds":[9]}', savedAt: 1 };
  await raw.create(segmentCollection, forged);

  expect(await editor.call('followers', 'listSegments')).toEqual({
    segments: [{ ...segment, savedAt: expect.any(Number) }],
  });
});

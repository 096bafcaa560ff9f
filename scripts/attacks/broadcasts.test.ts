import { describe, expect, test } from '@jest/globals';
import { createBook } from '../../shared/followers/index.ts';
import { syncCollection } from '../../shared/followers/sync-document.ts';
import { jobCollection } from '../../shared/jobs/job-document.ts';
import { broadcastCollection } from '../../shared/mass-send/broadcast-document.ts';
import {
  type ProposalDocument,
  proposalCollection,
} from '../../shared/proposals/proposal-document.ts';
import type { ProposalSummary } from '../../shared/proposals/proposal-summary.ts';
import { type Browser, openConsole } from '../testing/console/console-fixture.ts';
import { createTally } from './tally.ts';

const tally = createTally('the release of broadcasts');

const id = 'p'.repeat(43);
const proposal = {
  ...{ id, name: '元旦' },
  audience: { filter: { subscribedFrom: '2020-01-01' } },
  content: { msgtype: 'text', text: { content: '你好' } },
};

/** Three followers, a proposal of 小李's, and others who might release it. */
async function open(env: Readonly<Record<string, string>> = {}) {
  const world = openConsole({ env });
  const { store, clock, signedIn } = world;
  const now = clock.now();
  await createBook({ store, random: () => 0.5 }).add(
    ['oAlice1', 'oBob222', 'oCarol3'].map((openid) => ({ openid, since: now - 1, seen: now })),
  );
  await store.create(syncCollection, {
    ...{ _id: 'sync', startedAt: now, phase: 'done', pages: 0, listed: 3, lastStartedAt: now },
  });
  const [li, wang] = [await signedIn('小李', 'send'), await signedIn('小王', 'send')];
  return {
    ...{ ...world, li, wang },
    propose: async (change: object = {}, by: Browser = li) =>
      (await by.call('broadcasts', 'propose', { ...proposal, ...change })) as ProposalSummary,
    /** Broadcasts, and jobs that would send them. */
    async sent() {
      const broadcasts = await store.count(broadcastCollection, 'all');
      const jobs = await store.count(jobCollection, { kind: { eq: 'mass-send' } });
      return [broadcasts, jobs];
    },
  };
}

const NOTHING = [0, 0];
const ONCE = [1, 1];

describe('a broadcast goes out by no other way than the release of a second operator', () => {
  test('not by the actions of mass sends, with any role', async () => {
    const { signedIn, sent } = await open();
    const payload = { ...proposal, id: undefined, name: undefined, requestId: 'r1' };
    const breaches: string[] = [];
    const roles = ['look', 'edit', 'send', 'manage'] as const;
    for (const role of roles) {
      const operator = await signedIn(`of-${role}`, role);
      const { status } = await operator.raw('mass-send', 'submit', payload);
      if (status !== 404) breaches.push(`${role}: ${status}`);
    }

    tally.refused(roles.length, breaches);
    expect(await sent()).toEqual(NOTHING);
  });

  test('not by its proposer, in whatever session or with whatever words', async () => {
    const { signedIn, propose, li, sent } = await open();
    const { digest } = await propose();
    const again = await signedIn('小李', 'send');
    const payloads: readonly object[] = [
      { id, digest },
      { id, digest, by: '小王' },
      { id, digest, operator: '小王' },
      { id, digest, actor: 'operator 小王' },
      { id, digest, needsSecond: false },
      { id, digest, proposedBy: '小王' },
    ];
    const breaches: string[] = [];
    for (const browser of [li, again]) {
      for (const payload of payloads) {
        const { status } = await browser.ask('broadcasts', 'release', payload);
        if (status !== 403 && status !== 400)
          breaches.push(`${JSON.stringify(payload)}: ${status}`);
      }
    }

    tally.refused(2 * payloads.length, breaches);
    expect(await sent()).toEqual(NOTHING);
  });

  test('not by an operator who was shut out or has got another role meanwhile', async () => {
    const { propose, wang, signedIn, invoke, sent } = await open();
    const zhang = await signedIn('小张', 'send');
    const { digest } = await propose();
    await invoke('change', { name: '小王', role: 'edit' });
    await invoke('change', { name: '小张', isEnabled: false });

    const outcomes = [
      await wang.ask('broadcasts', 'release', { id, digest }),
      await zhang.ask('broadcasts', 'release', { id, digest }),
    ];

    tally.refused(
      2,
      outcomes.filter(({ ok }) => ok).map(() => 'released'),
    );
    expect(await sent()).toEqual(NOTHING);
  });

  test('not by another seal, the seal of another, or a name that is none', async () => {
    const { propose, wang, sent } = await open();
    const { digest } = await propose();
    const other = await propose({ id: 'q'.repeat(43), name: '别的' });
    const payloads: readonly object[] = [
      { id, digest: other.digest },
      { id: other.id, digest },
      { id, digest: 'A'.repeat(43) },
      { id, digest: digest.toUpperCase() },
      { id },
      { id, digest: [digest] },
      { id: 'z'.repeat(43), digest },
      { id: '__proto__', digest },
      { id: { $gt: '' }, digest },
    ];
    const breaches: string[] = [];
    for (const payload of payloads) {
      const { ok } = await wang.ask('broadcasts', 'release', payload);
      if (ok) breaches.push(JSON.stringify(payload));
    }

    tally.refused(payloads.length, breaches);
    expect(await sent()).toEqual(NOTHING);
  });
});

type Forgery = (now: ProposalDocument, other: ProposalDocument) => ProposalDocument;

const forgeries: readonly (readonly [string, Forgery])[] = [
  ['another content', (now) => ({ ...now, broadcast: now.broadcast.replace('你好', '转账') })],
  ['everybody as its audience', (now) => ({ ...now, broadcast: JSON.stringify({ all: true }) })],
  ['another proposer', (now) => ({ ...now, proposedBy: '小王' })],
  ['a later end', (now) => ({ ...now, until: 9e15 })],
  ['other followers', (now) => ({ ...now, openids: ['oMallory', 'oMallory2'] })],
  ['another seal', (now) => ({ ...now, digest: 'A'.repeat(43) })],
  ['smaller numbers', (now) => ({ ...now, plan: { ...now.plan, receivers: 2 } })],
  ['the proposal of another id', (now, other) => ({ ...other, _id: now._id })],
  ['no proof', ({ mac: _, ...now }) => now],
  ['an empty proof', (now) => ({ ...now, mac: '' })],
];

describe('somebody who writes into the database without the AppSecret', () => {
  test.each(forgeries)('puts %s into a proposal, and it is there no more', async (_, forge) => {
    const { propose, raw, wang, li, sent, lines } = await open();
    const { digest } = await propose();
    const { id: otherId } = await propose({ id: 'q'.repeat(43), name: '别的' });
    const [now, other] = [
      await raw.get(proposalCollection, id),
      await raw.get(proposalCollection, otherId),
    ];
    if (!now || !other) throw new Error('The proposals are missing.');
    const forged = forge(now.doc, other.doc);
    await raw.replaceIf(proposalCollection, forged, now.rev);

    const outcomes = [
      await wang.ask('broadcasts', 'release', { id, digest: forged.digest }),
      await wang.ask('broadcasts', 'release', { id, digest }),
      await li.ask('broadcasts', 'release', { id, digest: forged.digest }),
    ];

    tally.refused(
      3,
      outcomes.filter(({ ok }) => ok).map(() => 'released'),
    );
    expect(outcomes).toMatchObject(outcomes.map(() => ({ error: { code: 'not_found' } })));
    expect(await sent()).toEqual(NOTHING);
    expect(lines.join()).toContain('"document refused"');
  });

  test('puts a released proposal back as it was before, and it is not sent once more', async () => {
    const { propose, raw, wang, signedIn, sent } = await open();
    const { digest } = await propose();
    const before = await raw.get(proposalCollection, id);
    await wang.call('broadcasts', 'release', { id, digest });
    const after = await raw.get(proposalCollection, id);
    if (!before || !after) throw new Error('The proposal is missing.');
    await raw.replaceIf(proposalCollection, before.doc, after.rev);

    const zhang = await signedIn('小张', 'send');
    const outcome = await zhang.ask('broadcasts', 'release', { id, digest });

    tally.refused(1, outcome.ok ? ['released'] : []);
    expect(await sent()).toEqual(ONCE);
  });
});

test('of many who release, decline and release again at once, one succeeds', async () => {
  const { propose, signedIn, sent, clock } = await open();
  const { digest } = await propose();
  const operators = await Promise.all(
    ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => signedIn(name, 'send')),
  );
  const outcomes = await clock.settle(
    Promise.all(
      operators.flatMap((one, index) => [
        one.ask('broadcasts', 'release', { id, digest }),
        index % 2 === 0
          ? one.ask('broadcasts', 'release', { id, digest })
          : one.ask('broadcasts', 'decline', { id }),
      ]),
    ),
  );
  const won = outcomes.filter(({ ok }) => ok);

  tally.refused(outcomes.length - 1, won.length === 1 ? [] : [`${won.length} succeeded`]);
  const isReleased = 'massSend' in Object(Object(won[0]).data);
  expect(await sent()).toEqual(isReleased ? ONCE : NOTHING);
});

test('CONSOLE_SECOND_OPERATOR=off alone lets an operator release a proposal alone', async () => {
  const { propose, li, sent } = await open({ CONSOLE_SECOND_OPERATOR: 'off' });
  const { digest } = await propose();

  await li.call('broadcasts', 'release', { id, digest });

  expect(await sent()).toEqual(ONCE);
});

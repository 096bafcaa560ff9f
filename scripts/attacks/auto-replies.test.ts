import { describe, expect, test } from '@jest/globals';
import { createChooser } from '../../shared/auto-replies/choose.ts';
import { autoReplyCollection } from '../../shared/auto-replies/document.ts';
import { autoReplyLimits as limits } from '../../shared/auto-replies/limits.ts';
import type { AutoReplies } from '../../shared/auto-replies/rule.ts';
import { keywordRule, plainRule, rulesOf } from '../../shared/auto-replies/samples.test-data.ts';
import { openConsole } from '../testing/console/console-fixture.ts';
import { createTally } from './tally.ts';

const tally = createTally('the auto-replies of the console');

const mine = rulesOf({ keywords: [keywordRule('hi', 'hello')] });
const evil = rulesOf({ otherwise: [plainRule('Pay here: https://evil.example')] });

/** Rules that 小李 has published, and what the store has of them. */
async function open() {
  const world = openConsole();
  const li = await world.signedIn('小李', 'edit');
  const published = (await li.call('menu', 'setAutoReplies', { rules: mine, revision: null })) as {
    readonly revision: number;
  };
  const now = async () => (await world.store.get(autoReplyCollection, 'rules'))?.doc.rules;
  return { ...world, li, now, payload: { rules: evil, revision: published.revision } };
}

test('nobody publishes without the role edit, by whatever name, nor without a session', async () => {
  const { signedIn, browser, payload, now } = await open();
  const look = await signedIn('小看', 'look');
  const breaches: string[] = [];
  const payloads: readonly object[] = [
    payload,
    { ...payload, revision: null },
    { ...payload, role: 'edit' },
    { ...payload, actor: 'operator 小李' },
  ];
  for (const [who, expected] of [
    [look, 403],
    [browser(), 401],
  ] as const) {
    for (const each of payloads) {
      const { status } = await who.ask('menu', 'setAutoReplies', each);
      if (status !== expected) breaches.push(`${expected}: ${status}`);
    }
  }
  // What an operator with the role look may try, and read, changes nothing.
  await look.call('menu', 'tryAutoReplies', { occasion: { type: 'other' }, rules: evil });

  tally.refused(2 * payloads.length, breaches);
  expect(await now()).toEqual(mine);
});

test('another site publishes nothing in an operator’s name', async () => {
  const { li, payload, now } = await open();
  const cookie = li.cookie;
  const attempts: readonly Readonly<Record<string, string | undefined>>[] = [
    { 'x-console-key': undefined },
    { 'x-console-key': 'A'.repeat(43) },
    { 'x-console-key': undefined, 'content-type': 'text/plain' },
    { 'x-console-key': undefined, 'content-type': 'application/x-www-form-urlencoded' },
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-site', origin: 'https://other.example.com' },
    { 'sec-fetch-site': 'none' },
    { 'content-type': 'text/plain' },
  ];
  const breaches: string[] = [];
  for (const headers of attempts) {
    const { status } = await li.raw('menu', 'setAutoReplies', payload, headers);
    li.cookie = cookie;
    if (status === 200) breaches.push(JSON.stringify(headers));
  }

  tally.refused(attempts.length, breaches);
  expect(await now()).toEqual(mine);
});

test('nobody overwrites what somebody else has published: not with an old, a future or no revision', async () => {
  const { li, payload, now } = await open();
  const next = rulesOf({ keywords: [keywordRule('hi', 'hello again')] });
  const { revision } = (await li.call('menu', 'setAutoReplies', { ...payload, rules: next })) as {
    readonly revision: number;
  };
  const breaches: string[] = [];
  const revisions = [payload.revision, null, revision + 1, -1, 0.5, 2 ** 53];
  for (const each of revisions) {
    const { ok } = await li.ask('menu', 'setAutoReplies', { rules: evil, revision: each });
    if (ok) breaches.push(String(each));
  }
  const two = await Promise.all(
    ['a', 'b'].map((content) =>
      li.ask('menu', 'setAutoReplies', {
        ...{ rules: rulesOf({ otherwise: [plainRule(content)] }), revision },
      }),
    ),
  );
  if (two.filter(({ ok }) => ok).length !== 1) breaches.push('two at once');

  tally.refused(revisions.length + 1, breaches);
  expect((await now())?.keywords).toEqual([]);
});

describe('rules that would harm', () => {
  test('are refused: other fields, addresses that run, control characters, more than fits', async () => {
    const { li, payload, now } = await open();
    const article = { title: 't', description: '', picUrl: '', url: 'https://example.com/' };
    const news = (change: object) =>
      rulesOf({
        otherwise: [
          plainRule('n', { answers: [{ type: 'news', articles: [{ ...article, ...change }] }] }),
        ],
      });
    const text = (content: string) => rulesOf({ otherwise: [plainRule(content)] });
    const many = Array.from({ length: limits.patterns + 1 }, () => ({
      ...{ match: 'pattern' as const, text: '*' },
    }));
    const attempts: Readonly<Record<string, unknown>> = {
      'a script as address': news({ url: 'javascript:alert(1)' }),
      'a script with a space': news({ url: ' javascript:alert(1)' }),
      'a page in the address': news({ url: 'data:text/html,<script>alert(1)</script>' }),
      'a picture in the address': news({ picUrl: 'data:image/svg+xml,<svg onload=alert(1)>' }),
      'a file': news({ picUrl: 'file:///etc/passwd' }),
      'no host': news({ url: 'https:///x' }),
      'a field more': news({ thumb_media_id: 'm' }),
      'a control character': text('a\u0000b'),
      'half a character': text('\ud800'),
      'another kind': { ...evil, otherwise: [{ ...plainRule('x'), answers: [{ type: 'music' }] }] },
      'a prototype': JSON.parse('{"follow":[],"keywords":[],"otherwise":[],"__proto__":{"a":1}}'),
      'another list': { ...evil, admins: ['me'] },
      'a list of lists': { ...evil, otherwise: [[plainRule('x')]] },
      'too much': text('字'.repeat(683)),
      'too many': rulesOf({ keywords: Array.from({ length: 201 }, () => keywordRule('a', 'b')) }),
      'too many patterns': rulesOf({
        keywords: Array.from({ length: 4 }, (_, n) => ({
          ...keywordRule('a', 'b'),
          keywords: many.slice(n * 30, (n + 1) * 30),
        })),
      }),
      nothing: undefined,
      'a text': 'rules',
    };
    const breaches: string[] = [];
    for (const [name, rules] of Object.entries(attempts)) {
      const { status } = await li.ask('menu', 'setAutoReplies', { ...payload, rules });
      if (status !== 400) breaches.push(`${name}: ${status}`);
    }

    tally.refused(Object.keys(attempts).length, breaches);
    expect(await now()).toEqual(mine);
  });

  test('keep no message waiting: the costliest patterns against the longest text', () => {
    const shapes = [
      `*${'a'.repeat(58)}b`,
      `*${'a?'.repeat(29)}b`,
      `${'*a'.repeat(29)}*b`,
      `*${'#'.repeat(58)}b`,
      `*${'?'.repeat(58)}b`,
    ];
    const slow: string[] = [];
    for (const shape of shapes) {
      const rules: AutoReplies = rulesOf({
        keywords: Array.from({ length: limits.patterns }, () =>
          keywordRule({ match: 'pattern', text: shape }, 'x'),
        ),
      });
      const choose = createChooser(rules);
      for (const letter of ['a', '1']) {
        const before = process.cpuUsage();
        expect(choose({ type: 'text', content: letter.repeat(2_048) }, 0)).toBeUndefined();
        const { user } = process.cpuUsage(before);
        if (user > 1_500_000) slow.push(`${shape} ${letter}: ${user / 1_000} ms`);
      }
    }

    tally.refused(2 * shapes.length, slow);
  });

  test('what is tried is no longer than a follower could write', async () => {
    const { signedIn } = await open();
    const look = await signedIn('小看', 'look');
    const long = 'a'.repeat(limits.triedCharacters + 1);
    const occasions = [
      { type: 'text', content: long },
      { type: 'follow', scene: long },
      { type: 'scan', scene: long },
      { type: 'button', key: long },
    ];
    const breaches: string[] = [];
    for (const occasion of occasions) {
      const { status } = await look.ask('menu', 'tryAutoReplies', { occasion });
      if (status !== 400) breaches.push(`${occasion.type}: ${status}`);
    }

    tally.refused(occasions.length, breaches);
  });
});

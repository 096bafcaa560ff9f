import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import type { AnyRule, AutoAnswer, AutoReplies, Keyword } from '../auto-replies/rule.ts';
import { autoRepliesSchema } from '../auto-replies/rule.ts';
import { keywordRule, plainRule, rulesOf } from '../auto-replies/samples.test-data.ts';
import type { AnswerTime } from '../auto-replies/times.ts';
import {
  type EditedRule,
  editedLists,
  movedTo,
  newRule,
  rulesToPublish,
} from './page/pages/auto-replies/edited-rules.ts';
import { merged } from './page/pages/auto-replies/merge.ts';
import { faultyIn } from './page/pages/auto-replies/problems.ts';
import { changesOf, hasChanges, type RulesDraft } from './page/pages/auto-replies/rules-draft.ts';

const word = fc.constantFrom('营业时间', 'wifi', 'a*b', ' x ');
const answer = fc.oneof<fc.Arbitrary<AutoAnswer>[]>(
  word.map((content) => ({ type: 'text', content })),
  fc.constantFrom<('image' | 'voice')[]>('image', 'voice').map((type) => ({ type, mediaId: 'm' })),
  fc.constantFrom<object[]>({}, { title: 't' }, { description: 'd' }).map((more) => ({
    ...{ type: 'video', mediaId: 'm' },
    ...more,
  })),
  fc.constantFrom('', 'https://example.com/a.jpg').map((picUrl) => ({
    type: 'news',
    articles: [{ title: 't', description: '', picUrl, url: 'https://example.com/' }],
  })),
  fc.constantFrom<object[]>({}, { kfAccount: 'kf@x' }).map((more) => ({
    ...{ type: 'transfer_customer_service' },
    ...more,
  })),
);
const time = fc
  .record(
    {
      dates: fc.constant({ from: '2026-12-01', until: '2026-12-31' }),
      days: fc.constant<(1 | 7)[]>([1, 7]),
      hours: fc.constantFrom(
        { from: '09:00', until: '18:00' },
        { from: '22:00', until: '06:00' },
        { from: '00:00', until: '24:00' },
      ),
    },
    { requiredKeys: [] },
  )
  .filter((some) => Object.keys(some).length > 0) as fc.Arbitrary<AnswerTime>;
const common = fc.record(
  {
    name: word,
    isOn: fc.boolean(),
    times: fc.array(time, { minLength: 1, maxLength: 2 }),
    give: fc.constant('random' as const),
    answers: fc.array(answer, { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: ['name', 'isOn', 'give', 'answers'] },
);
const keyword = fc.record({
  match: fc.constantFrom<Keyword['match'][]>('equal', 'contains', 'pattern', 'button'),
  text: word,
});
const some = <Rule>(rule: fc.Arbitrary<Rule>) => fc.array(rule, { maxLength: 3 });
const anyRules = fc.record({
  follow: some(
    fc
      .tuple(
        common,
        fc.record(
          {
            scenes: fc.constantFrom<string[][]>(['a'], ['a', '货架 7']),
            alsoScans: fc.constant(true),
          },
          { requiredKeys: [] },
        ),
      )
      .map(([rule, more]) => ({ ...rule, ...more })),
  ),
  keywords: some(
    fc
      .tuple(common, fc.array(keyword, { minLength: 1, maxLength: 2 }))
      .map(([rule, keywords]) => ({ ...rule, keywords })),
  ),
  otherwise: some(common),
}) as fc.Arbitrary<AutoReplies>;

test('published rules are edited and published again as they were, whatever they hold', () => {
  fc.assert(
    fc.property(anyRules, (rules) => {
      expect(rulesToPublish(editedLists(rules))).toEqual(rules);
    }),
  );
});

describe('the page and the room agree on what can be published', () => {
  test('of rules that are whole', () => {
    let published = 0;
    fc.assert(
      fc.property(anyRules, (rules) => {
        const { unfinished, hidden } = faultyIn(editedLists(rules));
        const isTaken = v.is(autoRepliesSchema, rules);
        if (isTaken) published += 1;

        expect(unfinished).toEqual([]);
        expect(hidden.length === 0).toBe(isTaken);
      }),
    );
    expect(published).toBeGreaterThan(0);
  });

  const text = (content: string): AutoAnswer => ({ type: 'text', content });
  const article = { title: 't', description: '', picUrl: '', url: 'https://example.com/' };
  const news = (...changes: object[]) =>
    ({
      type: 'news',
      articles: changes.map((change) => ({ ...article, ...change })),
    }) as AutoAnswer;
  const all = (...answers: AutoAnswer[]) => rulesOf({ otherwise: [plainRule('x', { answers })] });
  const timed = (hours: object) =>
    rulesOf({ otherwise: [plainRule('x', { times: [hours as AnswerTime] })] });

  test.each<[string, AutoReplies]>([
    ['a rule without a name', rulesOf({ otherwise: [plainRule('x', { name: ' ' })] })],
    ['a long name', rulesOf({ otherwise: [plainRule('x', { name: '名'.repeat(61) })] })],
    ['no answer', all()],
    ['an empty text', all(text(' '))],
    ['a long text', all(text('字'.repeat(683)))],
    ['no picture', all({ type: 'image', mediaId: '' })],
    ['a long id', all({ type: 'voice', mediaId: 'm'.repeat(129) })],
    ['a long title', all({ type: 'video', mediaId: 'm', title: 't'.repeat(65) })],
    ['no article', all(news())],
    ['two articles to a message', all(news({}, {}))],
    ['an article without a title', all(news({ title: '' }))],
    ['an article that leads nowhere', all(news({ url: '' }))],
    ['a script as address', all(news({ url: 'javascript:alert(1)' }))],
    ['a picture of no host', all(news({ picUrl: 'a.jpg' }))],
    ['a hand-over before the end', all({ type: 'transfer_customer_service' }, text('x'))],
    ['a video before the end', all({ type: 'video', mediaId: 'm' }, text('x'))],
    ['no keyword', rulesOf({ keywords: [keywordRule('x', 'x', { keywords: [] })] })],
    ['an empty keyword', rulesOf({ keywords: [keywordRule(' ', 'x')] })],
    ['no scene', rulesOf({ follow: [{ ...plainRule('x'), scenes: [] }] })],
    ['a long scene', rulesOf({ follow: [{ ...plainRule('x'), scenes: ['字'.repeat(22)] }] })],
    ['an empty time', timed({})],
    ['one day of two', timed({ dates: { from: '2026-12-01', until: '' } })],
    ['days in disorder', timed({ dates: { from: '2026-12-02', until: '2026-12-01' } })],
    ['hours without length', timed({ hours: { from: '09:00', until: '09:00' } })],
    ['one hour of two', timed({ hours: { from: '09:00', until: '' } })],
    ['a rule behind one that takes all', rulesOf({ otherwise: [plainRule('a'), plainRule('b')] })],
    [
      'a greeting behind one for all',
      rulesOf({ follow: [plainRule('a'), { ...plainRule('b'), scenes: ['s'] }] }),
    ],
  ])('%s is refused by both', (_, rules) => {
    const { unfinished, hidden } = faultyIn(editedLists(rules));

    expect(unfinished.length + hidden.length).toBeGreaterThan(0);
    expect(v.is(autoRepliesSchema, rulesToPublish(editedLists(rules)))).toBe(false);
  });
});

describe('what a draft would change', () => {
  const rules = rulesOf({ keywords: [keywordRule('a', 'A'), keywordRule('b', 'B')] });

  test('nothing at first, nor when it was changed back', () => {
    const draft = draftOn(rules, (all) => movedTo(movedTo(all, '0', 1), '0', 0));
    expect(hasChanges(draft)).toBe(false);
  });

  test('tells rules that are new, changed, deleted and moved', () => {
    const draft = draftOn(rules, ([a, b]) => [
      { ...newRule(), name: 'C' },
      ...[b, a].flatMap((rule) => (rule ? [{ ...rule, isOn: rule.name === 'A' }] : [])),
    ]);
    expect(changesOf(draft)).toEqual({ added: ['C'], changed: ['B'], removed: [], isMoved: true });
    expect(changesOf(draftOn(rules, ([a]) => (a ? [a] : [])))).toEqual({
      ...{ added: [], changed: [], removed: ['B'], isMoved: false },
    });
  });
});

describe('a draft on top of what somebody else has published', () => {
  const [a, b, c] = ['A', 'B', 'C'].map((name) => keywordRule(name, name)) as [
    ...[AnyRule, AnyRule, AnyRule],
  ];
  const changed = (rule: AnyRule, text: string): AnyRule => ({
    ...rule,
    answers: [{ type: 'text', content: text }],
  });
  const mergedNames = (before: AnyRule[], mine: Change, theirs: AnyRule[]) => {
    const draft = merged(draftOn(rulesOf({ keywords: before as never }), mine), {
      ...{ rules: rulesOf({ keywords: theirs as never }), revision: 7, changedAt: 0 },
    });
    expect(draft.revision).toBe(7);
    const texts = draft.lists.keywords.map(
      ({ name, answers }) => `${name}: ${answers.map(({ content }) => content).join()}`,
    );
    return { texts, doubled: draft.doubled, changes: changesOf(draft) };
  };
  const say = (text: string) => (rule: EditedRule) => ({
    ...rule,
    answers: rule.answers.map((each) => ({ ...each, content: text })),
  });
  const at =
    (index: number, change: (rule: EditedRule) => EditedRule): Change =>
    (rules) =>
      rules.map((rule, place) => (place === index ? change(rule) : rule));

  test('has the changes of both where they touch different rules', () => {
    expect(mergedNames([a, b, c], at(0, say('mine')), [a, b, changed(c, 'theirs')])).toEqual({
      texts: ['A: mine', 'B: B', 'C: theirs'],
      doubled: [],
      changes: { added: [], changed: ['A'], removed: [], isMoved: false },
    });
  });

  test('has both versions of a rule that both have changed, or one has deleted, and says so', () => {
    expect(mergedNames([a, b], at(0, say('mine')), [changed(a, 'theirs'), b])).toMatchObject({
      texts: expect.arrayContaining(['A: mine', 'A: theirs', 'B: B']),
      doubled: ['A'],
    });
    expect(mergedNames([a, b], at(0, say('mine')), [b])).toMatchObject({
      texts: ['A: mine', 'B: B'],
      doubled: ['A'],
    });
    expect(
      mergedNames([a, b], ([, second]) => (second ? [second] : []), [changed(a, 'x'), b]),
    ).toMatchObject({
      texts: ['A: x', 'B: B'],
      doubled: [],
    });
  });

  test('has a change that both made alike once', () => {
    expect(mergedNames([a, b], at(0, say('same')), [changed(a, 'same'), b])).toEqual({
      texts: ['A: same', 'B: B'],
      doubled: [],
      changes: { added: [], changed: [], removed: [], isMoved: false },
    });
  });

  test('keeps what either deleted away, and what either added and moved where it stands', () => {
    const mine: Change = ([first, second]) => [
      ...(first ? [first] : []),
      { ...newRule(), name: 'mine' },
      ...(second ? [second] : []),
    ];
    expect(
      mergedNames([a, b, c], mine, [b, keywordRule('t', 'T'), c, a] as AnyRule[]).texts,
    ).toEqual(['B: B', 'T: T', 'A: A', 'mine: ']);
    const moved: Change = (rules) => movedTo(rules, '2', 0);
    expect(mergedNames([a, b, c], moved, [a, keywordRule('t', 'T'), c] as AnyRule[]).texts).toEqual(
      ['C: C', 'A: A', 'T: T'],
    );
  });
});

type Change = (rules: readonly EditedRule[]) => readonly EditedRule[];

/** A draft in which the keyword rules were changed. */
function draftOn(rules: AutoReplies, change: Change): RulesDraft {
  const lists = editedLists(rules);
  return {
    ...{ base: rules, revision: 3, doubled: [] },
    lists: { ...lists, keywords: change(lists.keywords) },
  };
}

import { useState } from 'preact/hooks';
import type { TryRequest } from '../../../../auto-replies/requests.ts';
import type { TriedRules } from '../../../../auto-replies/rule-book.ts';
import { call } from '../../api.ts';
import { Field } from '../../parts/field.tsx';
import { attempt } from '../../toast.tsx';
import { t } from '../../words.ts';
import { Bubble } from './bubble.tsx';
import { type EditedLists, ruleLists, rulesToPublish } from './edited-rules.ts';
import { faultyIn } from './problems.ts';
import { nameOf, namesOf } from './rule-words.ts';
import type { RulesDraft } from './rules-draft.ts';
import { w } from './words.ts';

type Occasion = TryRequest['occasion'];

const kinds = [
  'text',
  'follow',
  'scan',
  'button',
  'other',
] as const satisfies readonly Occasion['type'][];
type Kind = (typeof kinds)[number];

const kindWords = {
  text: 'onText',
  follow: 'onFollow',
  scan: 'onScan',
  button: 'onButton',
  other: 'onOther',
} as const;
const fieldWords = {
  text: 'saidText',
  follow: 'saidScene',
  scan: 'saidScan',
  button: 'saidKey',
} as const;

interface Tried {
  readonly said: string;
  readonly found: TriedRules;
  /** Rules that took no part. */
  readonly leftOut: string;
  readonly isByChance: boolean;
}

/** A phone on which an operator says what a follower would, and sees what would answer. */
export function Trial({ draft }: { readonly draft: RulesDraft }) {
  const [kind, setKind] = useState<Kind>('text');
  const [words, setWords] = useState('');
  const [at, setAt] = useState('');
  const [tried, setTried] = useState<Tried>();
  const [isBusy, setBusy] = useState(false);
  const isMissing = words.trim() === '' && kind !== 'follow' && kind !== 'other';
  const ask = async () => {
    const { lists, leftOut } = readyOf(draft.lists);
    const found = await call<TriedRules>('menu', 'tryAutoReplies', {
      occasion: occasionOf(kind, words.trim()),
      rules: rulesToPublish(lists),
      ...(at !== '' && { at: Date.parse(`${at}:00+08:00`) }),
    });
    const rule = found.rule && lists[found.rule.list][found.rule.index];
    const isByChance = rule?.give === 'random' && rule.answers.length > 1;
    setTried({ said: saidOf(kind, words.trim()), found, leftOut, isByChance });
  };
  return (
    <section class="menu-phone trial" aria-label={w('phone')}>
      <div class="chat trial-chat" role="log">
        {tried ? <Answered tried={tried} /> : <p class="muted small">{w('tryAbout')}</p>}
      </div>
      <form
        class="stack trial-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isMissing || isBusy) return;
          setBusy(true);
          void attempt(ask).then(() => setBusy(false));
        }}
      >
        <Field label={w('occasion')}>
          <select
            value={kind}
            onChange={({ currentTarget }) => {
              const next = kinds.find((each) => each === currentTarget.value);
              if (next) setKind(next);
            }}
          >
            {kinds.map((each) => (
              <option key={each} value={each}>
                {w(kindWords[each])}
              </option>
            ))}
          </select>
        </Field>
        {kind !== 'other' && (
          <Field label={w(fieldWords[kind])}>
            <input
              value={words}
              autocomplete="off"
              onInput={(event) => setWords(event.currentTarget.value)}
            />
          </Field>
        )}
        <Field label={w('triedAt')}>
          <input
            type="datetime-local"
            value={at}
            onInput={(event) => setAt(event.currentTarget.value)}
          />
        </Field>
        <button type="submit" class="tool wide" disabled={isMissing} aria-busy={isBusy}>
          {isBusy ? t('working') : w('try')}
        </button>
      </form>
    </section>
  );
}

function Answered({ tried: { said, found, leftOut, isByChance } }: { readonly tried: Tried }) {
  const { rule, answers } = found;
  return (
    <>
      <p class="bubble mine">{said}</p>
      {answers.map((answer, at) => (
        <Bubble key={at} answer={answer} />
      ))}
      <p class="muted small">
        {rule ? w('answeredBy', { name: nameOf(rule) }) : w('answeredByNone')}
        {isByChance && ` · ${w('byChance')}`}
      </p>
      {leftOut !== '' && <p class="muted small">{w('leftOut', { names: leftOut })}</p>}
    </>
  );
}

/** Rules that could not be published must not keep somebody from trying the others. */
function readyOf(lists: EditedLists): { readonly lists: EditedLists; readonly leftOut: string } {
  const { unfinished, hidden } = faultyIn(lists);
  const faulty = new Set([...unfinished, ...hidden]);
  const ready = ruleLists.map(
    (list) => [list, lists[list].filter((rule) => !faulty.has(rule))] as const,
  );
  return {
    lists: Object.fromEntries(ready) as unknown as EditedLists,
    leftOut: namesOf([...faulty]),
  };
}

function occasionOf(type: Kind, words: string): Occasion {
  switch (type) {
    case 'text':
      return { type, content: words };
    case 'follow':
      return { type, ...(words !== '' && { scene: words }) };
    case 'scan':
      return { type, scene: words };
    case 'button':
      return { type, key: words };
    case 'other':
      return { type };
  }
}

function saidOf(type: Kind, words: string): string {
  switch (type) {
    case 'text':
      return words;
    case 'follow':
      return words === '' ? w('aFollow') : w('aFollowBy', { scene: words });
    case 'scan':
      return w('aScan', { scene: words });
    case 'button':
      return w('aTap', { key: words });
    case 'other':
      return w('aPicture');
  }
}

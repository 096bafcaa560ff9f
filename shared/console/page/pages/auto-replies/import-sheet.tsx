import { useState } from 'preact/hooks';
import type { ImportedRules } from '../../../../auto-replies/imported.ts';
import { autoReplyLimits as limits } from '../../../../auto-replies/limits.ts';
import type { RuleList } from '../../../../auto-replies/rule.ts';
import { call } from '../../api.ts';
import { Act } from '../../parts/act.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Loader, useLoaded } from '../../parts/load.tsx';
import { tell } from '../../toast.tsx';
import { Chooser } from './chooser.tsx';
import { type EditedRule, editedLists, newKey, ruleLists } from './edited-rules.ts';
import { keptDraft } from './kept-draft.ts';
import { answersIn, nameOf, whenOf } from './rule-words.ts';
import { type RulesDraft, textOf } from './rules-draft.ts';
import { w } from './words.ts';

interface Offered {
  readonly list: RuleList;
  readonly rule: EditedRule;
  /** The draft has the very same. */
  readonly isThere: boolean;
}

/** The replies of mp.weixin.qq.com, looked at before they are taken into the draft. */
export function ImportSheet({
  draft,
  onClose,
}: {
  readonly draft: RulesDraft;
  readonly onClose: () => void;
}) {
  const loaded = useLoaded(() => call<ImportedRules>('menu', 'importAutoReplies'));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [isAllOn, setAllOn] = useState(false);
  const offered = loaded.data ? offeredOf(loaded.data, draft) : [];
  const chosen = offered.filter(({ rule, isThere }) => !isThere && !left.has(rule.key));
  const full = ruleLists.find((list) => {
    const more = chosen.filter((each) => each.list === list).length;
    return more > 0 && draft.lists[list].length + more > limits.rules;
  });
  const take = async () => {
    const taken = (list: RuleList) =>
      chosen
        .filter((each) => each.list === list)
        .map(({ rule }) => ({ ...rule, key: newKey(), isOn: rule.isOn || isAllOn }));
    const lists = Object.fromEntries(
      ruleLists.map((list) => [list, [...draft.lists[list], ...taken(list)]]),
    ) as unknown as RulesDraft['lists'];
    keptDraft().value = { ...draft, lists };
    tell(w('imported', { count: chosen.length }));
    onClose();
  };
  const choose = (key: string, isChosen: boolean) => {
    const next = new Set(left);
    if (isChosen) next.delete(key);
    else next.add(key);
    setLeft(next);
  };
  return (
    <Chooser
      title={w('import')}
      onClose={onClose}
      acts={
        <Act
          needs="edit"
          class="tool strong"
          disabled={chosen.length === 0 || full !== undefined}
          onAct={take}
        >
          {w('importChosen', { count: chosen.length })}
        </Act>
      }
    >
      <p class="muted">{w('importAbout')}</p>
      <Loader loaded={loaded}>
        {({ notes }) => (
          <>
            {offered.length === 0 ? (
              <Empty title={w('importNone')}>
                <p>{w('importNoneAbout')}</p>
              </Empty>
            ) : (
              <Offers offered={offered} left={left} onChoose={choose} />
            )}
            {chosen.some(({ rule }) => !rule.isOn) && (
              <label class="check">
                <input
                  type="checkbox"
                  checked={isAllOn}
                  onChange={(event) => setAllOn(event.currentTarget.checked)}
                />
                {w('importOn')}
              </label>
            )}
            {notes.length > 0 && (
              <>
                <h3>{w('importNotes')}</h3>
                <ul>
                  {notes.map(({ rule, what }, at) => (
                    <li key={at}>{w(what, { name: rule })}</li>
                  ))}
                </ul>
              </>
            )}
            {full && <p class="alarm">{w('importFull', { list: w(full), limit: limits.rules })}</p>}
          </>
        )}
      </Loader>
    </Chooser>
  );
}

function Offers({
  offered,
  left,
  onChoose,
}: {
  readonly offered: readonly Offered[];
  readonly left: ReadonlySet<string>;
  readonly onChoose: (key: string, isChosen: boolean) => void;
}) {
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{w('importRule')}</th>
          <th scope="col">{w('when')}</th>
          <th scope="col">{w('answers')}</th>
        </tr>
      </thead>
      <tbody>
        {offered.map(({ list, rule, isThere }) => (
          <tr key={rule.key}>
            <th scope="row" data-label={w('importRule')}>
              <label class="check">
                <input
                  type="checkbox"
                  aria-label={w('importOf', { name: nameOf(rule) })}
                  disabled={isThere}
                  checked={!isThere && !left.has(rule.key)}
                  onChange={(event) => onChoose(rule.key, event.currentTarget.checked)}
                />
                <span>
                  {nameOf(rule)} {isThere && <span class="state ok">{w('importThere')}</span>}
                  {!rule.isOn && <span class="state pending">{w('importOffSite')}</span>}
                </span>
              </label>
            </th>
            <td data-label={w('when')}>{whenOf(list, rule)}</td>
            <td data-label={w('answers')}>{answersIn(rule)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function offeredOf({ rules }: ImportedRules, draft: RulesDraft): readonly Offered[] {
  const lists = editedLists(rules);
  return ruleLists.flatMap((list) =>
    lists[list].map((rule) => ({
      list,
      rule: { ...rule, key: `${list} ${rule.key}` },
      isThere: draft.lists[list].some((own) => sameBut(list, own, rule)),
    })),
  );
}

/** Whether two rules differ in nothing, or only in whether they are on. */
function sameBut(list: RuleList, one: EditedRule, other: EditedRule): boolean {
  return textOf(list, { ...one, isOn: true }) === textOf(list, { ...other, isOn: true });
}

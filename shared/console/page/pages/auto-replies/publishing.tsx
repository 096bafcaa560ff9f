import type { PublishedRules } from '../../../../auto-replies/rule-book.ts';
import { CallError, call } from '../../api.ts';
import { dateTime } from '../../format.ts';
import { Act } from '../../parts/act.tsx';
import { go, route } from '../../route.ts';
import { tell } from '../../toast.tsx';
import { t } from '../../words.ts';
import { rulesToPublish } from './edited-rules.ts';
import { dropRules, keptDraft } from './kept-draft.ts';
import { merged } from './merge.ts';
import { faultyIn, wrongsInAll } from './problems.ts';
import { namesOf } from './rule-words.ts';
import { changesOf, hasChanges, type RuleChanges, type RulesDraft } from './rules-draft.ts';
import { w } from './words.ts';

/** What waits to be published, what stands in its way, and what somebody else has done meanwhile. */
export function Publishing({
  draft,
  published,
  reload,
}: {
  readonly draft: RulesDraft;
  readonly published: PublishedRules;
  readonly reload: () => Promise<void>;
}) {
  if (!hasChanges(draft)) {
    const at = published.changedAt;
    return (
      <p class="muted rule-bar">
        {at === null ? w('neverPublished') : w('publishedAt', { at: dateTime(at) })}{' '}
        {w('noChanges')}
      </p>
    );
  }
  const isStale = draft.revision !== published.revision;
  const obstacles = obstaclesOf(draft);
  const summary = summaryOf(changesOf(draft));
  const publish = async () => {
    const { lists, revision } = draft;
    try {
      await call('menu', 'setAutoReplies', { rules: rulesToPublish(lists), revision });
    } catch (error) {
      // Whether the answer was lost or somebody else was first: what is there now tells.
      await reload();
      if (error instanceof CallError && error.code === 'conflict') return;
      throw error;
    }
    // The draft goes when the new rules are here: without it the old ones would be shown, and changed.
    await reload();
    // What somebody has typed meanwhile stays, and is told to be behind.
    if (keptDraft().value === draft) dropRules();
    toList();
    tell(w('published'));
  };
  const bringTogether = async () => {
    keptDraft().value = merged(draft, published);
    toList();
    tell(w('merged'));
  };
  const throwAway = async () => {
    dropRules();
    toList();
  };
  return (
    <section class="rule-bar">
      {isStale && (
        <p class="alarm" role="alert">
          {w('stale')}{' '}
          <button type="button" class="tool" onClick={() => void bringTogether()}>
            {w('merge')}
          </button>
        </p>
      )}
      {draft.doubled.length > 0 && (
        <p class="alarm">
          {w('doubled', { names: namesOf(draft.doubled.map((name) => ({ name }))) })}
        </p>
      )}
      {obstacles.map((text) => (
        <p key={text} class="alarm">
          {text}
        </p>
      ))}
      <p>
        {w('changes', { changes: summary })} <span class="muted">{t('draftKept')}</span>
      </p>
      <div class="actions">
        <Act
          needs="edit"
          class="tool strong"
          question={w('publishQuestion', { changes: summary })}
          disabled={isStale || obstacles.length > 0}
          onAct={publish}
        >
          {w('publish')}
        </Act>
        <Act question={w('throwAwayQuestion')} onAct={throwAway}>
          {w('throwAway')}
        </Act>
      </div>
    </section>
  );
}

/** Rules get other names when they are published, so none stays open. */
function toList(): void {
  const [, list = 'keywords', opened] = route.value;
  if (opened !== undefined) go('auto-replies', list);
}

function obstaclesOf({ lists }: RulesDraft): readonly string[] {
  const { unfinished, hidden } = faultyIn(lists);
  return [
    ...(unfinished.length > 0 ? [w('finishFirst', { names: namesOf(unfinished) })] : []),
    ...(hidden.length > 0 ? [w('reachFirst', { names: namesOf(hidden) })] : []),
    ...wrongsInAll(lists).map((wrong) => w(...wrong)),
  ];
}

function summaryOf({ added, changed, removed, isMoved }: RuleChanges): string {
  const names = namesOf(removed.map((name) => ({ name })));
  return [
    ...(added.length > 0 ? [w('changesAdded', { count: added.length })] : []),
    ...(changed.length > 0 ? [w('changesChanged', { count: changed.length })] : []),
    ...(removed.length > 0 ? [w('changesRemoved', { names })] : []),
    ...(isMoved ? [w('changesMoved')] : []),
  ].join(w('comma'));
}

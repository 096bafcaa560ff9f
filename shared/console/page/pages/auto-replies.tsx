import { useEffect, useRef, useState } from 'preact/hooks';
import type { PublishedRules } from '../../../auto-replies/rule-book.ts';
import { call } from '../api.ts';
import { Loader, useLoaded } from '../parts/load.tsx';
import { go, route } from '../route.ts';
import { ruleLists } from './auto-replies/edited-rules.ts';
import { draftFrom } from './auto-replies/kept-draft.ts';
import { Publishing } from './auto-replies/publishing.tsx';
import { RuleForm } from './auto-replies/rule-form.tsx';
import { RuleRows } from './auto-replies/rule-rows.tsx';
import { Trial } from './auto-replies/trial.tsx';
import { w } from './auto-replies/words.ts';

/** The auto-replies: made, ordered, tried on a phone, brought over from mp.weixin.qq.com, and published. */
export default function AutoRepliesPage() {
  const loaded = useLoaded(() => call<PublishedRules>('menu', 'getAutoReplies'));
  return (
    <Loader loaded={loaded}>
      {(published) => <Rules published={published} reload={loaded.reload} />}
    </Loader>
  );
}

function Rules({
  published,
  reload,
}: {
  readonly published: PublishedRules;
  readonly reload: () => Promise<void>;
}) {
  const [, view, opened] = route.value;
  const list = ruleLists.find((each) => each === view) ?? 'keywords';
  const draft = draftFrom(published);
  const [search, setSearch] = useState('');
  const left = useRef<string | undefined>(undefined);
  useEffect(() => {
    left.current = opened;
  }, [opened]);
  return (
    <>
      <fieldset class="chips" aria-label={w('lists')}>
        {ruleLists.map((each) => (
          <button
            key={each}
            type="button"
            class="chip"
            aria-pressed={each === list}
            onClick={() => go('auto-replies', each)}
          >
            {w(each)} {draft.lists[each].length > 0 && draft.lists[each].length}
          </button>
        ))}
      </fieldset>
      <Publishing draft={draft} published={published} reload={reload} />
      <div class="sides-phone">
        {opened === undefined || opened === '' ? (
          <RuleRows
            key={list}
            {...{ list, draft, search }}
            left={left.current}
            onSearch={setSearch}
          />
        ) : (
          <RuleForm key={`${list} ${opened}`} list={list} name={opened} draft={draft} />
        )}
        <Trial draft={draft} />
      </div>
    </>
  );
}

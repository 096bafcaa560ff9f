import { useEffect, useState } from 'preact/hooks';
import type { FoundFollowers } from '../../phones.ts';
import { ask, attempt } from '../api.ts';
import { phones } from '../feed.ts';
import { t } from '../words.ts';
import { Avatar } from './avatar.tsx';
import { addPhone, openPhone, Unread } from './followers.tsx';
import { closeSheet, Sheet } from './overlay.tsx';

/** As many as anybody reads; more letters make it fewer. */
const MAX_SHOWN = 50;

interface Choice {
  readonly openid: string;
  readonly name: string;
  readonly hasPhone: boolean;
}

/** Finds one among many followers, also one who has no phone here yet. */
export function FollowerSheet() {
  const [words, setWords] = useState('');
  const others = useOthers(words);
  const wanted = words.toLowerCase();
  const choices: readonly Choice[] = [
    ...phones.value
      .filter(({ openid, name }) => `${name} ${openid}`.toLowerCase().includes(wanted))
      .map(({ openid, name }) => ({ openid, name, hasPhone: true })),
    ...(others?.withoutPhone ?? []).map((openid) => ({ openid, name: openid, hasPhone: false })),
  ];
  const choose = async ({ openid, name, hasPhone }: Choice) => {
    closeSheet();
    if (hasPhone) openPhone(openid);
    else await addPhone(openid, name);
  };
  const [first] = choices;
  return (
    <Sheet title={t('followers')}>
      <input
        type="search"
        class="sheet-search"
        placeholder={t('findFollower')}
        aria-label={t('findFollower')}
        value={words}
        onInput={({ currentTarget }) => setWords(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !first) return;
          event.preventDefault();
          void choose(first);
        }}
      />
      <p class="hint" role="status">
        {choices.length > MAX_SHOWN ? `${t('tooMany')} ${choices.length}` : choices.length}{' '}
        {t('people')}
      </p>
      <ul class="choices-list">
        {choices.slice(0, MAX_SHOWN).map((choice) => (
          <li key={choice.openid}>
            <button type="button" class="choice person" onClick={() => void choose(choice)}>
              <Avatar name={choice.name} size={28} />
              <span class="person-name">{choice.name}</span>
              <Unread openid={choice.openid} />
              {choice.name !== choice.openid && <code>{choice.openid}</code>}
              {!choice.hasPhone && <small>{t('noPhone')}</small>}
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

/** Followers of the account whom nobody plays here. */
function useOthers(words: string): FoundFollowers | undefined {
  const [found, setFound] = useState<FoundFollowers | undefined>(undefined);
  useEffect(() => {
    let isWanted = true;
    const query = new URLSearchParams({ q: words });
    void attempt(() => ask<FoundFollowers>('GET', `/followers?${query}`)).then(
      (answer) => isWanted && setFound(answer),
    );
    return () => {
      isWanted = false;
    };
  }, [words]);
  return found;
}

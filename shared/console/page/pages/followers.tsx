import { useState } from 'preact/hooks';
import type { CountedTag } from '../../../followers/tags.ts';
import { call } from '../api.ts';
import { Loader, useLoaded } from '../parts/load.tsx';
import { go, route } from '../route.ts';
import { draftOfFilter, everybody } from './followers/filter-draft.ts';
import { Import } from './followers/import.tsx';
import { ProfileView } from './followers/profile.tsx';
import { Search } from './followers/search.tsx';
import { Segments } from './followers/segments.tsx';
import { SyncLine } from './followers/sync-line.tsx';
import { Tags } from './followers/tags.tsx';
import { w } from './followers/words.ts';

const views = ['search', 'tags', 'segments', 'import'] as const;

/** The followers: found, described, tagged, and chosen as segments. */
export default function Followers() {
  const view = views.find((each) => each === route.value[1]) ?? 'search';
  // Not in the address: the browser keeps addresses.
  const [searched, setSearched] = useState(everybody);
  const [openid, setOpenid] = useState<string>();
  const loaded = useLoaded(() =>
    call<{ readonly tags: readonly CountedTag[] }>('followers', 'listTags'),
  );
  return (
    <>
      <p class="muted">{w('about')}</p>
      <fieldset class="chips" aria-label={w('views')}>
        {views.map((each) => (
          <button
            key={each}
            type="button"
            class="chip"
            aria-pressed={each === view}
            onClick={() => {
              setOpenid(undefined);
              go('followers', each);
            }}
          >
            {w(each)}
          </button>
        ))}
      </fieldset>
      <Loader loaded={loaded}>
        {({ tags }) => {
          if (view === 'import') return <Import />;
          if (view === 'tags') return <Tags tags={tags} reload={loaded.reload} />;
          if (view === 'segments') {
            return (
              <Segments
                tags={tags}
                onShow={({ filter }) => {
                  setSearched({ text: '', filter: draftOfFilter(filter) });
                  go('followers');
                }}
              />
            );
          }
          if (openid !== undefined) {
            return <ProfileView openid={openid} tags={tags} onBack={() => setOpenid(undefined)} />;
          }
          return (
            <>
              <SyncLine />
              <Search searched={searched} onSearched={setSearched} tags={tags} onOpen={setOpenid} />
            </>
          );
        }}
      </Loader>
    </>
  );
}

import type { Tag } from '../../../wechat/catalogue/tag.ts';
import { call } from '../api.ts';
import { Loader, useLoaded } from '../parts/load.tsx';
import { go, route } from '../route.ts';
import { ConditionalMenus } from './menu/conditional-menus.tsx';
import { DefaultMenu } from './menu/default-menu.tsx';
import { readLive } from './menu/live.ts';
import { Versions } from './menu/versions.tsx';
import { w } from './menu/words.ts';

const views = ['default', 'conditional', 'versions'] as const;

/** The menus: edited on a phone, compared with what is live, published, and brought back. */
export default function MenuPage() {
  const view = views.find((each) => each === route.value[1]) ?? 'default';
  const live = useLoaded(readLive);
  const tags = useLoaded(() => call<{ readonly tags: readonly Tag[] }>('followers', 'listTags'));
  return (
    <>
      <fieldset class="chips" aria-label={w('views')}>
        {views.map((each) => (
          <button
            key={each}
            type="button"
            class="chip"
            aria-pressed={each === view}
            onClick={() => go('menu', each)}
          >
            {w(each)}
          </button>
        ))}
      </fieldset>
      <p class="muted">{w(`${view}About`)}</p>
      <Loader loaded={live}>
        {(found) => {
          if (view === 'default') return <DefaultMenu live={found} reload={live.reload} />;
          return (
            <Loader loaded={tags}>
              {({ tags: known }) =>
                view === 'versions' ? (
                  <Versions tags={known} reload={live.reload} />
                ) : (
                  <ConditionalMenus live={found} tags={known} reload={live.reload} />
                )
              }
            </Loader>
          );
        }}
      </Loader>
    </>
  );
}

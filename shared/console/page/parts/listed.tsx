import type { ComponentChildren } from 'preact';
import { useCallback, useState } from 'preact/hooks';
import type { Listing } from '../../../material/paging.ts';
import { t } from '../words.ts';
import { Act } from './act.tsx';
import { type Loaded, Loader, useLoaded } from './load.tsx';

/** How many a list shows before it is asked for more. */
export const PAGE_ITEMS = 20;

interface Listed<Item> {
  readonly loaded: Loaded<Listing<Item>>;
  /** Those that were asked for later. */
  readonly later: Listing<Item> | undefined;
  readonly more: (cursor: string) => Promise<void>;
  readonly reload: () => Promise<void>;
}

/**
 * A list of which the first part is asked for when the page is opened, and the others one by one.
 *
 * @param ask such as `(page) => call('material', 'listDrafts', page)`
 */
export function useListed<Item>(
  ask: (page: { readonly limit: number; readonly cursor?: string }) => Promise<Listing<Item>>,
  inputs: readonly unknown[] = [],
): Listed<Item> {
  const [later, setLater] = useState<Listing<Item>>();
  const loaded = useLoaded(async () => {
    const first = await ask({ limit: PAGE_ITEMS });
    setLater(undefined);
    return first;
  }, inputs);
  const more = useCallback(async (cursor: string) => {
    const next = await ask({ limit: PAGE_ITEMS, cursor });
    setLater((before) => ({ ...next, items: [...(before?.items ?? []), ...next.items] }));
  }, inputs);
  return { loaded, later, more, reload: loaded.reload };
}

/** Shows a list, and the button that asks for more of it. */
export function ListedItems<Item>({
  listed: { loaded, later, more },
  children,
}: {
  readonly listed: Listed<Item>;
  readonly children: (items: readonly Item[]) => ComponentChildren;
}) {
  return (
    <Loader loaded={loaded}>
      {(first) => {
        const { cursor } = later ?? first;
        return (
          <>
            {children([...first.items, ...(later?.items ?? [])])}
            {cursor !== null && <Act onAct={() => more(cursor)}>{t('more')}</Act>}
          </>
        );
      }}
    </Loader>
  );
}

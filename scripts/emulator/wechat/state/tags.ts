import type { FollowerBook } from './followers.ts';
import type { Storage } from './storage.ts';

/** 星标组, which every account has; 0 is no tag and 1 the blacklist. */
export const STARRED = 2;
const FIRST_OWN_ID = 100;

interface OwnTag {
  readonly id: number;
  name: string;
}

/** The tags of the account; who has them stands with the followers. */
export function createTags(storage: Storage, followers: FollowerBook) {
  const section = storage.section<{ lastId: number; tags: OwnTag[] }>('tags', () => ({
    lastId: FIRST_OWN_ID - 1,
    tags: [],
  }));
  const own = () => section.read().tags;

  return {
    own: (): readonly Readonly<OwnTag>[] => own(),
    exists: (id: number) => id === STARRED || own().some((each) => each.id === id),

    create(name: string): Readonly<OwnTag> {
      return section.update((state) => {
        state.lastId += 1;
        const tag = { id: state.lastId, name };
        state.tags.push(tag);
        return tag;
      });
    },

    rename(id: number, name: string): void {
      section.update(({ tags }) => {
        for (const each of tags) if (each.id === id) each.name = name;
      });
    },

    delete(id: number): void {
      for (const openid of withTag(id)) {
        const { tagIds = [] } = followers.record(openid) ?? {};
        followers.set(openid, { tagIds: tagIds.filter((each) => each !== id) });
      }
      section.update((state) => {
        state.tags = state.tags.filter((each) => each.id !== id);
      });
    },

    list() {
      const counts = new Map<number, number>();
      for (const { tagIds } of followers.list()) {
        for (const id of tagIds) counts.set(id, (counts.get(id) ?? 0) + 1);
      }
      return [{ id: STARRED, name: '星标组' }, ...own()].map(({ id, name }) => ({
        id,
        name,
        count: counts.get(id) ?? 0,
      }));
    },

    withTag,
  };

  /** The followers that have it, in the order in which they came. */
  function withTag(id: number): readonly string[] {
    return followers.openidsWhere(({ tagIds }) => tagIds?.includes(id) ?? false);
  }
}

export type Tags = ReturnType<typeof createTags>;

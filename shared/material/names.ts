import type { Log } from '../kernel/log.ts';
import type { Store } from '../store/store.ts';
import type { MediaId } from '../wechat/catalogue/media.ts';
import { materialNameCollection } from './name-document.ts';

const MAX_CHARACTERS = 200;

export interface MaterialNamesOptions {
  readonly store: Pick<Store, 'create' | 'query' | 'remove'>;
  readonly log: Log;
}

interface Named extends MediaId {
  readonly name?: string;
}

/**
 * The names of permanent material as operators know them: WeChat takes file names in ASCII alone, and lists
 * 海报.png as file.png. What WeChat has done counts though a name cannot be kept or read; the log tells why.
 */
export function createMaterialNames({ store, log }: MaterialNamesOptions) {
  return { keep, forget, restore };

  async function keep({ media_id }: MediaId, name: string): Promise<void> {
    const doc = { _id: media_id, name: name.slice(0, MAX_CHARACTERS) };
    await tried('keep', async () => {
      await store.create(materialNameCollection, doc);
    });
  }

  async function forget({ media_id }: MediaId): Promise<void> {
    await tried('forget', async () => {
      await store.remove(materialNameCollection, media_id);
    });
  }

  /** The same items, with the names that were kept. */
  async function restore<Item extends Named>(items: readonly Item[]): Promise<readonly Item[]> {
    const names = new Map<string, string>();
    const ids = items.map(({ media_id }) => media_id);
    await tried('read', async () => {
      if (ids.length === 0) return;
      const query = { filter: { _id: { in: ids } }, limit: ids.length };
      const found = await store.query(materialNameCollection, query);
      for (const { doc } of found) names.set(doc._id, doc.name);
    });
    return items.map((item) => {
      const name = names.get(item.media_id);
      return name === undefined ? item : { ...item, name };
    });
  }

  async function tried(act: 'keep' | 'forget' | 'read', work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      log.error('material name failed', { reason: act, error });
    }
  }
}

export type MaterialNames = ReturnType<typeof createMaterialNames>;

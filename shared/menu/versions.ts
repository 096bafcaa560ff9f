import { createHash } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { present } from '../kernel/present.ts';
import type { Store } from '../store/store.ts';
import { diff, type MenuDiff } from './diff.ts';
import { givenMenu, givenRule } from './given-menu.ts';
import { type AnyButton, fieldsOf } from './match.ts';
import { isSameRule, type LiveMenu, type LiveMenus } from './menus.ts';
import {
  KEPT_VERSIONS,
  type MenuVersionDocument,
  menuVersionCollection,
  versionId,
} from './version-document.ts';

/** A menu that was published, or that a publication replaced. */
export interface MenuVersion {
  readonly id: string;
  /** When it was published, or found, in ms since the epoch. */
  readonly at: number;
  /** Who published it; `null` if it was made elsewhere, and was found live when it was replaced. */
  readonly by: string | null;
  /** Whether followers see it now. Of several that are the same, the newest is live. */
  readonly isLive: boolean;
  readonly menu: LiveMenu;
}

/** A version beside what is live: `diff` tells what its restoring would change. */
export type ComparedVersion = MenuVersion & { readonly diff: MenuDiff };

export interface MenuVersionsOptions {
  readonly store: Pick<Store, 'get' | 'create' | 'query' | 'remove'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** The menus of the past, the newest {@link KEPT_VERSIONS} of them. */
export function createMenuVersions({ store, clock }: MenuVersionsOptions) {
  return { keep, keepFound, list, get };

  /** @returns the id of the version */
  async function keep(menu: LiveMenu, by?: string): Promise<string> {
    const [last] = await newest(1);
    // What was found live comes before what replaced it, also within a millisecond.
    const at = Math.max(clock.now(), (last?.at.getTime() ?? 0) + 1);
    const digest = digestOf(menu);
    const doc = {
      _id: versionId(at, digest),
      at: new Date(at),
      ...present({ by }),
      menu: JSON.stringify(givenMenu(menu)),
      digest,
    };
    // Another instance may have kept the same menu at the same moment.
    await store.create(menuVersionCollection, doc);
    await removeOldest();
    return doc._id;
  }

  /** Keeps what is about to be replaced, unless it is a version already. */
  async function keepFound(menus: readonly LiveMenu[]): Promise<void> {
    if (menus.length === 0) return;
    const known = new Set((await newest(KEPT_VERSIONS)).map(({ digest }) => digest));
    for (const menu of menus) if (!known.has(digestOf(menu))) await keep(menu);
  }

  /** The newest first. */
  async function list(limit: number, live: LiveMenus): Promise<readonly MenuVersion[]> {
    const docs = await newest(limit);
    const isLive = liveAmong(docs, live);
    return docs.map((doc) => shown(doc, isLive(doc)));
  }

  /** @throws AppError `not_found` */
  async function get(id: string, live: LiveMenus): Promise<ComparedVersion> {
    const found = await store.get(menuVersionCollection, id);
    if (!found) throw new AppError('not_found', 'There is no such version of a menu.');
    const isLive = liveAmong(await newest(KEPT_VERSIONS), live);
    const version = shown(found.doc, isLive(found.doc));
    const { menu } = version;
    const now = menu.matchrule
      ? live.conditional.find((each) => isSameRule(each, menu))
      : live.menu;
    return { ...version, diff: diff(now?.button ?? [], menu.button) };
  }

  async function newest(limit: number, skip = 0): Promise<readonly MenuVersionDocument[]> {
    const found = await store.query(menuVersionCollection, {
      filter: 'all',
      order: [{ field: '_id', direction: 'desc' }],
      limit,
      skip,
    });
    return found.map(({ doc }) => doc);
  }

  async function removeOldest(): Promise<void> {
    for (const { _id: id } of await newest(KEPT_VERSIONS, KEPT_VERSIONS)) {
      await store.remove(menuVersionCollection, id);
    }
  }
}

export type MenuVersions = ReturnType<typeof createMenuVersions>;

function shown({ _id: id, at, by, menu }: MenuVersionDocument, isLive: boolean): MenuVersion {
  return { id, at: at.getTime(), by: by ?? null, isLive, menu: JSON.parse(menu) as LiveMenu };
}

/** Of several versions with the same menu the newest counts. */
function liveAmong(docs: readonly MenuVersionDocument[], { menu, conditional }: LiveMenus) {
  const digests = [...(menu ? [menu] : []), ...conditional].map(digestOf);
  const ids = new Set(
    digests.map((digest) => docs.find((doc) => doc.digest === digest)?._id ?? ''),
  );
  return ({ _id: id }: MenuVersionDocument) => ids.has(id);
}

/** Of what followers see: WeChat gives a menu back with empty lists, ids and fields in any order. */
function digestOf({ button, matchrule = {} }: LiveMenu): string {
  const rule = Object.entries(givenRule(matchrule)).sort();
  const seen = JSON.stringify([button.map(seenOf), rule]);
  return createHash('sha256').update(seen).digest('base64url');
}

function seenOf(button: AnyButton): unknown {
  return [Object.entries(fieldsOf(button)).sort(), (button.sub_button ?? []).map(seenOf)];
}

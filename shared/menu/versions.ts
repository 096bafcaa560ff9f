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

/** All that are kept, and those that two publications at a time have left over. */
const PAGE = KEPT_VERSIONS + 10;

export interface MenuVersionsOptions {
  readonly store: Pick<Store, 'get' | 'create' | 'query' | 'count' | 'remove'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** The menus of the past, the newest {@link KEPT_VERSIONS} of them. */
export function createMenuVersions({ store, clock }: MenuVersionsOptions) {
  return { keep, keepFound, list, get };

  /** @returns the id of the version */
  async function keep(menu: LiveMenu, by?: string): Promise<string> {
    const before = await counting();
    // What was found live comes before what replaced it, also within a millisecond.
    const at = Math.max(clock.now(), (before[0]?.at.getTime() ?? 0) + 1);
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
    for (const { _id: id } of before.slice(KEPT_VERSIONS - 1)) {
      await store.remove(menuVersionCollection, id);
    }
    return doc._id;
  }

  /** Keeps what is about to be replaced, unless it is a version already. */
  async function keepFound(menus: readonly LiveMenu[]): Promise<void> {
    if (menus.length === 0) return;
    const known = new Set((await counting()).map(({ digest }) => digest));
    for (const menu of menus) if (!known.has(digestOf(menu))) await keep(menu);
  }

  /** The newest first. */
  async function list(limit: number, live: LiveMenus): Promise<readonly MenuVersion[]> {
    const docs = (await counting()).slice(0, limit);
    const isLive = liveAmong(docs, live);
    return docs.map((doc) => shown(doc, isLive(doc)));
  }

  /** @throws AppError `not_found` */
  async function get(id: string, live: LiveMenus): Promise<ComparedVersion> {
    const found = await store.get(menuVersionCollection, id);
    if (!found) throw new AppError('not_found', 'There is no such version of a menu.');
    const isLive = liveAmong(await counting(), live);
    const version = shown(found.doc, isLive(found.doc));
    const { menu } = version;
    const now = menu.matchrule
      ? live.conditional.find((each) => isSameRule(each, menu))
      : live.menu;
    return { ...version, diff: diff(now?.button ?? [], menu.button) };
  }

  /**
   * The newest first. Documents that somebody has forged count for nothing and are passed over: they take
   * the place of no version, and none is removed because of them.
   */
  async function counting(): Promise<readonly MenuVersionDocument[]> {
    const docs: MenuVersionDocument[] = [];
    for (let skip = 0; ; skip += PAGE) {
      const page = await store.query(menuVersionCollection, {
        filter: 'all',
        order: [{ field: '_id', direction: 'desc' }],
        limit: PAGE,
        skip,
      });
      docs.push(...page.map(({ doc }) => doc));
      if (page.length === PAGE) continue;
      if ((await store.count(menuVersionCollection, 'all')) <= skip + PAGE) return docs;
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

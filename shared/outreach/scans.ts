import { createHash } from 'node:crypto';
import { chinaDay, startOfChinaDay } from '../kernel/china-time.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Store } from '../store/store.ts';
import { qrcodeCollection } from './qrcode-document.ts';
import { KEPT_SCAN_DAYS, type ScanDocument, scanCollection } from './scan-document.ts';

/** How long an instance believes what it has found out about codes. */
const BELIEVED_MS = 60_000;
/** An account may make a code for each visit: what an instance remembers of them is bounded. */
const MAX_REMEMBERED = 1_000;
const PAGE = 1_000;
/** A thousand codes that are scanned on each of 30 days; reading more would take minutes. */
const MAX_READ = 30_000;

export interface ScanCounterOptions {
  readonly store: Pick<Store, 'query' | 'increment'>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Counts scans of the codes that were made here, by scene and day. Other scenes are not counted: systems
 * that make a code for each visitor would fill the database. An account without codes costs one query
 * in a minute, and only when somebody scans; a scene one in a minute, and a write for each scan.
 */
export function createScanCounter({ store, clock }: ScanCounterOptions) {
  const answers = new Map<string, { readonly isThere: boolean; readonly until: number }>();
  return { count };

  async function count(scene: string, at: number, isFollow: boolean): Promise<void> {
    if (!((await isThere('')) && (await isThere(scene)))) return;
    const day = chinaDay(at);
    const initial: ScanDocument = {
      _id: `${day}-${createHash('sha256').update(scene).digest('base64url')}`,
      ...{ scene, day, scans: 0, follows: 0 },
      removeAt: new Date(startOfChinaDay(day + KEPT_SCAN_DAYS)),
    };
    await store.increment(scanCollection, initial, { scans: 1, follows: isFollow ? 1 : 0 });
  }

  /** Whether a code of this scene was made here; of '' whether any was. */
  async function isThere(scene: string): Promise<boolean> {
    const now = clock.now();
    const known = answers.get(scene);
    if (known && now < known.until) return known.isThere;
    const filter = scene === '' ? 'all' : { scene: { eq: scene } };
    const found = await store.query(qrcodeCollection, { filter, limit: 1 });
    const answer = { isThere: found.length > 0, until: now + BELIEVED_MS };
    if (answers.size >= MAX_REMEMBERED) answers.clear();
    answers.set(scene, answer);
    return answer.isThere;
  }
}

/** What was counted on each day of a scene. */
export type ScansByScene = ReadonlyMap<string, ReadonlyMap<number, ScanDocument>>;

/** Reads what was counted on a day in China and later. @throws AppError `invalid` if that is too much */
export async function readScans(store: Pick<Store, 'query'>, from: number): Promise<ScansByScene> {
  const scenes = new Map<string, Map<number, ScanDocument>>();
  for (let skip = 0; ; skip += PAGE) {
    if (skip >= MAX_READ) {
      throw new AppError('invalid', `More than ${MAX_READ} numbers of scans: ask for fewer days.`);
    }
    const page = await store.query(scanCollection, {
      filter: { day: { gte: from } },
      order: [{ field: 'day', direction: 'asc' }],
      ...{ limit: PAGE, skip },
    });
    for (const { doc } of page) {
      const days = scenes.get(doc.scene) ?? new Map<number, ScanDocument>();
      scenes.set(doc.scene, days.set(doc.day, doc));
    }
    if (page.length < PAGE) return scenes;
  }
}

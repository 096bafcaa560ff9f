import { createHash } from 'node:crypto';
import { chinaDate, startOfChinaDay } from '../kernel/china-time.ts';
import type { Clock } from '../kernel/clock.ts';
import { present } from '../kernel/present.ts';
import type { Store } from '../store/store.ts';
import type { QrcodeRequest, QrcodeResponse } from '../wechat/catalogue/qrcode.ts';
import type { Api } from '../wechat/client/index.ts';
import { type QrcodeDoc, qrcodeCollection } from './qrcode-document.ts';
import type { NewQrcode } from './requests.ts';
import { readScans } from './scans.ts';

const DAY_SECONDS = 86_400;
/** So many scenes are told of by day: an answer has 6 MB at most. */
const MAX_SCENES = 500;
const PICTURE = 'https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=';

/** A QR code with a scene, for people and programs. */
export interface Qrcode {
  readonly scene: string;
  /** Of a permanent code there is none. */
  readonly expiresAt?: string;
  readonly createdAt: string;
  readonly note?: string;
  /** What the picture encodes, for a picture of your own. */
  readonly url: string;
  /** WeChat's picture. */
  readonly picture: string;
  readonly ticket: string;
}

/** How many of those who follow the account came by the codes of a scene. */
export interface QrcodeStat {
  readonly scene: string;
  readonly followers: number;
  readonly note?: string;
}

/** What became of the codes of each scene, day by day in Beijing. */
export interface QrcodeDays {
  /** `YYYY-MM-DD`, the oldest first. */
  readonly days: readonly string[];
  /** The most scanned first. Each list has one number a day. */
  readonly scenes: readonly QrcodeDaysOfScene[];
  /** How many more scenes there are, which brought fewer. */
  readonly left: number;
}

export interface QrcodeDaysOfScene {
  readonly scene: string;
  readonly note?: string;
  /** Of followers, and of those who began to follow by it. Only codes that were made here are counted. */
  readonly scans: readonly number[];
  /** Who began to follow by it. */
  readonly follows: readonly number[];
  /** Who began to follow by it then, and follows now. */
  readonly stay: readonly number[];
}

/** How many began to follow on each day in China, by scene. */
type FollowsByScene = ReadonlyMap<string, ReadonlyMap<number, number>>;

export interface QrcodesOptions {
  readonly api: Pick<Api, 'qrcode'>;
  readonly store: Store;
  readonly clock: Clock;
}

/** The account's QR codes. Whoever scans one tells the account its scene. */
export function createQrcodes({ api, store, clock }: QrcodesOptions) {
  return { create, list, stats, byDay };

  /** Makes a code, and writes it down: WeChat itself has no list. */
  async function create(wanted: NewQrcode): Promise<Qrcode> {
    const createdAt = new Date(clock.now());
    const made = await api.qrcode.create(requestOf(wanted));
    const doc: QrcodeDoc = {
      _id: createHash('sha256').update(made.ticket).digest('base64url'),
      scene: String(wanted.scene),
      ticket: made.ticket,
      url: made.url,
      createdAt,
      ...present({ note: wanted.note, removeAt: endOf(made, createdAt) }),
    };
    // The same permanent code comes back for the same scene, and is in the list already.
    const isNew = await store.create(qrcodeCollection, doc);
    if (!isNew && wanted.note !== undefined) await rename(doc._id, wanted.note);
    return shown(doc);
  }

  async function rename(id: string, note: string): Promise<void> {
    for (;;) {
      const found = await store.get(qrcodeCollection, id);
      if (!found || found.doc.note === note) return;
      if (await store.patchIf(qrcodeCollection, id, { note }, found.rev)) return;
    }
  }

  /** The codes that can still be scanned, the newest first. */
  async function list(limit: number): Promise<readonly Qrcode[]> {
    return (await docs(limit)).map(shown);
  }

  /** The scenes with their followers, the most first; scenes of codes that nobody came by, too. */
  async function stats(countByScene: ReadonlyMap<string, number>): Promise<readonly QrcodeStat[]> {
    const known = new Map((await docs(1_000)).map(({ scene, note }) => [scene, note]));
    return [...new Set([...known.keys(), ...countByScene.keys()])]
      .map((scene) => ({
        scene,
        followers: countByScene.get(scene) ?? 0,
        ...present({ note: known.get(scene) }),
      }))
      .sort((a, b) => b.followers - a.followers || (a.scene < b.scene ? -1 : 1));
  }

  /**
   * The same by day.
   *
   * @param staying who began to follow on which day and follows now
   */
  async function byDay(days: readonly number[], staying: FollowsByScene): Promise<QrcodeDays> {
    const counted = await readScans(store, days[0] ?? 0);
    const totals = new Map([...staying].map(([scene, counts]) => [scene, sumOf(counts.values())]));
    for (const scene of counted.keys()) totals.set(scene, totals.get(scene) ?? 0);
    const all = (await stats(totals)).map(({ scene, note }): QrcodeDaysOfScene => {
      const stay = days.map((day) => staying.get(scene)?.get(day) ?? 0);
      const of = (what: 'scans' | 'follows') =>
        // Who follows was counted before scans were, and by codes that were made elsewhere too.
        days.map((day, at) => Math.max(counted.get(scene)?.get(day)?.[what] ?? 0, stay[at] ?? 0));
      return { scene, ...present({ note }), scans: of('scans'), follows: of('follows'), stay };
    });
    all.sort((a, b) => sumOf(b.scans) - sumOf(a.scans));
    return {
      days: days.map((day) => chinaDate(startOfChinaDay(day))),
      scenes: all.slice(0, MAX_SCENES),
      left: Math.max(0, all.length - MAX_SCENES),
    };
  }

  async function docs(limit: number): Promise<readonly QrcodeDoc[]> {
    const found = await store.query(qrcodeCollection, {
      filter: 'all',
      order: [{ field: 'createdAt', direction: 'desc' }],
      limit,
    });
    // The worker removes what has ended, a little later.
    return found
      .map(({ doc }) => doc)
      .filter(({ removeAt }) => removeAt === undefined || removeAt.getTime() > clock.now());
  }
}

export type Qrcodes = ReturnType<typeof createQrcodes>;

function sumOf(values: Iterable<number>): number {
  return [...values].reduce((sum, each) => sum + each, 0);
}

function requestOf({ scene, permanent, days }: NewQrcode): QrcodeRequest {
  const expire_seconds = days * DAY_SECONDS;
  if (typeof scene === 'number') {
    const action_info = { scene: { scene_id: scene } };
    return permanent
      ? { action_name: 'QR_LIMIT_SCENE', action_info }
      : { action_name: 'QR_SCENE', action_info, expire_seconds };
  }
  const action_info = { scene: { scene_str: scene } };
  return permanent
    ? { action_name: 'QR_LIMIT_STR_SCENE', action_info }
    : { action_name: 'QR_STR_SCENE', action_info, expire_seconds };
}

function endOf({ expire_seconds: seconds }: QrcodeResponse, createdAt: Date): Date | undefined {
  return seconds === undefined ? undefined : new Date(createdAt.getTime() + seconds * 1_000);
}

function shown({ scene, note, createdAt, removeAt, url, ticket }: QrcodeDoc): Qrcode {
  return {
    scene,
    ...present({ expiresAt: removeAt?.toISOString() }),
    createdAt: createdAt.toISOString(),
    ...present({ note }),
    url,
    picture: PICTURE + encodeURIComponent(ticket),
    ticket,
  };
}

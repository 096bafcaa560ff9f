import type { SubscribeScene } from '../../../../shared/wechat/catalogue/user.ts';
import type { Switches } from '../options.ts';
import type { Storage } from './storage.ts';

const HOUR_MS = 3_600_000;

/** `YYYY-MM-DD`, and the hour of that day. */
export interface Moment {
  readonly date: string;
  readonly hour: number;
}

/** How one follower's messages of one type were spread over the hours. */
export interface MessageCount extends Moment {
  readonly openid: string;
  readonly type: string;
  count: number;
}

export interface CallbackCount extends Moment {
  count: number;
  failed: number;
  totalMs: number;
  maxMs: number;
}

interface FigureState {
  growth: Record<string, Record<string, { new: number; cancelled: number }>>;
  messages: Record<string, MessageCount>;
  callbacks: Record<string, CallbackCount>;
  /** Rows set by hand, by report. */
  rows: Record<string, Record<string, unknown>[]>;
}

/** `user_source` of a report by the way somebody came. */
const sources: Partial<Record<SubscribeScene, number>> = {
  ADD_SCENE_SEARCH: 1,
  ADD_SCENE_PROFILE_CARD: 17,
  ADD_SCENE_QR_CODE: 30,
  ADD_SCENE_PAID: 51,
  ADD_SCENE_REPRINT: 57,
};
const OTHER_SOURCE = 0;

/** What WeChat counts for its reports, by the day of the account. */
export function createFigures(
  storage: Storage,
  { now, switches }: { readonly now: () => number; readonly switches: Switches },
) {
  const section = storage.section<FigureState>('figures', () => ({
    growth: {},
    messages: {},
    callbacks: {},
    rows: {},
  }));

  return {
    /** `atMs` for somebody who came at another time than now. */
    countFollow(scene: SubscribeScene = 'ADD_SCENE_SEARCH', atMs = now()): void {
      growthOf(momentOf(atMs).date, sources[scene] ?? OTHER_SOURCE, (each) => {
        each.new += 1;
      });
    },
    countUnfollow(): void {
      growthOf(momentOf(now()).date, OTHER_SOURCE, (each) => {
        each.cancelled += 1;
      });
    },
    countMessage(openid: string, type: string): void {
      const moment = momentOf(now());
      section.update(({ messages }) => {
        const key = `${moment.date} ${moment.hour} ${type} ${openid}`;
        messages[key] ??= { ...moment, openid, type, count: 0 };
        messages[key].count += 1;
      });
    },
    countCallback({ isGood, tookMs }: { isGood: boolean; tookMs: number }): void {
      const moment = momentOf(now());
      section.update(({ callbacks }) => {
        const key = `${moment.date} ${moment.hour}`;
        callbacks[key] ??= { ...moment, count: 0, failed: 0, totalMs: 0, maxMs: 0 };
        const counted = callbacks[key];
        counted.count += 1;
        counted.failed += isGood ? 0 : 1;
        counted.totalMs += tookMs;
        counted.maxMs = Math.max(counted.maxMs, tookMs);
      });
    },

    /** By day, then by source. */
    growth: () => section.read().growth,
    messages: (): readonly MessageCount[] => Object.values(section.read().messages),
    callbacks: (): readonly CallbackCount[] => Object.values(section.read().callbacks),

    setRows(report: string, rows: readonly Record<string, unknown>[]): void {
      section.update((state) => {
        state.rows[report] = [...rows];
      });
    },
    rows: (report: string): readonly Record<string, unknown>[] => section.read().rows[report] ?? [],

    now: () => momentOf(now()),
  };

  function growthOf(
    date: string,
    source: number,
    change: (each: { new: number; cancelled: number }) => void,
  ): void {
    section.update(({ growth }) => {
      growth[date] ??= {};
      growth[date][source] ??= { new: 0, cancelled: 0 };
      change(growth[date][source]);
    });
  }

  function momentOf(ms: number): Moment {
    const local = new Date(ms + switches.dayUtcOffsetHours * HOUR_MS);
    return { date: local.toISOString().slice(0, 10), hour: local.getUTCHours() };
  }
}

export type Figures = ReturnType<typeof createFigures>;

import type { EventMessage } from '../push/messages.ts';

/** Who sends the events about jobs: no follower, but an assistant of WeChat's. */
export const HELPER_OPENID = 'mphelper';

const MAX_ANNOUNCEMENTS = 200;

/** Pushes one event to the callback. It should not reject for a bad answer. */
export type PushEvent = (event: EventMessage) => Promise<unknown>;

export interface Announcement {
  /** Milliseconds since the epoch, by the emulated clock. */
  readonly at: number;
  readonly event: EventMessage;
  /** `unheard` when there is nobody to push to. */
  readonly outcome: 'under way' | 'pushed' | 'unheard' | 'failed';
  /** Why it failed. */
  readonly problem?: string;
}

/** The events that WeChat has sent of itself, and what became of them; in memory. */
export function createAnnouncements(now: () => number, pushEvent: PushEvent | undefined) {
  let list: Announcement[] = [];

  return {
    /** Never rejects: WeChat goes on whatever becomes of an event. */
    async announce(event: EventMessage): Promise<void> {
      const entry: Announcement = {
        at: now(),
        event,
        outcome: pushEvent ? 'under way' : 'unheard',
      };
      list = [...list.slice(1 - MAX_ANNOUNCEMENTS), entry];
      if (!pushEvent) return;
      const end = await pushEvent(event).then(
        () => ({ outcome: 'pushed' }) as const,
        (error: unknown) => ({ outcome: 'failed', problem: String(error) }) as const,
      );
      list = list.map((each) => (each === entry ? { ...entry, ...end } : each));
    },
    list: (): readonly Announcement[] => list,
    clear(): void {
      list = [];
    },
  };
}

export type Announcements = ReturnType<typeof createAnnouncements>;

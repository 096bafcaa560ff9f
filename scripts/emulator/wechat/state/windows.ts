import type { Switches } from '../options.ts';
import type { Storage } from './storage.ts';

/**
 * How many custom messages a follower's action allows, and for how long.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Service_Center_messages.html
 */
export const allowances = {
  message: { messages: 5, lifeMs: 48 * 3_600_000 },
  click: { messages: 3, lifeMs: 60_000 },
  follow: { messages: 3, lifeMs: 60_000 },
  scan: { messages: 3, lifeMs: 60_000 },
} as const;

export type Action = keyof typeof allowances;

interface Window {
  left: number;
  /** Milliseconds since the epoch. */
  until: number;
}

/** The windows in which the account may write to a follower of its own accord. */
export function createWindows(
  storage: Storage,
  { now, switches }: { readonly now: () => number; readonly switches: Switches },
) {
  const section = storage.section<Record<string, Partial<Record<Action, Window>>>>(
    'windows',
    () => ({}),
  );
  const open = (openid: string) =>
    Object.values(section.read()[openid] ?? {})
      .filter(({ until }) => now() < until)
      .sort((a, b) => a.until - b.until);

  return {
    open(openid: string, action: Action): void {
      const { messages, lifeMs } = allowances[action];
      section.update((state) => {
        state[openid] ??= {};
        const before = state[openid][action];
        const isAdded = switches.customAllowance === 'accumulated' && before;
        const kept = isAdded && now() < before.until ? before.left : 0;
        state[openid][action] = { left: kept + messages, until: now() + lifeMs };
      });
    },

    /** Takes one message out of the window that ends first, if there is one to take. */
    take(openid: string): 'taken' | 'closed' | 'used up' {
      const windows = open(openid);
      if (windows.length === 0) return 'closed';
      const window = windows.find(({ left }) => left > 0);
      if (!window) return 'used up';
      section.update(() => {
        window.left -= 1;
      });
      return 'taken';
    },

    close(openid: string): void {
      section.update((state) => {
        delete state[openid];
      });
    },

    /** What may still be sent, by window. */
    list: (openid: string) => section.read()[openid] ?? {},
  };
}

export type Windows = ReturnType<typeof createWindows>;

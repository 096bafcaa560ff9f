import type { Storage } from './storage.ts';

const FOREVER = -1;

/** How many notices of which template each follower has agreed to. */
export function createSubscriptions(storage: Storage) {
  const section = storage.section<Record<string, number>>('subscriptions', () => ({}));
  const keyOf = (openid: string, templateId: string) => `${openid} ${templateId}`;

  return {
    /** One more. */
    allow(openid: string, templateId: string): void {
      section.update((state) => {
        const key = keyOf(openid, templateId);
        const before = state[key] ?? 0;
        state[key] = before === FOREVER ? FOREVER : before + 1;
      });
    },
    /** As with a long-term template. */
    allowForever(openid: string, templateId: string): void {
      section.update((state) => {
        state[keyOf(openid, templateId)] = FOREVER;
      });
    },
    forbid(openid: string, templateId: string): void {
      section.update((state) => {
        delete state[keyOf(openid, templateId)];
      });
    },
    /** Uses one up; `false` if there is none. */
    take(openid: string, templateId: string): boolean {
      return section.update((state) => {
        const key = keyOf(openid, templateId);
        const left = state[key] ?? 0;
        if (left === 0) return false;
        if (left !== FOREVER) state[key] = left - 1;
        return true;
      });
    },
  };
}

export type Subscriptions = ReturnType<typeof createSubscriptions>;

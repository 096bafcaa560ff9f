import type { Storage } from './storage.ts';

const MAX_MESSAGES = 10_000;

/** A message that reached a follower. */
export interface SentMessage {
  readonly id: number;
  readonly openid: string;
  /** Milliseconds since the epoch, by the emulated clock. */
  readonly at: number;
  readonly kind: 'custom' | 'template' | 'subscribe' | 'once' | 'medical';
  /** The request as the account wrote it. */
  readonly message: Readonly<Record<string, unknown>>;
  /** What the follower reads, for a template or subscribe message. */
  readonly text?: string;
}

/** What followers were sent, except mass sends and passive replies. */
export function createSent(
  storage: Storage,
  options: { readonly now: () => number; readonly onSend: (message: SentMessage) => void },
) {
  const section = storage.section<{ lastId: number; messages: SentMessage[] }>('sent', () => ({
    lastId: 0,
    messages: [],
  }));
  return {
    add(message: Omit<SentMessage, 'id' | 'at'>): SentMessage {
      const sent = section.update((state) => {
        state.lastId += 1;
        const fresh = { id: state.lastId, at: options.now(), ...message };
        state.messages.push(fresh);
        if (state.messages.length > MAX_MESSAGES) state.messages.shift();
        return fresh;
      });
      options.onSend(sent);
      return sent;
    },
    list: (): readonly SentMessage[] => section.read().messages,
    to: (openid: string): readonly SentMessage[] =>
      section.read().messages.filter((each) => each.openid === openid),
    clear(): void {
      section.update((state) => {
        state.messages = [];
      });
    },
  };
}

export type Sent = ReturnType<typeof createSent>;

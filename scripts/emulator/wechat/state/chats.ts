import type { ChatRecord } from '../../../../shared/wechat/catalogue/customer-service.ts';
import type { Storage } from './storage.ts';

const MAX_RECORDS = 20_000;
/** How long 正在输入 is shown. */
const TYPING_MS = 15_000;
const TYPING_NEEDS_EXCHANGE_MS = 30_000;

export const FROM_AGENT = 2002;
export const FROM_FOLLOWER = 2003;

interface ChatState {
  lastId: number;
  records: (ChatRecord & { readonly msgid: number })[];
  /** When a message last went to or came from them, in milliseconds since the epoch. */
  exchangedAt: Record<string, number>;
  typingUntil: Record<string, number>;
}

/** What followers and agents have said to each other. */
export function createChats(storage: Storage, now: () => number) {
  const section = storage.section<ChatState>('chats', () => ({
    lastId: 1,
    records: [],
    exchangedAt: {},
    typingUntil: {},
  }));

  return {
    add(record: Omit<ChatRecord, 'time'>): void {
      section.update((state) => {
        state.lastId += 1;
        state.records.push({
          ...record,
          time: Math.floor(now() / 1_000),
          msgid: state.lastId,
        });
        if (state.records.length > MAX_RECORDS) state.records.shift();
        state.exchangedAt[record.openid] = now();
        if (record.opercode === FROM_AGENT) delete state.typingUntil[record.openid];
      });
    },

    /** Those after the record `msgid`, both times in seconds and included. */
    between: (start: number, end: number, msgid: number) =>
      section
        .read()
        .records.filter((each) => each.time >= start && each.time <= end && each.msgid > msgid),

    mayType: (openid: string) =>
      now() - (section.read().exchangedAt[openid] ?? Number.NEGATIVE_INFINITY) <=
      TYPING_NEEDS_EXCHANGE_MS,
    isTyping: (openid: string) => now() < (section.read().typingUntil[openid] ?? 0),
    setTyping(openid: string, isTyping: boolean): void {
      section.update(({ typingUntil }) => {
        if (isTyping) typingUntil[openid] = now() + TYPING_MS;
        else delete typingUntil[openid];
      });
    },
  };
}

export type Chats = ReturnType<typeof createChats>;

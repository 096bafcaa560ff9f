import type { Switches } from '../options.ts';
import type { EventMessage } from '../push/messages.ts';
import type { Agenda } from './agenda.ts';
import type { FollowerBook } from './followers.ts';
import type { Storage } from './storage.ts';

const DEDUPLICATION_MS = 600_000;
const MAX_NOTICES = 10_000;

/** A template or subscribe message that was accepted. */
export interface Notice {
  readonly msgid: number;
  readonly kind: 'template' | 'subscribe';
  readonly openid: string;
  readonly templateId: string;
  readonly title: string;
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly clientMsgId?: string;
  /** WeChat held it back. */
  isBlocked?: boolean;
}

/** What was accepted, and the events that tell what became of it. */
export function createNotices(
  storage: Storage,
  {
    now,
    agenda,
    followers,
    switches,
  }: {
    readonly now: () => number;
    readonly agenda: Agenda;
    readonly followers: FollowerBook;
    readonly switches: Switches;
  },
) {
  const section = storage.section<{ lastId: number; notices: Notice[] }>('notices', () => ({
    lastId: 2_000_000_000_000,
    notices: [],
  }));
  const find = (msgid: number) => section.read().notices.find((each) => each.msgid === msgid);
  agenda.handle('template', (msgid) => templateEvent(Number(msgid)));
  agenda.handle('subscribe', (msgid) => subscribeEvent(Number(msgid)));

  return {
    add(notice: Omit<Notice, 'msgid' | 'at'>): Notice {
      const added = section.update((state) => {
        state.lastId += 1;
        const fresh = { msgid: state.lastId, at: now(), ...notice };
        state.notices = [...state.notices.slice(1 - MAX_NOTICES), fresh];
        return fresh;
      });
      agenda.plan(notice.kind, String(added.msgid), switches.noticeTakesMs);
      return added;
    },
    /** What the same `client_msg_id` brought the same follower in the last ten minutes. */
    repeated: (openid: string, clientMsgId: string): Notice | undefined =>
      section
        .read()
        .notices.find(
          (each) =>
            each.openid === openid &&
            each.clientMsgId === clientMsgId &&
            now() - each.at < DEDUPLICATION_MS,
        ),
    /** `false` for a message that there is not. */
    block(msgid: number): boolean {
      return section.update(() => {
        const notice = find(msgid);
        if (notice) notice.isBlocked = true;
        return notice !== undefined;
      });
    },
    blocked: (): readonly Notice[] => section.read().notices.filter(({ isBlocked }) => isBlocked),
  };

  function templateEvent(msgid: number): EventMessage | undefined {
    const notice = find(msgid);
    if (!notice) return undefined;
    const { openid } = notice;
    const status = isRefused(openid) ? 'failed:user block' : 'success';
    return { openid, type: 'event', Event: 'TEMPLATESENDJOBFINISH', MsgID: msgid, Status: status };
  }

  function subscribeEvent(msgid: number): EventMessage | undefined {
    const notice = find(msgid);
    if (!notice) return undefined;
    const { openid, templateId } = notice;
    const outcome = isRefused(openid)
      ? { ErrorCode: 43101, ErrorStatus: 'user refuse to accept the msg' }
      : { ErrorCode: 0, ErrorStatus: 'success' };
    const item = { TemplateId: templateId, MsgID: String(msgid), ...outcome };
    return {
      openid,
      type: 'event',
      Event: 'subscribe_msg_sent_event',
      SubscribeMsgSentEvent: { List: [item] },
    };
  }

  function isRefused(openid: string): boolean {
    return followers.record(openid)?.refusesMessages ?? false;
  }
}

export type Notices = ReturnType<typeof createNotices>;

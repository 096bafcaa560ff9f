import type { ServedRequest } from '../cloudbase/index.ts';
import type { InvocationRecord, LogLine } from '../scf/invocation.ts';
import type { Delivery } from '../wechat/push/deliver.ts';
import type { PushMessage } from '../wechat/push/messages.ts';
import type { Push, PushResult } from '../wechat/push/push.ts';
import { HELPER_OPENID } from '../wechat/state/announcements.ts';
import type { RecordedCall } from '../wechat/state/calls.ts';
import type { SentMessage } from '../wechat/state/sent.ts';
import type { Bubble, ChatEntry, Via } from './bubble.ts';
import { bubbleOfPush } from './bubble-of-push.ts';
import { bubbleOfReply } from './bubble-of-reply.ts';
import { bubbleOfSent } from './bubble-of-sent.ts';
import { type Conversations, createConversations } from './conversations.ts';
import { Failures } from './failures.ts';
import { followerOf } from './follower-of-push.ts';
import { createHub, type Hub } from './hub.ts';
import { createLogs, type Logs } from './logs.ts';
import { createMediaShelf, type MediaShelf } from './media.ts';
import { createSteps, type Steps, stepOfCall, stepOfStore } from './steps.ts';
import { createTraffic, requestIdsOf, type Traffic } from './traffic.ts';

/** What the emulators tell the simulator. It only listens: nothing here changes what they do. */
export interface Book {
  readonly hub: Hub;
  readonly conversations: Conversations;
  readonly traffic: Traffic;
  readonly logs: Logs;
  /** What the functions have asked of others, by invocation. */
  readonly steps: Steps;
  readonly shelf: MediaShelf;
  /** The same pushes, and what becomes of each is written down. */
  watch(push: Push): Push;
  noteDelivery(said: PushMessage, delivery: Delivery): void;
  noteSent(sent: SentMessage): void;
  noteCall(call: RecordedCall): void;
  noteLog(line: LogLine): void;
  noteInvocation(record: InvocationRecord): void;
  noteStored(request: ServedRequest): void;
  /** The last invocation of each function, by its name. */
  lastInvocations(): ReadonlyMap<string, InvocationRecord>;
  /** Until when each follower sees 正在输入. */
  typingUntil(openid: string): number;
  /** Something that reached one follower without a push. */
  show(openid: string, via: Via, bubble: Bubble, source?: unknown): ChatEntry;
}

export interface BookOptions {
  /** Emulated. */
  readonly now: () => number;
  /** Without it nothing outlives the process. */
  readonly stateDir?: string;
  /** WeChat, in process. */
  readonly fetch: typeof globalThis.fetch;
  /** The key of the message that a customer-service message answers, if the functions know. */
  readonly answered?: (sent: SentMessage) => Promise<string | undefined>;
  /** The invocation of a function that has a connection from this port. */
  readonly requestOf?: (port: number) => string | undefined;
}

const TYPING_MS = 15_000;
const MOST_ANSWERED = 500;

export function createBook(options: BookOptions): Book {
  const { now, stateDir, fetch, answered: answeredBy } = options;
  const hub = createHub();
  const conversations = createConversations(stateDir, hub.emit);
  const traffic = createTraffic(hub.emit, Date.now());
  const logs = createLogs(hub.emit);
  const shelf = createMediaShelf(fetch);
  const steps = createSteps(options.requestOf ?? (() => undefined));
  const failures = new Failures();
  /** Pushes that have ended, by WeChat's id of the message. */
  const answered = new Map<string, ChatEntry>();
  const underWay = new WeakMap<PushMessage, number>();
  const invocations = new Map<string, InvocationRecord>();
  const typing = new Map<string, number>();
  /** What the call that is being answered has sent; the call itself is told of right after. */
  let sentByCall: Promise<ChatEntry | undefined>[] = [];

  return {
    hub,
    conversations,
    traffic,
    logs,
    steps,
    shelf,
    watch: (push) => ({ ...push, send: (said) => send(push, said) }),
    noteDelivery(said, delivery) {
      const id = underWay.get(said);
      if (id !== undefined) traffic.noteDelivery(id, delivery);
    },
    noteSent(sent) {
      sentByCall.push(showSent(sent));
    },
    noteCall(call) {
      const trafficId = traffic.noteCall(call);
      steps.note(stepOfCall(call, trafficId), call.clientPort);
      for (const shown of sentByCall) {
        void shown.then((entry) => entry && conversations.change(entry.id, { trafficId }));
      }
      sentByCall = [];
      if (call.endpoint === 'customerService.setTyping' && call.errcode === 0) noteTyping(call);
    },
    noteLog(line) {
      logs.note(line, now());
      const { messageId } = failures.note(line) ?? {};
      const entry = messageId === undefined ? undefined : answered.get(messageId);
      if (entry) showFailures(entry, messageId, []);
    },
    noteInvocation: (record) => void invocations.set(record.function, record),
    noteStored: (request) => steps.note(stepOfStore(request, now()), request.clientPort),
    lastInvocations: () => invocations,
    typingUntil: (openid) => typing.get(openid) ?? 0,
    show,
  };

  async function send(push: Push, said: PushMessage): Promise<PushResult> {
    // A copy: the same message sent twice is two rows.
    const message = { ...said };
    const at = now();
    const trafficId = traffic.beginPush(message, at);
    underWay.set(message, trafficId);
    const entry = await begin(message, at, trafficId);
    const result = await push.send(message);
    traffic.endPush(trafficId, result);
    if (entry) {
      await end(entry, result);
      noteEnd(entry, result);
    }
    return result;
  }

  /** The follower's part of the chat; nothing for events that no follower causes. */
  async function begin(message: PushMessage, at: number, trafficId: number) {
    const openid = followerOf(message);
    if (openid === HELPER_OPENID || isNews(message)) return undefined;
    conversations.addPhone({ openid, name: openid.replace(/^o(?=[A-Z])/, '') });
    if (!conversations.hasPhone(openid)) return undefined;
    const isEvent = message.type === 'event';
    return conversations.add({
      openid,
      at,
      from: isEvent ? 'wechat' : 'follower',
      via: 'push',
      bubble: await bubbleOfPush(message, shelf),
      state: 'sending',
      trafficId,
    });
  }

  async function end({ id, openid, trafficId }: ChatEntry, result: PushResult): Promise<void> {
    const { outcome } = result;
    const isFault = outcome.kind === 'fault';
    conversations.change(id, { state: isFault ? 'failed' : 'done', source: result.message });
    const common = {
      openid,
      at: now(),
      via: 'reply',
      ...(trafficId ? { trafficId } : {}),
    } as const;
    if (outcome.kind === 'reply') {
      const { reply } = outcome;
      const bubble = await bubbleOfReply(reply, shelf);
      typing.delete(openid);
      conversations.add({
        ...common,
        from: bubble.type === 'tip' ? 'wechat' : 'account',
        bubble,
        source: reply,
      });
    }
    if (isFault) {
      const bubble = { type: 'tip', tip: 'fault', text: outcome.text } as const;
      conversations.add({ ...common, from: 'wechat', bubble, reason: outcome.reason });
    }
  }

  /** A handler may fail before its push is answered, or in the worker long after. */
  function noteEnd(entry: ChatEntry, { message, deliveries }: PushResult): void {
    const messageId = /<MsgId>(\d+)</.exec(message)?.[1];
    if (messageId !== undefined) answered.set(messageId, entry);
    if (answered.size > MOST_ANSWERED) answered.delete(answered.keys().next().value ?? '');
    showFailures(entry, messageId, requestIdsOf(deliveries));
  }

  function showFailures(
    { openid, trafficId }: ChatEntry,
    messageId: string | undefined,
    requestIds: readonly string[],
  ): void {
    for (const { what, where } of failures.take(messageId, requestIds)) {
      const bubble = { type: 'tip', tip: 'error', text: what } as const;
      const shown = {
        openid,
        at: now(),
        from: 'wechat',
        via: 'push',
        bubble,
        reason: where,
      } as const;
      conversations.add({ ...shown, ...(trafficId === undefined ? {} : { trafficId }) });
      if (trafficId !== undefined) traffic.noteFailure(trafficId, what);
    }
  }

  async function showSent(sent: SentMessage): Promise<ChatEntry | undefined> {
    const { openid, kind, message } = sent;
    if (!conversations.hasPhone(openid)) return undefined;
    typing.delete(openid);
    const [bubble, answers] = await Promise.all([bubbleOfSent(sent, shelf), answeredBy?.(sent)]);
    const entry = show(openid, kind, bubble, message);
    if (answers !== undefined) conversations.change(entry.id, { answers });
    return entry;
  }

  function show(openid: string, via: Via, bubble: Bubble, source?: unknown): ChatEntry {
    const from = bubble.type === 'tip' ? 'wechat' : 'account';
    return conversations.add({ openid, at: now(), from, via, bubble, source });
  }

  function noteTyping({ body }: RecordedCall): void {
    const { touser = '', command } = JSON.parse(body) as { touser?: string; command?: string };
    typing.set(touser, command === 'Typing' ? now() + TYPING_MS : 0);
  }
}

/** Ends of notices come in the name of the follower, who has done nothing. */
function isNews(message: PushMessage): boolean {
  return message.type === 'event' && /FINISH$|^subscribe_msg_sent|^kf_/.test(message.Event);
}

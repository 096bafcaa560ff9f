import path from 'node:path';
import { inboxCollection } from '../../../shared/callback/inbox-document.ts';
import { readMessage } from '../../../shared/wechat/message/message.ts';
import { messageId } from '../../../shared/wechat/message/message-id.ts';
import { parsePush } from '../../../shared/wechat/push-body.ts';
import type { PushResult } from '../../emulator/wechat/push/push.ts';
import type { LocalStore } from '../../start/database/local-database.ts';
import { type Emulation, startEmulation } from '../../start/emulation.ts';
import { Journal } from './journal.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** A text that WeChat has taken for a follower. */
export interface Sent {
  readonly text: string;
  readonly at: number;
}

export interface Backend extends Emulation {
  readonly journal: Journal;
  /** What a follower was sent as customer-service messages. */
  readonly sentTo: (openid: string) => readonly Sent[];
  /** How many messages the session of a follower counts. */
  readonly countOf: (openid: string) => Promise<number>;
  /** Whether an instance has claimed a message: from then on it is handled, whichever instance dies. */
  readonly isClaimed: (pushed: Pick<PushResult, 'message'>) => Promise<boolean>;
}

/** The functions as they are deployed, with the account of the soak. */
export async function startBackend(options: {
  readonly instances: number;
  readonly store: LocalStore;
  readonly concurrency: number;
}): Promise<Backend> {
  const journal = new Journal();
  const sent = new Map<string, Sent[]>();
  const emulation = await startEmulation({
    root,
    account: path.join(import.meta.dirname, 'account.ts'),
    port: 0,
    mode: 'safe',
    timers: 'hand',
    maxInstances: options.instances,
    concurrency: options.concurrency,
    store: options.store,
    settings: { INBOX_WITHOUT_STORE: 'wait' },
    onLog: (line) => journal.read(line),
  });
  emulation.onSend(({ openid, message }) => {
    const { text } = message as { readonly text?: { readonly content: string } };
    if (!text) return;
    const one = { text: text.content, at: Date.now() };
    sent.set(openid, [...(sent.get(openid) ?? []), one]);
  });
  async function countOf(openid: string): Promise<number> {
    const url = `${emulation.urls.simulator}emulator/followers/${openid}/sessions`;
    const { sessions } = (await (await fetch(url)).json()) as {
      readonly sessions: readonly { readonly value: { readonly count: number } }[];
    };
    return sessions[0]?.value.count ?? 0;
  }
  async function isClaimed({ message }: Pick<PushResult, 'message'>): Promise<boolean> {
    const said = readMessage(await parsePush({ notation: 'xml', text: message }));
    const { shown } = emulation.database;
    return (await shown.document(inboxCollection.name, messageId(said))) !== undefined;
  }
  return {
    ...emulation,
    journal,
    sentTo: (openid) => sent.get(openid) ?? [],
    countOf,
    isClaimed,
  };
}

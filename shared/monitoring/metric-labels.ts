import { standings } from '../callback/inbox-entry.ts';
import { refusalReasons } from '../proxy/refusal.ts';
import { credentialKinds } from '../token/credential-kind.ts';
import { errcodeClasses } from '../wechat/errcode-class.ts';
import { events } from '../wechat/message/events.ts';
import { ordinaryMessages } from '../wechat/message/ordinary.ts';
import type { ReplyType } from '../wechat/reply.ts';

/** A record, so that the compiler asks for the row of a new type. */
const byReply: Readonly<Record<ReplyType | 'none', true>> = {
  none: true,
  text: true,
  image: true,
  voice: true,
  video: true,
  music: true,
  news: true,
  transfer_customer_service: true,
  transfer_biz_ai_ivr: true,
};

/** The kinds of jobs that metrics know; the worker's list does not compile with any other. */
export const jobKinds = [
  'message',
  'alert',
  'callback-addresses',
  'quota',
  'reconcile',
  'followers-sync',
  'followers-page',
  'followers-forget-tag',
  'follower-erase',
  'mass-send',
] as const;
export type CountedJob = (typeof jobKinds)[number];

/** Closed sets whose values come from fields of the log that take any string. */
export const labelSets: Readonly<
  Record<
    | 'message'
    | 'reply'
    | 'standing'
    | 'credential'
    | 'call'
    | 'proxyCall'
    | 'job'
    | 'boundCollection',
    readonly string[]
  >
> = {
  message: [...Object.keys(ordinaryMessages), ...Object.keys(events)],
  reply: Object.keys(byReply),
  standing: standings,
  credential: credentialKinds,
  call: ['ok', ...errcodeClasses, 'network', 'timeout', 'no_answer', 'bug'],
  proxyCall: ['passed', 'repeated', 'failed', ...refusalReasons],
  job: jobKinds,
  boundCollection: [
    ...['jobs', 'inbox', 'proxy-clients', 'callback_addresses'],
    ...['mass_sends', 'mass_send_slices', 'sessions'],
  ],
};

import type { ErrorCode } from './errors.ts';

/** Why the callback refuses a push. */
export const pushRefusals = [
  'missing parameter',
  'signature',
  'timestamp',
  'create time',
  'encrypted in plain mode',
  'plaintext',
  'msg_signature',
  'no key',
  'ciphertext',
  'address',
  'signed push',
  'source',
  'another account',
] as const;
export type PushRefusal = (typeof pushRefusals)[number];

/** The steps of handling a message for which the callback needs the store. */
export const inboxSteps = [
  'claim',
  'follow',
  'take over',
  'begin',
  'take turn',
  'leave line',
  'note sent',
  'save outcome',
  'settle',
  'hand over',
  'slow answer',
] as const;
export type InboxStep = (typeof inboxSteps)[number];

/**
 * Every event that our own code logs, with the reasons that it may give: `never` if it gives none,
 * `string` if the reasons are those of a room above or of the outside. Against this table the compiler
 * checks what is logged, what metrics count, and what alerts refer to. The lines of a bot author are
 * free text: see `AuthorLog`.
 */
export interface LogEvents {
  // An instance and its invocations
  'instance started': never;
  'memory measured': never;
  'invocation over': 'ok' | 'failed';
  'invocation refused': ErrorCode;
  'event is not an HTTP request': never;
  'request failed': never;
  'request turned away': 'too many' | 'ending';
  'promise rejected unheard': never;
  'server started': never;
  'server ending': string;
  'server ended': 'ok' | 'late';
  'tick done': never;
  'tick failed': never;
  done: never;
  failed: never;

  // The callback
  answered: never;
  'answered slowly': never;
  'answer withheld': never;
  'callback failed': never;
  'push refused': PushRefusal | `ciphertext: ${string}` | `source: ${string}`;
  'push malformed': string;
  'allow list not read': never;
  'allow list not applied': string;
  /** The reason is the collection. */
  'document refused': string;
  'documents adopted': string;
  'documents discarded': string;
  audited: never;
  'audit trail not written': never;
  'menu version not kept': never;
  'material name failed': 'keep' | 'forget' | 'read';
  'address refused': string;
  'deferred handler failed': never;
  'handler failed': never;
  'handler was too slow': never;
  'reply after the deadline was dropped': never;
  'typing sign not shown': never;
  'event not noted': never;
  'inbox unavailable': InboxStep;
  'answer kept to be asked for': never;
  'kept answers unknown': never;
  'right to send not noted': never;
  'right to send unknown': never;
  'slow answer brought': never;
  'slow answer promised': 'noted' | 'not noted';
  'slow handler goes on': never;
  'message deferred': never;
  'message given up': string;
  'message handled here': 'store unavailable';
  'message held': 'store unavailable';
  'message ignored': 'flood';
  'message left to the sweep': never;
  'message lost': 'store unavailable';
  'message taken over': 'its instance died';
  'message unreadable': never;
  /** The reason is the name of the session. */
  'session reset': string;
  'turn awaited': 'taken' | 'left to the worker';

  // The token
  'asking WeChat': never;
  'stored token not readable': never;
  'token not renewed': never;
  'token not renewed here': 'none' | 'file' | 'header' | 'document';
  'token not stored': string;
  'token refresh forced': never;
  'token renewed': never;
  'waiting for another instance': never;

  // The WeChat API
  'wechat called': string;
  'wechat call repeated': string;
  'quota read': never;
  'quota unknown': never;
  'callback counted': 'us' | 'wechat' | 'wechat_failed';

  // The API proxy
  'proxy call': string;
  'signing scheme ends': string;
  'answer held back': 'token_in_answer';
  'circuit open': 'circuit_open';
  'clients not read again': 'store';
  'daily allowance of the account used up': never;
  'request refused': 'unsigned';
  'result not forgotten': 'store';
  'result not kept': 'store';
  'secret of a client does not open': never;
  'token taken out of an answer': 'token_in_answer';

  // The console
  'console request refused': 'no page';
  'sign-in refused': 'passkey' | 'password';

  // Jobs
  'job attempted': 'done' | 'again' | 'failed' | 'dead';
  'job dead': 'worker died';
  'job failed': never;
  'job late': 'lease over' | 'taken too slowly';
  'job not settled': never;
  'worker not woken': never;
  'lease not extended': never;
  'onDead failed': never;
  'mass send accepted': never;
  'mass send partly failed': never;
  'mass send stopped': never;
  'shift over': never;
  'upkeep failed': never;
  'examination failed': never;

  // Monitoring and the store
  'alert firing': string;
  'alert resolved': string;
  'alerts not looked at': never;
  'health unknown': never;
  'metrics not written': never;
  'metrics refused': never;
  'store recovered': never;
  'expired documents removed': never;
}

export type LogEvent = keyof LogEvents;

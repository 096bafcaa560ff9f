import type { ChatEntry } from './bubble.ts';

/** One line of the traffic list; the whole of it is at `GET /emulator/traffic/<id>`. */
export interface TrafficRow {
  readonly id: number;
  /** Milliseconds since the epoch, by the emulated clock. */
  readonly at: number;
  /** `push`: WeChat calls the account. `call`: the account calls WeChat. */
  readonly kind: 'push' | 'call';
  /** Type of the message or name of the endpoint. */
  readonly name: string;
  /** What it is about, in a few words. */
  readonly about: string;
  /** Who said it, or whom the call is about. */
  readonly openid?: string;
  /** Whom else the call is about, as far as there is room. */
  readonly others?: readonly string[];
  readonly state: 'pending' | 'reply' | 'silent' | 'fault' | 'ok' | 'refused';
  /** Of the answer, the last one of several deliveries. */
  readonly status?: number;
  readonly ms?: number;
  /** How often it went out, for a push. */
  readonly deliveries?: number;
  readonly errcode?: number;
  readonly rid?: string;
  /** A handler of the push has thrown this. */
  readonly failure?: string;
}

export interface LogEntry {
  readonly id: number;
  readonly at: number;
  readonly function: string;
  readonly instance: string;
  readonly requestId: string;
  readonly stream: 'stdout' | 'stderr' | 'platform';
  readonly line: string;
}

/** Something that is always there and changes as a whole, by name: `followers`, `clock`, … */
export type Sections = Readonly<Record<string, unknown>>;

/** What a page gets first. */
export interface Snapshot {
  /** Another one after each start. */
  readonly boot: string;
  readonly chat: readonly ChatEntry[];
  readonly traffic: readonly TrafficRow[];
  readonly logs: readonly LogEntry[];
  readonly sections: Sections;
}

/** What it gets from then on. An entry or a row with a known id replaces the one before. */
export type Change =
  | { readonly kind: 'chat'; readonly entry: ChatEntry }
  | { readonly kind: 'traffic'; readonly row: TrafficRow }
  | { readonly kind: 'log'; readonly line: LogEntry }
  | { readonly kind: 'section'; readonly name: string; readonly value: unknown }
  | { readonly kind: 'cleared'; readonly what: 'traffic' }
  | { readonly kind: 'chat-cleared'; readonly openid: string };

export type Emit = (change: Change) => void;

const MAX_CALLS = 1_000;

/** One call of the API. Tokens and secrets are masked in `query`, `body` and `answer`. */
export interface RecordedCall {
  readonly id: number;
  /** Milliseconds since the epoch, by the emulated clock. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Catalogue name, or `null` for a path that WeChat does not have. */
  readonly endpoint: string | null;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
  readonly clientIp: string;
  /** Missing for a call in process. */
  readonly clientPort?: number | undefined;
  /** How WeChat Cloud stood for the account: its relay added it, or it has made the token. */
  readonly cloud: 'relay' | 'token' | null;
  readonly status: number;
  readonly errcode: number;
  readonly answer: string;
  /** Only when refused. */
  readonly rid: string | null;
  /** Until the answer left, in milliseconds. */
  readonly ms: number;
  /** What was made to go wrong. */
  readonly fault: object | null;
}

/** The latest calls, in memory. */
export function createCalls(onCall: (call: RecordedCall) => void) {
  let calls: RecordedCall[] = [];
  let lastId = 0;
  return {
    add(call: Omit<RecordedCall, 'id'>): void {
      lastId += 1;
      const recorded = { id: lastId, ...call };
      calls = [...calls.slice(1 - MAX_CALLS), recorded];
      onCall(recorded);
    },
    list: (): readonly RecordedCall[] => calls,
    clear(): void {
      calls = [];
    },
  };
}

export type Calls = ReturnType<typeof createCalls>;

/** How the emulated model fails; each is what a real provider does on a bad day. */
export const modelFaults = {
  none: 'it answers',
  refuses_key: 'HTTP 401',
  out_of_balance: 'HTTP 402, as DeepSeek says it',
  too_many_requests: 'HTTP 429',
  overloaded: 'HTTP 503',
  broken_off: 'the connection ends in the middle of the answer',
  fault_in_stream: 'an error in place of a piece of the answer',
  silent: 'no answer at all, until the caller gives up',
  filtered: 'the answer ends because its content is not let pass',
} as const;

export type ModelFault = keyof typeof modelFaults;
export const modelFaultNames = Object.keys(modelFaults) as readonly ModelFault[];

/** What can be chosen of the emulated model while it runs. */
export interface ModelBehaviour {
  /** Until the first piece of the answer. */
  readonly firstPieceMs: number;
  /** Between two pieces. */
  readonly pieceMs: number;
  /** Whether it streams where it is asked to; one that does not gives the whole answer at once. */
  readonly streams: boolean;
  readonly fault: ModelFault;
  /** What it says; unless given, it talks about the question. */
  readonly answer: string | undefined;
}

export const defaultBehaviour: ModelBehaviour = {
  firstPieceMs: 400,
  pieceMs: 15,
  streams: true,
  fault: 'none',
  answer: undefined,
};

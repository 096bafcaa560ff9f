/** Where a command writes, and how it waits. */
export interface Terminal {
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
  /** Shows how far it is, in place of what was shown before. */
  readonly progress: (text: string) => void;
  /** Before it is asked again. */
  readonly pause: () => Promise<void>;
}

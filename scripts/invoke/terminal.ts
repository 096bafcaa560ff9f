import type { Language } from '../project/language.ts';

/** Where a command writes, and how it waits. */
export interface Terminal {
  readonly language: Language;
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
  /** Shows the progress in place of the line before. */
  readonly progress: (text: string) => void;
  /** Waits before the action is repeated. */
  readonly pause: () => Promise<void>;
}

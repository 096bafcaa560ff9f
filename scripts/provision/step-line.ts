import type { Step } from './provision.ts';

/** How each state of a step is marked. */
export const stepMarks = {
  there: '=',
  made: '+',
  missing: '-',
  conflict: '!',
  unavailable: '~',
} as const satisfies Readonly<Record<Step['state'], string>>;

/** A step as a command prints it. `ofMissing`: what is said of a thing that is not there. */
export function stepLine({ what, state, detail }: Step, ofMissing: string): string {
  return `${stepMarks[state]} ${what}${detail ? `: ${detail}` : state === 'missing' ? ` ${ofMissing}` : ''}`;
}

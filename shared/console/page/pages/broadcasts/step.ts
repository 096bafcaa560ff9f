import type { EditedBroadcast } from './edited-broadcast.ts';

/** What a step of the wizard works on. */
export interface StepProps {
  readonly edited: EditedBroadcast;
  readonly set: (changes: Partial<EditedBroadcast>) => void;
}

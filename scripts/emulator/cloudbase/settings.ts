import type { DuplicateFlavour } from './errors.ts';

/** Behaviour for which reports about the real service differ; may be changed while it runs. */
export interface Settings {
  duplicates: DuplicateFlavour;
}

import * as v from 'valibot';
import type { Storage } from './storage.ts';

/** How the next job shall end, if not well. */
export const outcomeSchema = v.union([
  v.strictObject({
    job: v.literal('publish'),
    status: v.picklist([2, 3, 4]),
    /** The articles that are to blame, counted from 1. */
    failIdx: v.optional(v.array(v.pipe(v.number(), v.integer(), v.minValue(1))), []),
  }),
  v.strictObject({
    job: v.literal('massSend'),
    status: v.pipe(v.string(), v.regex(/^(send fail|err\(\d{5}\))$/)),
  }),
]);

export type Outcome = v.InferOutput<typeof outcomeSchema>;
type OutcomeOf<Job extends Outcome['job']> = Extract<Outcome, { job: Job }>;

/** Fates that were set by hand and wait for a job to meet them. */
export function createOutcomes(storage: Storage) {
  const section = storage.section<{ waiting: Outcome[] }>('outcomes', () => ({ waiting: [] }));
  return {
    add: (outcome: Outcome) => section.update(({ waiting }) => waiting.push(outcome)),

    take<Job extends Outcome['job']>(job: Job): OutcomeOf<Job> | undefined {
      return section.update((state) => {
        const found = state.waiting.find((each): each is OutcomeOf<Job> => each.job === job);
        state.waiting = state.waiting.filter((each) => each !== found);
        return found;
      });
    },

    list: (): readonly Outcome[] => section.read().waiting,
  };
}

export type Outcomes = ReturnType<typeof createOutcomes>;

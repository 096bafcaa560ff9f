import * as v from 'valibot';
import { errorCodes } from '../kernel/errors.ts';
import type { Collection } from '../store/store.ts';

export const jobStates = ['ready', 'running', 'done', 'dead', 'dropped'] as const;
export type JobState = (typeof jobStates)[number];

const jobSchema = v.strictObject({
  _id: v.string(),
  kind: v.string(),
  state: v.picklist(jobStates),
  createdAt: v.date(),
  /** How often it was taken since it last got somewhere. */
  attempts: v.number(),
  /** Ready: not before this. Running: then anyone may take it over. Otherwise absent. */
  dueAt: v.optional(v.date()),
  /** Who runs it, or was the last to; another for every time it is taken. */
  holder: v.optional(v.string()),
  /** Unique: a place among the running jobs of a limited kind; else the id of the job. */
  slot: v.string(),
  /** Both go when the job is done: they are about followers. */
  payload: v.optional(v.unknown()),
  checkpoint: v.optional(v.unknown()),
  error: v.optional(
    v.strictObject({ code: v.picklist(errorCodes), message: v.string(), at: v.date() }),
  ),
  removeAt: v.optional(v.date()),
});

/** A job as it is stored. */
export type JobDocument = v.InferOutput<typeof jobSchema>;

export const jobCollection: Collection<JobDocument> = {
  name: 'jobs',
  schema: jobSchema,
  indexes: [
    { fields: [{ name: 'dueAt', direction: 'asc' }] },
    {
      fields: [
        { name: 'kind', direction: 'asc' },
        { name: 'dueAt', direction: 'asc' },
      ],
    },
    {
      fields: [
        { name: 'state', direction: 'asc' },
        { name: 'createdAt', direction: 'desc' },
      ],
    },
    {
      fields: [
        { name: 'kind', direction: 'asc' },
        { name: 'state', direction: 'asc' },
        { name: 'createdAt', direction: 'desc' },
      ],
    },
    { fields: [{ name: 'slot', direction: 'asc' }], unique: true },
    { fields: [{ name: 'removeAt', direction: 'asc' }], expireAfterSeconds: 0 },
  ],
};

import * as v from 'valibot';
import { errorCodes } from '../kernel/errors.ts';
import { macField } from '../store/bound-store.ts';
import type { Collection } from '../store/store.ts';

export const jobStates = ['ready', 'running', 'done', 'dead', 'dropped'] as const;
export type JobState = (typeof jobStates)[number];

const jobSchema = v.strictObject({
  _id: v.string(),
  kind: v.string(),
  state: v.picklist(jobStates),
  createdAt: v.date(),
  /** How often workers took it since it last got further. */
  attempts: v.number(),
  /** When a ready job may start, or another worker may take a running one over. Otherwise absent. */
  dueAt: v.optional(v.date()),
  /** Names the attempt that runs it, or that was the last to run it. */
  holder: v.optional(v.string()),
  /** Unique: one of the slots of a limited kind while the job runs; else the id of the job. */
  slot: v.string(),
  /** Payload and checkpoint are removed when the job is done: they may name followers. */
  payload: v.optional(v.unknown()),
  checkpoint: v.optional(v.unknown()),
  error: v.optional(
    v.strictObject({ code: v.picklist(errorCodes), message: v.string(), at: v.date() }),
  ),
  /** The trace of the follower whom it is about. */
  follower: v.optional(v.string()),
  removeAt: v.optional(v.date()),
  mac: macField,
});

/** A job as it is stored. */
export type JobDocument = v.InferOutput<typeof jobSchema>;

export const jobCollection: Collection<JobDocument> = {
  name: 'jobs',
  schema: jobSchema,
  // A job is run as it stands: whoever could write one could have anything sent to anybody.
  bound: ['kind', 'payload', 'checkpoint'],
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
    {
      fields: [
        { name: 'follower', direction: 'asc' },
        { name: 'createdAt', direction: 'asc' },
      ],
    },
    { fields: [{ name: 'slot', direction: 'asc' }], unique: true },
    { fields: [{ name: 'removeAt', direction: 'asc' }], expireAfterSeconds: 0 },
  ],
};

import * as v from 'valibot';
import type { Collection } from '../store/store.ts';

const schema = v.strictObject({
  /** The id of the instance, or `archive.<function>`. */
  _id: v.string(),
  function: v.string(),
  /**
   * `live`: what one instance has counted and no archive holds. `folded`: an archive holds it, and the
   * document remains to tell the instance, in case it is thawed. `archive`: what past instances
   * counted.
   */
  state: v.picklist(['live', 'folded', 'archive']),
  /** Which flush of the instance this is, or how many folds the archive holds; it only grows. */
  count: v.number(),
  at: v.date(),
  series: v.pipe(
    v.array(
      v.strictObject({
        metric: v.string(),
        labels: v.pipe(v.array(v.string()), v.readonly()),
        values: v.pipe(v.array(v.number()), v.readonly()),
      }),
    ),
    v.readonly(),
  ),
  removeAt: v.optional(v.date()),
});

export type MetricDocument = v.InferOutput<typeof schema>;

export const metricCollection: Collection<MetricDocument> = {
  name: 'metrics',
  schema,
  indexes: [
    {
      fields: [
        { name: 'state', direction: 'asc' },
        { name: 'at', direction: 'asc' },
      ],
    },
    { fields: [{ name: 'removeAt', direction: 'asc' }], expireAfterSeconds: 0 },
  ],
};

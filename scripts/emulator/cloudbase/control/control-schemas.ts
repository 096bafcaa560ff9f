import * as v from 'valibot';
import { RULES } from '../store/collection.ts';

/** What the control endpoint takes; a field that it does not know is an error. */
const name = v.pipe(v.string(), v.minLength(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const env = name;
const rule = v.picklist(RULES);

const index = v.strictObject({
  name: v.exactOptional(name),
  fields: v.pipe(
    v.array(v.strictObject({ name, direction: v.picklist(['asc', 'desc']) })),
    v.minLength(1),
  ),
  unique: v.exactOptional(v.boolean()),
  expireAfterSeconds: v.exactOptional(count),
});

/** What a line of the log may be, but a drop: an import starts from nothing. */
const record = v.variant('kind', [
  v.strictObject({ kind: v.literal('collection'), name }),
  v.strictObject({ kind: v.literal('rule'), name, rule }),
  v.strictObject({
    kind: v.literal('index'),
    name,
    index: v.strictObject({ ...index.entries, name }),
  }),
  v.strictObject({
    kind: v.literal('commit'),
    writes: v.array(v.strictTuple([name, name, v.nullable(v.record(v.string(), v.unknown()))])),
  }),
]);

const faultFields = {
  envId: v.exactOptional(env),
  action: v.exactOptional(name),
  collection: v.exactOptional(name),
  reusedSocket: v.exactOptional(v.boolean()),
  times: v.exactOptional(count),
  rate: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  seed: v.exactOptional(v.number()),
};
const when = v.picklist(['before', 'after']);

export const schemas = {
  collection: v.strictObject({
    env,
    name,
    indexes: v.exactOptional(v.array(index)),
    rule: v.exactOptional(rule),
  }),
  collectionName: v.strictObject({ env, name }),
  index: v.strictObject({ env, collection: name, index }),
  rule: v.strictObject({ env, collection: name, rule }),
  document: v.strictObject({ env, collection: name, document: v.record(v.string(), v.unknown()) }),
  reset: v.strictObject({ env: v.exactOptional(env) }),
  import: v.strictObject({ env, records: v.array(record) }),
  clock: v.union([
    v.strictObject({ advanceMs: v.number() }),
    v.strictObject({ epochMs: v.number() }),
  ]),
  settings: v.strictObject({ duplicates: v.picklist(['request-failed', 'duplicate-write']) }),
  fault: v.variant('kind', [
    v.strictObject({ kind: v.literal('conflict'), ...faultFields }),
    v.strictObject({
      kind: v.literal('error'),
      code: name,
      message: v.exactOptional(v.string()),
      ...faultFields,
    }),
    v.strictObject({
      kind: v.literal('http'),
      status: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)),
      body: v.exactOptional(v.string()),
      ...faultFields,
    }),
    v.strictObject({ kind: v.literal('reset'), when, ...faultFields }),
    v.strictObject({ kind: v.literal('delay'), ms: count, when, ...faultFields }),
  ]),
};

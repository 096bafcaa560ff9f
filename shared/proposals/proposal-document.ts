import * as v from 'valibot';
import { macField } from '../store/bound-store.ts';
import { defineCollection } from '../store/collection.ts';

const ms = v.number();
const count = v.number();

const planSchema = v.strictObject({
  receivers: count,
  leftOut: v.strictObject({ blocked: count, month: count, day: count, unknown: count }),
});

const schema = v.strictObject({
  /** Made by whoever proposes, so that a repeat is the same proposal; the broadcast's requestId. */
  _id: v.string(),
  name: v.string(),
  state: v.picklist(['waiting', 'released', 'declined']),
  /** What is proposed, as `mass-send submit` takes it, without the openids. JSON: fields may have any name. */
  broadcast: v.string(),
  /** The openids of an audience from a file, until it is decided; then only their number is left. */
  openids: v.optional(v.array(v.string())),
  named: v.optional(count),
  /** Of all that is proposed: a release names it, so that nobody releases what he has not seen. */
  digest: v.string(),
  /** Of what followers would get, also of articles that can be edited under their id. */
  contentDigest: v.string(),
  /** Whom it would have reached when it was proposed. */
  plan: planSchema,
  proposedBy: v.string(),
  proposedAt: ms,
  /** Nobody can release it later. */
  until: ms,
  decidedBy: v.optional(v.string()),
  decidedAt: v.optional(ms),
  reason: v.optional(v.string()),
  removeAt: v.date(),
  mac: macField,
});

/** A broadcast that an operator proposes, and that another one releases or declines. */
export type ProposalDocument = v.InferOutput<typeof schema>;

export const proposalCollection = defineCollection<ProposalDocument>({
  name: 'broadcast_proposals',
  schema,
  bound: 'all',
  indexes: [
    { fields: [{ name: 'proposedAt', direction: 'desc' }] },
    { fields: [{ name: 'removeAt', direction: 'asc' }], expireAfterSeconds: 0 },
  ],
});

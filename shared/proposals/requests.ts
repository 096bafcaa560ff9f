import * as v from 'valibot';
import { broadcastEntries, reprintRule } from '../mass-send/index.ts';
import { characters, filled, object, wholeNumber } from '../wechat/rules.ts';

const id = v.pipe(
  v.string('must be a text'),
  v.regex(/^[\w-]{22,43}$/, 'must be 22 to 43 random characters of base64url'),
);
const digest = v.pipe(v.string('must be a text'), v.regex(/^[\w-]{43}$/, 'is no digest'));

/** What operators ask of proposals. */
export const proposalRequests = {
  plan: v.pipe(object({ id, ...broadcastEntries }), reprintRule()),
  propose: v.pipe(
    object({ id, name: v.pipe(filled(), characters(40)), ...broadcastEntries }),
    reprintRule(),
  ),
  list: v.optional(object({ limit: v.optional(wholeNumber(1, 100), 20) }), {}),
  byId: object({ id }),
  release: object({ id, digest }),
  decline: object({ id, reason: v.exactOptional(v.pipe(filled(), characters(200))) }),
};
export type ProposeRequest = v.InferOutput<typeof proposalRequests.propose>;
export type PlanRequest = v.InferOutput<typeof proposalRequests.plan>;

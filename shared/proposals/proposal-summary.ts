import { present } from '../kernel/present.ts';
import { broadcastId, type MassSends } from '../mass-send/index.ts';
import type { ProposalDocument } from './proposal-document.ts';
import type { ProposeRequest } from './requests.ts';

/** A broadcast as it is proposed, with the number of the openids in place of these. */
export type ProposedBroadcast = Pick<ProposeRequest, 'content' | 'at' | 'ignoreReprint'> & {
  readonly audience:
    | Exclude<ProposeRequest['audience'], { readonly openids: unknown }>
    | { readonly named: number };
};

/** A proposal as operators see it; it names no follower. Times in ms since the epoch. */
export interface ProposalSummary {
  readonly id: string;
  readonly name: string;
  /** `lapsed`: nobody has decided in time. */
  readonly state: ProposalDocument['state'] | 'lapsed';
  readonly broadcast: ProposedBroadcast;
  readonly digest: string;
  /** A dry run that gives another one tells that the articles were edited. */
  readonly contentDigest: string;
  /** Whom it would have reached when it was proposed. */
  readonly plan: ProposalDocument['plan'];
  readonly proposedBy: string;
  readonly proposedAt: number;
  readonly until: number;
  readonly decidedBy?: string;
  readonly decidedAt?: number;
  readonly reason?: string;
  /** The id of the broadcast that was released. */
  readonly massSend?: string;
}

export function proposalSummary(doc: ProposalDocument, now: number): ProposalSummary {
  const { _id: id, name, digest, plan, proposedBy, proposedAt, until, named } = doc;
  const { contentDigest, decidedBy, decidedAt, reason } = doc;
  const state = doc.state === 'waiting' && now >= until ? 'lapsed' : doc.state;
  const broadcast = JSON.parse(doc.broadcast) as ProposedBroadcast;
  return {
    ...{ id, name, state, digest, contentDigest, plan, proposedBy, proposedAt, until },
    broadcast: named === undefined ? broadcast : { ...broadcast, audience: { named } },
    ...present({
      ...{ decidedBy, decidedAt, reason },
      massSend: state === 'released' ? broadcastId(id) : undefined,
    }),
  };
}

/** The submission that a proposal becomes. */
export function submissionOf(
  doc: Pick<ProposalDocument, '_id' | 'broadcast' | 'openids' | 'contentDigest'>,
): Parameters<MassSends['submit']>[0] {
  const { _id: requestId, openids, contentDigest } = doc;
  const broadcast = JSON.parse(doc.broadcast) as Omit<ProposeRequest, 'id' | 'name'>;
  return {
    ...broadcast,
    ...(openids ? { audience: { openids } } : {}),
    ...{ requestId, contentDigest, dryRun: false },
  };
}

import { createHash } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { present } from '../kernel/present.ts';
import {
  type DryRun,
  digestOfArticles,
  type MassSendSummary,
  type MassSends,
} from '../mass-send/index.ts';
import type { Store, Transaction } from '../store/store.ts';
import type { StoredArticle } from '../wechat/catalogue/draft.ts';
import type { Api } from '../wechat/client/index.ts';
import { type ProposalDocument, proposalCollection } from './proposal-document.ts';
import { type ProposalSummary, proposalSummary, submissionOf } from './proposal-summary.ts';
import type { PlanRequest, ProposeRequest } from './requests.ts';

/** Broadcasts that one operator proposes and another one releases. */
export interface Proposals {
  /** What it would do now. Nothing is done. */
  plan(request: PlanRequest): Promise<DryRun>;
  /** @throws AppError what `mass-send submit` would refuse; `conflict` for too many that wait */
  propose(request: ProposeRequest, by: string): Promise<ProposalSummary>;
  /** The newest first. */
  list(limit: number): Promise<readonly ProposalSummary[]>;
  /** @throws AppError `not_found` */
  get(id: string): Promise<ProposalSummary>;
  /**
   * The articles of one that waits, read anew: those that were proposed, and none that were edited since.
   *
   * @throws AppError `conflict` if they were edited
   */
  articlesOf(id: string): Promise<readonly StoredArticle[]>;
  /** What one that waits would do now. @throws AppError if it could not be released now */
  planOf(id: string): Promise<DryRun>;
  /**
   * Sends it, once, by what `digest` stands for.
   *
   * @throws AppError `forbidden` for one's own; `conflict` if it is not what was seen, or was decided;
   *   what `mass-send submit` refuses, and then it still waits
   */
  release(request: { readonly id: string; readonly digest: string }, by: string): Promise<Released>;
  /** @throws AppError `conflict` if it was decided */
  decline(
    request: { readonly id: string; readonly reason?: string },
    by: string,
  ): Promise<ProposalSummary>;
}

/** A proposal that has become a broadcast. */
export interface Released {
  readonly digest: string;
  readonly massSend: MassSendSummary;
}

export interface ProposalsOptions {
  readonly api: Pick<Api, 'draft'>;
  readonly store: Pick<Store, 'get' | 'create' | 'query' | 'count' | 'transaction'>;
  readonly massSends: Pick<MassSends, 'submit' | 'count'>;
  readonly clock: Clock;
  /** Whether nobody may release a proposal of his own. */
  readonly needsSecond: boolean;
}

const DAY_MS = 86_400_000;
/** Whoever looks a week later looks at another world. */
const WAITS_MS = 7 * DAY_MS;
const KEPT_MS = 90 * DAY_MS;
/** With 10 000 openids one has 300 kB, and all of them are read for the list. */
const MAX_WAITING = 10;

export function createProposals(options: ProposalsOptions): Proposals {
  const { api, store, massSends, clock, needsSecond } = options;
  const summaryOf = (doc: ProposalDocument) => proposalSummary(doc, clock.now());
  return {
    plan: ({ id: requestId, ...broadcast }) => dryRun({ ...broadcast, requestId, dryRun: true }),

    async propose({ id, name, ...broadcast }, by) {
      const now = clock.now();
      const { contentDigest, refusedBy, startsAt } = await dryRun({
        ...broadcast,
        ...{ requestId: id, dryRun: true },
      });
      // Rules that free by themselves may free before somebody releases it.
      const hopeless = refusedBy.find(({ freesAt }) => freesAt === undefined);
      if (hopeless) throw new AppError('conflict', hopeless.why, { details: { ...hopeless } });
      const { audience, at } = broadcast;
      const { receivers, leftOut } = await massSends.count({ audience, at });
      const openids = 'openids' in audience ? audience.openids : undefined;
      const rest = openids ? { ...broadcast, audience: {} } : broadcast;
      const until = Math.min(
        now + WAITS_MS,
        at === undefined ? Number.POSITIVE_INFINITY : startsAt,
      );
      const doc: ProposalDocument = {
        _id: id,
        ...{ name, state: 'waiting', broadcast: JSON.stringify(rest) },
        ...present({ openids, named: openids?.length }),
        digest: digestOf([id, name, broadcast, contentDigest]),
        ...{ contentDigest, plan: { receivers, leftOut } },
        ...{ proposedBy: by, proposedAt: now, until },
        removeAt: new Date(until + DAY_MS),
      };
      const waiting = await store.count(proposalCollection, { state: { eq: 'waiting' } });
      if (waiting >= MAX_WAITING) {
        throw new AppError(
          'conflict',
          `${MAX_WAITING} broadcasts wait already: decide them first.`,
        );
      }
      if (await store.create(proposalCollection, doc)) return summaryOf(doc);
      const before = await read(id);
      if (before.digest === doc.digest && before.proposedBy === by) return summaryOf(before);
      throw new AppError('conflict', 'This id was used for another proposal: make a new one.');
    },

    async list(limit) {
      const found = await store.query(proposalCollection, {
        filter: 'all',
        order: [{ field: 'proposedAt', direction: 'desc' }],
        limit,
      });
      return found.map(({ doc }) => summaryOf(doc));
    },

    get: async (id) => summaryOf(await read(id)),

    async articlesOf(id) {
      const { content, contentDigest } = submissionOf(assertOpen(await read(id)));
      if (content.msgtype !== 'mpnews') return [];
      const { news_item: articles } = await api.draft.get(content.mpnews);
      if (digestOfArticles(articles) === contentDigest) return articles;
      throw new AppError('conflict', 'The articles were edited after they were proposed.', {
        details: { changed: 'articles' },
      });
    },

    planOf: async (id) => dryRun({ ...submissionOf(assertOpen(await read(id))), dryRun: true }),

    async release({ id, digest }, by) {
      const doc = assertOpen(await read(id));
      if (needsSecond && doc.proposedBy === by) {
        throw new AppError(
          'forbidden',
          'You have proposed it yourself: another operator with the role send must release it.',
        );
      }
      if (doc.digest !== digest) {
        throw new AppError('conflict', 'It is not what you have looked at: look again.');
      }
      const massSend = await massSends.submit(submissionOf(doc), async (tx) => {
        await decide(tx, doc, { state: 'released', decidedBy: by });
      });
      if ('isDryRun' in massSend) throw new Error('A release was taken for a dry run.');
      if (massSend.isRepeat) {
        throw new AppError('conflict', 'A broadcast with this requestId was sent already.');
      }
      return { digest, massSend };
    },

    async decline({ id, reason }, by) {
      const doc = assertOpen(await read(id));
      const changes = { state: 'declined', decidedBy: by, ...present({ reason }) } as const;
      return store.transaction(async (tx) => summaryOf(await decide(tx, doc, changes)));
    },
  };

  async function dryRun(submission: Parameters<MassSends['submit']>[0]): Promise<DryRun> {
    const found = await massSends.submit(submission);
    if ('isDryRun' in found) return found;
    throw new Error('A dry run was taken for a submission.');
  }

  async function read(id: string): Promise<ProposalDocument> {
    const found = await store.get(proposalCollection, id);
    if (found) return found.doc;
    throw new AppError('not_found', 'There is no such proposal.');
  }

  function assertOpen(doc: ProposalDocument): ProposalDocument {
    const { state, decidedBy } = summaryOf(doc);
    if (state === 'waiting') return doc;
    const how = state === 'lapsed' ? 'Nobody released it in time' : `${decidedBy} has ${state} it`;
    throw new AppError('conflict', `${how}: propose it again.`, { details: { state } });
  }

  /** Decides it in a transaction, as long as nobody else has. */
  async function decide(
    tx: Transaction,
    { _id: id, digest }: ProposalDocument,
    changes: Pick<ProposalDocument, 'state' | 'decidedBy' | 'reason'>,
  ): Promise<ProposalDocument> {
    const found = await tx.get(proposalCollection, id);
    if (found?.doc.digest !== digest) throw new AppError('not_found', 'There is no such proposal.');
    const { openids: _, ...rest } = assertOpen(found.doc);
    const now = clock.now();
    const decided: ProposalDocument = {
      ...rest,
      ...changes,
      decidedAt: now,
      removeAt: new Date(now + KEPT_MS),
    };
    await tx.replace(proposalCollection, decided);
    return decided;
  }
}

function digestOf(proposed: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(proposed)).digest('base64url');
}

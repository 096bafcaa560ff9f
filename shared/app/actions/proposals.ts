import type { Operators } from '../../console/operators.ts';
import { isAllowed } from '../../console/role.ts';
import { action, audited } from '../../kernel/action.ts';
import type { App } from '../../kernel/app.ts';
import type { ProposalSummary } from '../../proposals/proposal-summary.ts';
import type { Proposals } from '../../proposals/proposals.ts';
import { proposalRequests as requests } from '../../proposals/requests.ts';

/** What proposals of broadcasts are made with. */
export interface ProposalsApp extends App {
  readonly proposals: Proposals;
  /** Whether nobody may release a proposal of his own. */
  readonly needsSecond: boolean;
}

/** The same, for one who is signed in. */
export interface OwnProposalsApp extends ProposalsApp {
  readonly operator: string;
  readonly operators: Pick<Operators, 'all'>;
}

/** The latest proposals, and whether there is somebody to release them. */
export interface ProposalList {
  readonly proposals: readonly ProposalSummary[];
  readonly needsSecond: boolean;
  /** How many others may release what this operator proposes. */
  readonly others: number;
}

/** Broadcasts as the console makes them: proposed, and released by another operator. */
export const proposalActions = {
  plan: action(requests.plan, (request, { proposals }: OwnProposalsApp) => proposals.plan(request)),
  propose: audited(requests.propose, (request, { proposals, operator }: OwnProposalsApp) =>
    proposals.propose(request, operator),
  ),
  list: action(requests.list, async ({ limit }, app: OwnProposalsApp): Promise<ProposalList> => {
    const { proposals, needsSecond, operators, operator } = app;
    const others = (await operators.all()).filter(
      ({ doc }) => doc._id !== operator && doc.isEnabled && isAllowed(doc.role, 'send'),
    );
    return { proposals: await proposals.list(limit), needsSecond, others: others.length };
  }),
  get: action(requests.byId, ({ id }, { proposals }: OwnProposalsApp) => proposals.get(id)),
  planOf: action(requests.byId, ({ id }, { proposals }: OwnProposalsApp) => proposals.planOf(id)),
  articlesOf: action(requests.byId, ({ id }, { proposals }: OwnProposalsApp) =>
    proposals.articlesOf(id),
  ),
  release: audited(requests.release, (request, { proposals, operator }: OwnProposalsApp) =>
    proposals.release(request, operator),
  ),
  decline: audited(requests.decline, (request, { proposals, operator }: OwnProposalsApp) =>
    proposals.decline(request, operator),
  ),
};

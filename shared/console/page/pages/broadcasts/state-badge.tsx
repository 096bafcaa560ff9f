import type { BroadcastState } from '../../../../mass-send/states.ts';
import type { ProposalSummary } from '../../../../proposals/proposal-summary.ts';
import { w } from './words.ts';

type Shown = BroadcastState | ProposalSummary['state'] | 'withdrawn';

const colours: Partial<Record<Shown, string>> = {
  done: 'ok',
  released: 'ok',
  stopped: 'fault',
  declined: 'fault',
  waiting: 'pending',
  scheduled: 'pending',
  sending: 'pending',
  preparing: 'pending',
  closing: 'pending',
};

export function StateBadge({ state }: { readonly state: Shown }) {
  return <span class={`state ${colours[state] ?? ''}`}>{w(state)}</span>;
}

/** Declined by whoever proposed it is withdrawn. */
export function stateOf({ state, proposedBy, decidedBy }: ProposalSummary): Shown {
  return state === 'declined' && proposedBy === decidedBy ? 'withdrawn' : state;
}

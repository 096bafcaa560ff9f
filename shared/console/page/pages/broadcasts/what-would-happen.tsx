import type { DryRun } from '../../../../mass-send/dry-run.ts';
import { chinaTime } from '../../format.ts';
import { Counts } from './counts.tsx';
import { ruleName, w } from './words.ts';

/** A dry run in the words of the page. */
export function WhatWouldHappen({ dryRun }: { readonly dryRun: DryRun }) {
  const { plan, startsAt, refusedBy } = dryRun;
  return (
    <>
      {plan && <Counts plan={plan} />}
      <p>
        {plan ? w('batches', { count: plan.batches }) : w('oneCall')}
        {' · '}
        {w('startsAt', { time: chinaTime(startsAt) })}
      </p>
      {refusedBy.length > 0 && (
        <div class="alarm" role="status">
          {w('wouldRefuse')}
          <ul>
            {refusedBy.map(({ rule, freesAt }) => (
              <li key={rule}>
                {ruleName(rule)}
                {freesAt !== undefined && ` · ${w('frees', { time: chinaTime(freesAt) })}`}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

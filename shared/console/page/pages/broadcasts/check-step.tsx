import type { DryRun } from '../../../../mass-send/dry-run.ts';
import type { ProposalSummary } from '../../../../proposals/proposal-summary.ts';
import { call } from '../../api.ts';
import { Act } from '../../parts/act.tsx';
import { Field } from '../../parts/field.tsx';
import { useLoaded } from '../../parts/load.tsx';
import { tell } from '../../toast.tsx';
import { t } from '../../words.ts';
import { CountedLoader } from './counts.tsx';
import { audienceOf, broadcastOf, contentOf } from './edited-broadcast.ts';
import { Message, type ShownContent } from './message.tsx';
import type { StepProps } from './step.ts';
import { WhatWouldHappen } from './what-would-happen.tsx';
import { w } from './words.ts';

interface CheckStepProps extends StepProps {
  readonly onProposed: (proposal: ProposalSummary) => void;
}

/** What the broadcast would do, before it is proposed. */
export function CheckStep({ edited, set, onProposed }: CheckStepProps) {
  const { id, name, when, at } = edited;
  const broadcast = broadcastOf(edited);
  const loaded = useLoaded(
    async () => broadcast && call<DryRun>('broadcasts', 'plan', { id, ...broadcast }),
    [JSON.stringify(broadcast)],
  );
  const missing = [
    ...(audienceOf(edited) ? [] : [w('stepAudience')]),
    ...(contentOf(edited) ? [] : [w('stepContent')]),
    ...(when === 'later' && at === '' ? [w('stepTime')] : []),
    ...(name.trim() === '' ? [w('name')] : []),
  ];
  const propose = async () => {
    const payload = { id, name: name.trim(), ...broadcast };
    const proposal = await call<ProposalSummary>('broadcasts', 'propose', payload);
    tell(w('proposed'));
    onProposed(proposal);
  };
  return (
    <div class="sides-phone">
      <div class="stack">
        <Field label={w('name')} hint={w('nameHint')}>
          <input
            value={name}
            maxLength={40}
            autocomplete="off"
            onInput={(event) => set({ name: event.currentTarget.value })}
          />
        </Field>
        <h3>{w('dryRun')}</h3>
        {broadcast && (
          <CountedLoader loaded={loaded}>
            {(dryRun) => dryRun && <WhatWouldHappen dryRun={dryRun} />}
          </CountedLoader>
        )}
        {missing.length > 0 && (
          <p class="muted" role="status">
            {w('missing', { what: missing.join(t('and')) })}
          </p>
        )}
        <div class="actions">
          <Act needs="send" class="tool strong" disabled={missing.length > 0} onAct={propose}>
            {w('propose')}
          </Act>
        </div>
      </div>
      <Message content={contentOf(edited) as ShownContent | undefined} />
    </div>
  );
}

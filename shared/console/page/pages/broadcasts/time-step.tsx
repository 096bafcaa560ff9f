import type { MassSendQuota } from '../../../../mass-send/quota.ts';
import { call } from '../../api.ts';
import { chinaTime, number } from '../../format.ts';
import { Field } from '../../parts/field.tsx';
import { Loader, useLoaded } from '../../parts/load.tsx';
import type { StepProps } from './step.ts';
import { w } from './words.ts';

/** When the broadcast starts. */
export function TimeStep({ edited: { when, at }, set }: StepProps) {
  return (
    <>
      <fieldset class="stack" aria-label={w('stepTime')}>
        {(['now', 'later'] as const).map((each) => (
          <label key={each} class="check">
            <input
              type="radio"
              name="when"
              checked={when === each}
              onChange={() => set({ when: each })}
            />
            {w(each)}
          </label>
        ))}
      </fieldset>
      {when === 'later' && (
        <div class="form">
          <Field label={w('atLabel')} hint={w('atHint')}>
            <input
              type="datetime-local"
              value={at}
              onInput={(event) => set({ at: event.currentTarget.value })}
            />
          </Field>
        </div>
      )}
      <Allowance />
    </>
  );
}

/** What the account may still send. */
export function Allowance() {
  const loaded = useLoaded(() => call<MassSendQuota>('mass-send', 'quota'));
  return (
    <Loader loaded={loaded}>
      {({ broadcastsThisMonth: count, perMonth: limit, callsLeftToday, nextStart }) => (
        <ul class="muted allowance">
          <li>{w('quotaMonth', { count: number(count), limit })}</li>
          <li>{w('quotaDay', { count: number(callsLeftToday) })}</li>
          <li>{w('nextStart', { time: chinaTime(nextStart) })}</li>
        </ul>
      )}
    </Loader>
  );
}

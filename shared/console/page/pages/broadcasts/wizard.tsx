import { draftOf, dropDraft } from '../../drafts.ts';
import { newSecret } from '../../key.ts';
import { Act } from '../../parts/act.tsx';
import { go, route } from '../../route.ts';
import { t } from '../../words.ts';
import { AudienceStep } from './audience-step.tsx';
import { CheckStep } from './check-step.tsx';
import { ContentStep } from './content-step.tsx';
import { type EditedBroadcast, newBroadcast } from './edited-broadcast.ts';
import { TimeStep } from './time-step.tsx';
import { w } from './words.ts';

const DRAFT = 'broadcast';
const steps = ['audience', 'content', 'time', 'check'] as const;
const stepWord = {
  audience: 'stepAudience',
  content: 'stepContent',
  time: 'stepTime',
  check: 'stepCheck',
} as const;

/** The draft of this browser; `null` if there is none. */
export const draft = () => draftOf<EditedBroadcast | null>(DRAFT, null);

/** Makes a broadcast in four steps; what is typed is kept until it is proposed. */
export function Wizard() {
  const kept = draft();
  const step = steps.find((each) => each === route.value[2]) ?? 'audience';
  const edited = kept.value ?? newBroadcast;
  const set = (changes: Partial<EditedBroadcast>) => {
    const now = kept.value ?? newBroadcast;
    kept.value = { ...now, id: now.id || newSecret(), ...changes };
  };
  const at = steps.indexOf(step);
  const goTo = (index: number) => go('broadcasts', 'new', steps[index] ?? step);
  return (
    <>
      <nav class="steps" aria-label={w('steps')}>
        <ol>
          {steps.map((each, index) => (
            <li key={each}>
              <button
                type="button"
                class="step"
                aria-current={each === step ? 'step' : undefined}
                onClick={() => goTo(index)}
              >
                <span aria-hidden="true">{index + 1}</span> {w(stepWord[each])}
              </button>
            </li>
          ))}
        </ol>
      </nav>
      {step === 'audience' && <AudienceStep edited={edited} set={set} />}
      {step === 'content' && <ContentStep edited={edited} set={set} />}
      {step === 'time' && <TimeStep edited={edited} set={set} />}
      {step === 'check' && (
        <CheckStep
          edited={edited}
          set={set}
          onProposed={({ id }) => {
            dropDraft(DRAFT, null);
            go('broadcasts', 'proposal', id);
          }}
        />
      )}
      <div class="actions foot">
        <button type="button" class="tool" disabled={at === 0} onClick={() => goTo(at - 1)}>
          {w('back')}
        </button>
        {step !== 'check' && (
          <button type="button" class="tool strong" onClick={() => goTo(at + 1)}>
            {w('next')}
          </button>
        )}
        <span class="grow" />
        {kept.value && <small class="muted">{t('draftKept')}</small>}
        <Act
          disabled={!kept.value}
          question={w('throwAwayQuestion')}
          onAct={async () => {
            dropDraft(DRAFT, null);
            go('broadcasts');
          }}
        >
          {w('throwAway')}
        </Act>
      </div>
    </>
  );
}

import { draftOf, dropDraft } from '../../drafts.ts';
import { Act } from '../../parts/act.tsx';
import { Field } from '../../parts/field.tsx';
import { w } from './words.ts';

const DRAFT = 'code';
const empty = { scene: '', note: '', permanent: false, days: '30' };

/** The form for a new code. */
export function NewCode({ onCreate }: { readonly onCreate: (code: object) => Promise<void> }) {
  const draft = draftOf(DRAFT, empty);
  const { scene, note, permanent, days } = draft.value;
  const set = (changes: Partial<typeof empty>) => {
    draft.value = { ...draft.value, ...changes };
  };
  const create = async () => {
    await onCreate({
      ...{ scene: scene.trim(), permanent },
      ...(permanent ? {} : { days: Number(days) }),
      ...(note.trim() === '' ? {} : { note: note.trim() }),
    });
    dropDraft(DRAFT, empty);
  };
  return (
    <div class="form">
      <Field label={w('scene')} hint={w('sceneHint')}>
        <input
          value={scene}
          maxLength={64}
          onInput={(event) => set({ scene: event.currentTarget.value })}
        />
      </Field>
      <Field label={w('note')} hint={w('noteHint')}>
        <input
          value={note}
          maxLength={100}
          onInput={(event) => set({ note: event.currentTarget.value })}
        />
      </Field>
      <Field label={w('permanent')} hint={w('permanentHint')}>
        <input
          type="checkbox"
          checked={permanent}
          onChange={(event) => set({ permanent: event.currentTarget.checked })}
        />
      </Field>
      {!permanent && (
        <Field label={w('daysLong')}>
          <input
            type="number"
            min={1}
            max={30}
            value={days}
            onInput={(event) => set({ days: event.currentTarget.value })}
          />
        </Field>
      )}
      <Act needs="edit" class="tool strong" disabled={scene.trim() === ''} onAct={create}>
        {w('create')}
      </Act>
    </div>
  );
}

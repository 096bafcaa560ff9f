import { draftOf, dropDraft } from '../../drafts.ts';
import { Act } from '../../parts/act.tsx';
import { Field } from '../../parts/field.tsx';
import { w } from './words.ts';

const DRAFT = 'client';
const empty = { id: '', patterns: '*:read', perDay: '', note: '' };

interface Terms extends Readonly<Record<string, unknown>> {
  readonly id: string;
}

/** The form for a new client. */
export function AddClient({ onAdd }: { readonly onAdd: (terms: Terms) => Promise<void> }) {
  const draft = draftOf(DRAFT, empty);
  const { id, patterns, perDay, note } = draft.value;
  const set = (changes: Partial<typeof empty>) => {
    draft.value = { ...draft.value, ...changes };
  };
  const add = async () => {
    await onAdd({
      id: id.trim(),
      allow: patterns.split('\n').flatMap((line) => line.trim() || []),
      ...(perDay === '' ? {} : { budgets: [{ pattern: '*', perDay: Number(perDay) }] }),
      ...(note === '' ? {} : { note }),
    });
    dropDraft(DRAFT, empty);
  };
  return (
    <section>
      <h3>{w('add')}</h3>
      <div class="form">
        <Field label={w('id')} hint={w('idHint')}>
          <input
            value={id}
            maxLength={32}
            pattern="[a-z0-9][a-z0-9\-]{1,31}"
            onInput={(event) => set({ id: event.currentTarget.value })}
          />
        </Field>
        <Field label={w('patterns')} hint={w('patternsHint')}>
          <textarea
            rows={3}
            value={patterns}
            onInput={(event) => set({ patterns: event.currentTarget.value })}
          />
        </Field>
        <Field label={w('perDay')}>
          <input
            type="number"
            min={0}
            value={perDay}
            onInput={(event) => set({ perDay: event.currentTarget.value })}
          />
        </Field>
        <Field label={w('note')}>
          <input
            value={note}
            maxLength={200}
            onInput={(event) => set({ note: event.currentTarget.value })}
          />
        </Field>
        <Act needs="manage" class="tool strong" disabled={id.trim() === ''} onAct={add}>
          {w('add')}
        </Act>
      </div>
    </section>
  );
}

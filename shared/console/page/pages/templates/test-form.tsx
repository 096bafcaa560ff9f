import { draftOf } from '../../drafts.ts';
import { Act } from '../../parts/act.tsx';
import { Field } from '../../parts/field.tsx';
import { fieldHint } from './field-hints.ts';
import { w } from './words.ts';

interface Draft {
  readonly openid: string;
  readonly link: string;
  readonly values: Readonly<Record<string, string>>;
}

const empty: Draft = { openid: '', link: '', values: {} };

/** `thing1` and `time2` of `商品:{{thing1.DATA}} 时间:{{time2.DATA}}`. */
export function fieldsOf(content: string): readonly string[] {
  return [...new Set([...content.matchAll(/\{\{(\w+)\.DATA\}\}/g)].map(([, name = '']) => name))];
}

/** Fills in a template, and sends it to one follower. */
export function TestForm({
  id,
  content,
  onSend,
}: {
  readonly id: string;
  readonly content: string;
  readonly onSend: (message: object, link: string) => Promise<void>;
}) {
  const draft = draftOf<Draft>(`template.${id}`, empty);
  const { openid, link, values } = draft.value;
  const set = (changes: Partial<Draft>) => {
    draft.value = { ...draft.value, ...changes };
  };
  const fields = fieldsOf(content);
  const isWhole = openid.trim() !== '' && fields.every((name) => (values[name] ?? '') !== '');
  const send = () => {
    const data = Object.fromEntries(fields.map((name) => [name, { value: values[name] ?? '' }]));
    return onSend({ touser: openid.trim(), template_id: id, data }, link.trim());
  };
  return (
    <details>
      <summary>{w('test')}</summary>
      <div class="form">
        <Field label={w('openid')} hint={w('openidHint')}>
          <input
            value={openid}
            autocomplete="off"
            onInput={(event) => set({ openid: event.currentTarget.value })}
          />
        </Field>
        {fields.map((name) => (
          <Field key={name} label={name} hint={fieldHint(name)}>
            <input
              value={values[name] ?? ''}
              onInput={(event) => set({ values: { ...values, [name]: event.currentTarget.value } })}
            />
          </Field>
        ))}
        <Field label={w('link')}>
          <input
            type="url"
            value={link}
            onInput={(event) => set({ link: event.currentTarget.value })}
          />
        </Field>
        <Act needs="send" question={w('sendQuestion')} disabled={!isWhole} onAct={send}>
          {w('send')}
        </Act>
      </div>
    </details>
  );
}

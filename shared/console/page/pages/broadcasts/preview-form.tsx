import { call } from '../../api.ts';
import { draftOf } from '../../drafts.ts';
import { Act } from '../../parts/act.tsx';
import { Field } from '../../parts/field.tsx';
import { tell } from '../../toast.tsx';
import { w } from './words.ts';

const first = { to: 'wechatId' as 'wechatId' | 'openid', receiver: '' };

/** Sends the content to one phone, before it goes to many. */
export function PreviewForm({ content }: { readonly content: object | undefined }) {
  // The colleague is mostly the same one.
  const draft = draftOf('broadcast.preview', first);
  const { to, receiver } = draft.value;
  const set = (changes: Partial<typeof first>) => {
    draft.value = { ...draft.value, ...changes };
  };
  const send = async () => {
    await call('mass-send', 'preview', { [to]: receiver.trim(), content });
    tell(w('previewSent'));
  };
  return (
    <fieldset class="preview">
      <legend>{w('preview')}</legend>
      <p class="muted small">{w('previewHint')}</p>
      <div class="form">
        <Field label={w('receiver')}>
          <select
            value={to}
            onChange={(event) => set({ to: event.currentTarget.value as typeof to })}
          >
            <option value="wechatId">{w('toWechatId')}</option>
            <option value="openid">{w('toOpenid')}</option>
          </select>
        </Field>
        <Field label={w(to === 'openid' ? 'toOpenid' : 'toWechatId')}>
          <input
            value={receiver}
            autocomplete="off"
            onInput={(event) => set({ receiver: event.currentTarget.value })}
          />
        </Field>
        <Act needs="send" disabled={!content || receiver.trim() === ''} onAct={send}>
          {w('sendPreview')}
        </Act>
      </div>
    </fieldset>
  );
}

import { useState } from 'preact/hooks';
import type { Role } from '../../../role.ts';
import { call } from '../../api.ts';
import { draftOf, dropDraft } from '../../drafts.ts';
import { newSecret } from '../../key.ts';
import { Act } from '../../parts/act.tsx';
import { Field } from '../../parts/field.tsx';
import { tell } from '../../toast.tsx';
import { t } from '../../words.ts';
import { RoleSelect } from './role-select.tsx';
import { w } from './words.ts';

const DRAFT = 'invite';
const empty: { readonly name: string; readonly role: Role } = { name: '', role: 'look' };

/** Makes a link by which somebody becomes an operator; it is shown once. */
export function InviteForm({ reload }: { readonly reload: () => Promise<void> }) {
  const draft = draftOf(DRAFT, empty);
  const { name, role } = draft.value;
  const [link, setLink] = useState<{ readonly name: string; readonly address: string }>();
  const invite = async () => {
    // The page makes the secret: what a function returns is written into a log.
    const secret = newSecret();
    await call('console', 'invite', { name, role, secret });
    setLink({ name, address: `${location.origin}${location.pathname}#invite=${secret}` });
    dropDraft(DRAFT, empty);
    await reload();
  };
  return (
    <section>
      <h3>{w('invite')}</h3>
      <p class="muted">{w('inviteAbout')}</p>
      <div class="form">
        <Field label={w('name')}>
          <input
            value={name}
            maxLength={20}
            onInput={(event) => {
              draft.value = { role, name: event.currentTarget.value };
            }}
          />
        </Field>
        <Field label={w('role')}>
          <RoleSelect
            role={role}
            onChange={(chosen) => {
              draft.value = { name, role: chosen };
            }}
          />
        </Field>
        <Act class="tool strong" disabled={name.trim() === ''} onAct={invite}>
          {w('makeLink')}
        </Act>
      </div>
      {link && (
        <p role="status">
          {w('linkFor', { name: link.name })}
          <code class="key">{link.address}</code>
          <Act
            onAct={async () => {
              await navigator.clipboard.writeText(link.address);
              tell(t('copied'));
            }}
          >
            {t('copy')}
          </Act>
        </p>
      )}
    </section>
  );
}

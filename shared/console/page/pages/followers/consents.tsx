import { useState } from 'preact/hooks';
import type { Profile } from '../../../../followers/profile.ts';
import { call } from '../../api.ts';
import { dateTime } from '../../format.ts';
import { Act } from '../../parts/act.tsx';
import { Field } from '../../parts/field.tsx';
import { tell } from '../../toast.tsx';
import { w } from './words.ts';

/** What a follower has consented to: the notes, the newest first, and a form for the next one. */
export function Consents({
  profile: { openid, consents = [] },
  reload,
}: {
  readonly profile: Profile;
  readonly reload: () => Promise<void>;
}) {
  const [to, setTo] = useState('');
  const [how, setHow] = useState('');
  const note = async (isGiven: boolean) => {
    await call('followers', 'noteConsent', { openid, to, how, isGiven });
    setTo('');
    setHow('');
    tell(w('noted'));
    await reload();
  };
  const isWhole = to.trim() !== '' && how.trim() !== '';
  return (
    <section>
      <h3>{w('consents')}</h3>
      <p class="muted">{w('consentsAbout')}</p>
      {consents.length === 0 ? (
        <p class="muted">{w('noConsents')}</p>
      ) : (
        <ul class="notes">
          {[...consents].reverse().map((each) => (
            <li key={`${each.at} ${each.to}`}>
              <span class={`state ${each.isGiven ? 'ok' : 'fault'}`}>
                {w(each.isGiven ? 'given' : 'withdrawn')}
              </span>{' '}
              {each.to}{' '}
              <small class="muted">
                {each.how} · {dateTime(each.at)}
              </small>
            </li>
          ))}
        </ul>
      )}
      <div class="form">
        <Field label={w('consentTo')} hint={w('consentToHint')}>
          <input value={to} maxLength={100} onInput={(event) => setTo(event.currentTarget.value)} />
        </Field>
        <Field label={w('consentHow')} hint={w('consentHowHint')}>
          <input
            value={how}
            maxLength={100}
            onInput={(event) => setHow(event.currentTarget.value)}
          />
        </Field>
        <Act needs="edit" disabled={!isWhole} onAct={() => note(true)}>
          {w('noteGiven')}
        </Act>
        <Act needs="edit" disabled={!isWhole} onAct={() => note(false)}>
          {w('noteWithdrawn')}
        </Act>
      </div>
    </section>
  );
}

import { LookButtons } from '../frame.tsx';
import { secretInLink } from '../route.ts';
import type { Me } from '../session.ts';
import { t } from '../words.ts';
import { Admission } from './admission.tsx';
import { Invitation } from './invitation.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { s } from './words.ts';

/** For somebody who is not signed in: by a link, or by what was set up before. */
export function Welcome({ onSignedIn }: { readonly onSignedIn: (operator: Me) => void }) {
  const link = secretInLink();
  return (
    <div class="welcome">
      <header class="top">
        <span class="logo" aria-hidden="true">
          服
        </span>
        <h1>
          {t('accountName')}
          {t('console')}
        </h1>
        <span class="grow" />
        <LookButtons />
      </header>
      <main class="card" id="content">
        {link?.kind === 'invite' ? (
          <Invitation secret={link.secret} onSignedIn={onSignedIn} />
        ) : link ? (
          <Admission secret={link.secret} onSignedIn={onSignedIn} />
        ) : (
          <>
            <h2>{s('signIn')}</h2>
            <SignInForm onSignedIn={onSignedIn} />
            <p class="muted small">{s('noAccount')}</p>
          </>
        )}
      </main>
    </div>
  );
}

import { LookButtons } from '../look/look-buttons.tsx';
import { secretInLink } from '../route.ts';
import type { Me } from '../session.ts';
import { TopBar } from '../top-bar.tsx';
import { Admission } from './admission.tsx';
import { Invitation } from './invitation.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { s } from './words.ts';

/** For somebody who is not signed in: by a link, or by what was set up before. */
export function Welcome({ onSignedIn }: { readonly onSignedIn: (operator: Me) => void }) {
  const link = secretInLink();
  return (
    <div class="welcome">
      <TopBar>
        <LookButtons />
      </TopBar>
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

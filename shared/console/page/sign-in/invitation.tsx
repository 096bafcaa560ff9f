import { useState } from 'preact/hooks';
import type { Role } from '../../role.ts';
import { call } from '../api.ts';
import { Loader, useLoaded } from '../parts/load.tsx';
import { go } from '../route.ts';
import type { Me } from '../session.ts';
import { t } from '../words.ts';
import { linkProblem } from './link-problem.ts';
import { PasswordSetup } from './password-setup.tsx';
import { enrollPasskey, hasPasskeys } from './ways.ts';
import { s } from './words.ts';

interface Invited {
  readonly name: string;
  readonly role: Role;
}

/** Somebody who was invited chooses how to sign in. */
export function Invitation({
  secret,
  onSignedIn,
}: {
  readonly secret: string;
  readonly onSignedIn: (operator: Me) => void;
}) {
  const loaded = useLoaded(() => call<Invited>('sign-in', 'openInvite', { secret }), [secret]);
  const [isPassword, setPassword] = useState(!hasPasskeys);
  const [problem, setProblem] = useState('');
  const come = async (way: () => Promise<Me>) => {
    setProblem('');
    try {
      const operator = await way();
      go();
      onSignedIn(operator);
    } catch (error) {
      setProblem(linkProblem(error));
    }
  };
  if (loaded.error !== undefined) {
    return (
      <p class="alarm" role="alert">
        {linkProblem(loaded.error)}
      </p>
    );
  }
  return (
    <Loader loaded={loaded}>
      {({ name, role }) => (
        <div class="ways">
          <h2>{s('welcome', { name })}</h2>
          <p>{s('invitedAs', { role: t(role) })}</p>
          {!isPassword && (
            <>
              <button
                type="button"
                class="tool strong wide"
                onClick={() => void come(() => enrollPasskey(secret))}
              >
                {s('makePasskey')}
              </button>
              <p class="muted small">{s('passkeyAbout')}</p>
              <button type="button" class="tool wide" onClick={() => setPassword(true)}>
                {s('makePassword')}
              </button>
            </>
          )}
          {isPassword && (
            <PasswordSetup
              name={name}
              onDone={(chosen) =>
                come(() => call<Me>('sign-in', 'enrollPassword', { secret, ...chosen }))
              }
            />
          )}
          {problem && (
            <p class="alarm" role="alert">
              {problem}
            </p>
          )}
        </div>
      )}
    </Loader>
  );
}

import { useState } from 'preact/hooks';
import { call } from '../api.ts';
import { Field } from '../parts/field.tsx';
import { isSignedOut, type Me } from '../session.ts';
import { messageOf } from '../toast.tsx';
import { CodeField } from './code-field.tsx';
import { hasPasskeys, signInByPasskey } from './ways.ts';
import { s } from './words.ts';

/** Both ways to sign in. @param name of the operator who was signed in, if the session is over */
export function SignInForm({
  onSignedIn,
  name: knownName = '',
}: {
  readonly onSignedIn: (operator: Me) => void;
  readonly name?: string;
}) {
  const [name, setName] = useState(knownName);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);
  const come = async (way: () => Promise<Me>) => {
    setBusy(true);
    setProblem('');
    try {
      const operator = await way();
      isSignedOut.value = false;
      onSignedIn(operator);
    } catch (error) {
      setProblem(messageOf(error));
      setCode('');
      setBusy(false);
    }
  };
  return (
    <div class="ways">
      {hasPasskeys ? (
        <button
          type="button"
          class="tool strong wide"
          disabled={isBusy}
          onClick={() => void come(signInByPasskey)}
        >
          {s('byPasskey')}
        </button>
      ) : (
        <p class="muted small">{s('noPasskeys')}</p>
      )}
      <p class="divider">{s('or')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void come(() => call<Me>('sign-in', 'password', { name, password, code }));
        }}
      >
        <Field label={s('name')}>
          <input
            required
            autocomplete="username"
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <Field label={s('password')}>
          <input
            required
            type="password"
            autocomplete="current-password"
            value={password}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
        </Field>
        <CodeField code={code} onCode={setCode} />
        <button type="submit" class="tool wide" disabled={isBusy}>
          {s('byPassword')}
        </button>
      </form>
      {problem && (
        <p class="alarm" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

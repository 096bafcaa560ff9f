import { useMemo, useState } from 'preact/hooks';
import { QrCode } from '../look/qr-code.tsx';
import { Field } from '../parts/field.tsx';
import { CodeField } from './code-field.tsx';
import { codeAddress, newCodeSecret } from './ways.ts';
import { s } from './words.ts';

interface Chosen {
  readonly password: string;
  readonly code: string;
  readonly codeSecret: string;
}

/** A password, and an app that shows one-time codes. */
export function PasswordSetup({
  name,
  onDone,
}: {
  readonly name: string;
  readonly onDone: (chosen: Chosen) => Promise<void>;
}) {
  const codeSecret = useMemo(newCodeSecret, []);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void onDone({ password, code, codeSecret });
      }}
    >
      <input type="hidden" autocomplete="username" value={name} />
      <Field label={s('password')} hint={s('passwordHint')}>
        <input
          required
          type="password"
          minLength={10}
          maxLength={128}
          autocomplete="new-password"
          value={password}
          onInput={(event) => setPassword(event.currentTarget.value)}
        />
      </Field>
      <p>{s('scan')}</p>
      <QrCode text={codeAddress(name, codeSecret)} label={s('code')} />
      <details>
        <summary>{s('keyByHand')}</summary>
        <code class="key">{codeSecret}</code>
      </details>
      <CodeField code={code} onCode={setCode} />
      <button type="submit" class="tool strong wide">
        {s('finish')}
      </button>
    </form>
  );
}

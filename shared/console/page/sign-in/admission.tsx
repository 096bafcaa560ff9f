import { useEffect, useState } from 'preact/hooks';
import { call } from '../api.ts';
import { go } from '../route.ts';
import type { Me } from '../session.ts';
import { linkProblem } from './link-problem.ts';
import { s } from './words.ts';

/** Comes in by a link that signs in at once, as `npm start` makes it. */
export function Admission({
  secret,
  onSignedIn,
}: {
  readonly secret: string;
  readonly onSignedIn: (operator: Me) => void;
}) {
  const [problem, setProblem] = useState('');
  // The link is good once.
  useEffect(() => {
    call<Me>('sign-in', 'admit', { secret }).then(
      (operator) => {
        go();
        onSignedIn(operator);
      },
      (error: unknown) => setProblem(linkProblem(error)),
    );
  }, [secret]);
  if (!problem) return <p class="empty">{s('comingIn')}</p>;
  return (
    <>
      <p class="alarm" role="alert">
        {problem}
      </p>
      <a class="tool" href="#/">
        {s('toSignIn')}
      </a>
    </>
  );
}

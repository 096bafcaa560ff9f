import type { OperatorSummary } from '../../operators.ts';
import { isAllowed } from '../../role.ts';
import { call } from '../api.ts';
import { Loader, useLoaded } from '../parts/load.tsx';
import { me } from '../session.ts';
import { InviteForm } from './operators/invite-form.tsx';
import { MySessions } from './operators/my-sessions.tsx';
import { OperatorRow } from './operators/operator-row.tsx';
import { w } from './operators/words.ts';

/** One's own sessions, and for a manager everybody who may use the console. */
export default function Operators() {
  return (
    <>
      <MySessions />
      {isAllowed(me.value?.role ?? 'look', 'manage') && <Everybody />}
    </>
  );
}

function Everybody() {
  const loaded = useLoaded(() => call<readonly OperatorSummary[]>('console', 'operators'));
  return (
    <>
      <section>
        <h3>{w('everybody')}</h3>
        <p class="muted">{w('rolesAbout')}</p>
        <Loader loaded={loaded}>
          {(operators) => (
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">{w('name')}</th>
                  <th scope="col">{w('role')}</th>
                  <th scope="col">{w('ways')}</th>
                  <th scope="col">{w('actions')}</th>
                </tr>
              </thead>
              <tbody>
                {operators.map((operator) => (
                  <OperatorRow key={operator.name} operator={operator} reload={loaded.reload} />
                ))}
              </tbody>
            </table>
          )}
        </Loader>
      </section>
      <InviteForm reload={loaded.reload} />
    </>
  );
}

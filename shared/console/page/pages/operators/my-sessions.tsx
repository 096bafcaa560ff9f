import type { SessionSummary } from '../../../sessions.ts';
import { call } from '../../api.ts';
import { dateTime } from '../../format.ts';
import { newSecret } from '../../key.ts';
import { Act } from '../../parts/act.tsx';
import { Loader, useLoaded } from '../../parts/load.tsx';
import { tell } from '../../toast.tsx';
import { w } from './words.ts';

/** Where the operator is signed in, to be ended one by one. */
export function MySessions() {
  const loaded = useLoaded(async () => {
    const [sessions, self] = await Promise.all([
      call<readonly SessionSummary[]>('self', 'sessions'),
      call<{ readonly session: string }>('self', 'whoAmI'),
    ]);
    return { sessions, current: self.session };
  });
  const end = async (id: string) => {
    await call('self', 'revoke', { id });
    tell(w('ended'));
    await loaded.reload();
  };
  const addWay = async () => {
    const secret = newSecret();
    await call('self', 'invite', { secret });
    location.hash = `#invite=${secret}`;
  };
  return (
    <section>
      <h3>{w('mine')}</h3>
      <Loader loaded={loaded}>
        {({ sessions, current }) => (
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{w('browser')}</th>
                <th scope="col">{w('method')}</th>
                <th scope="col">{w('opened')}</th>
                <th scope="col">{w('seen')}</th>
                <th scope="col">{w('actions')}</th>
              </tr>
            </thead>
            <tbody>
              {sessions.map(({ id, browser, method, openedAt, seenAt }) => (
                <tr key={id}>
                  <th scope="row" data-label={w('browser')}>
                    {browser}
                  </th>
                  <td data-label={w('method')}>{w(method)}</td>
                  <td data-label={w('opened')}>{dateTime(openedAt)}</td>
                  <td data-label={w('seen')}>{dateTime(seenAt)}</td>
                  <td data-label={w('actions')} class="actions">
                    {id === current ? (
                      <span class="muted">{w('thisOne')}</span>
                    ) : (
                      <Act onAct={() => end(id)}>{w('end')}</Act>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loader>
      <p class="muted">
        <Act onAct={addWay}>{w('anotherWay')}</Act> {w('anotherWayAbout')}
      </p>
    </section>
  );
}

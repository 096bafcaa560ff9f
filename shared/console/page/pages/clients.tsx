import { useState } from 'preact/hooks';
import type { ClientSummary, UsageSummary } from '../../../proxy/manage-clients.ts';
import { call } from '../api.ts';
import { newSecret } from '../key.ts';
import { Act } from '../parts/act.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loader, useLoaded } from '../parts/load.tsx';
import { tell } from '../toast.tsx';
import { t } from '../words.ts';
import { AddClient } from './clients/add-client.tsx';
import { NewSecret, type ShownSecret } from './clients/new-secret.tsx';
import { Usage } from './clients/usage.tsx';
import { w } from './clients/words.ts';

/** A client with the terms that the page shows. */
export type Client = ClientSummary & {
  readonly deny: readonly string[];
  readonly perSecond: number;
  readonly burst: number;
  readonly budgets: readonly { readonly pattern: string; readonly perDay: number }[];
  readonly note?: string;
  readonly previousUntil?: string;
  readonly expiresAt?: string;
};

/** The systems that call WeChat through the proxy: what they may, and what they have used today. */
export default function Clients() {
  const loaded = useLoaded(async () => {
    const [clients, usage] = await Promise.all([
      call<readonly Client[]>('proxy-client', 'list'),
      call<readonly UsageSummary[]>('proxy-client', 'usage'),
    ]);
    return { clients, usage };
  });
  const [shown, setShown] = useState<ShownSecret>();
  const add = async (terms: { readonly id: string } & Readonly<Record<string, unknown>>) => {
    // The page makes the secret: what a function returns is written into a log.
    const secret = newSecret();
    await call('proxy-client', 'add', { ...terms, secret });
    setShown({ id: terms.id, secret });
    await loaded.reload();
  };
  const rotate = async (id: string) => {
    const secret = newSecret();
    await call('proxy-client', 'rotate', { id, secret });
    setShown({ id, secret });
    await loaded.reload();
  };
  const enable = async (id: string, isEnabled: boolean) => {
    if (isEnabled) await call('proxy-client', 'change', { id, enabled: true });
    else await call('proxy-client', 'disable', { id });
    tell(t('done'));
    await loaded.reload();
  };
  return (
    <>
      <p class="muted">{w('about')}</p>
      {shown && <NewSecret shown={shown} onClose={() => setShown(undefined)} />}
      <Loader loaded={loaded}>
        {({ clients, usage }) => (
          <>
            {clients.length === 0 ? (
              <Empty title={w('none')}>
                <p>{w('noneAbout')}</p>
              </Empty>
            ) : (
              <table class="table">
                <thead>
                  <tr>
                    <th scope="col">{w('id')}</th>
                    <th scope="col">{w('allow')}</th>
                    <th scope="col">{w('rate')}</th>
                    <th scope="col">{w('usage')}</th>
                    <th scope="col">{w('actions')}</th>
                  </tr>
                </thead>
                <tbody>
                  {clients.map((client) => (
                    <ClientRow
                      key={client.id}
                      client={client}
                      usage={usage.find(({ id }) => id === client.id)}
                      onRotate={() => rotate(client.id)}
                      onEnable={(isEnabled) => enable(client.id, isEnabled)}
                    />
                  ))}
                </tbody>
              </table>
            )}
            <AddClient onAdd={add} />
          </>
        )}
      </Loader>
    </>
  );
}

function ClientRow({
  client,
  usage,
  onRotate,
  onEnable,
}: {
  readonly client: Client;
  readonly usage: UsageSummary | undefined;
  readonly onRotate: () => Promise<void>;
  readonly onEnable: (isEnabled: boolean) => Promise<void>;
}) {
  const { id, state, allow, deny, perSecond, burst, note } = client;
  return (
    <tr>
      <th scope="row" data-label={w('id')}>
        {id} <span class={`state ${state === 'enabled' ? 'ok' : 'fault'}`}>{w(state)}</span>
        {note && <small class="muted block">{note}</small>}
      </th>
      <td data-label={w('allow')}>
        {allow.map((pattern) => (
          <code key={pattern} class="tag">
            {pattern}
          </code>
        ))}
        {deny.map((pattern) => (
          <code key={pattern} class="tag reason">
            − {pattern}
          </code>
        ))}
      </td>
      <td data-label={w('rate')}>{w('rateOf', { perSecond, burst })}</td>
      <td data-label={w('usage')}>
        <Usage counters={usage?.counters ?? []} budgets={client.budgets} />
      </td>
      <td data-label={w('actions')} class="actions">
        <Act needs="manage" question={w('rotateQuestion', { id })} onAct={onRotate}>
          {w('rotate')}
        </Act>
        {state === 'disabled' ? (
          <Act needs="manage" onAct={() => onEnable(true)}>
            {w('enable')}
          </Act>
        ) : (
          <Act needs="manage" question={w('disableQuestion', { id })} onAct={() => onEnable(false)}>
            {w('disable')}
          </Act>
        )}
      </td>
    </tr>
  );
}

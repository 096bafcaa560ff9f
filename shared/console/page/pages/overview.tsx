import type { ComponentChildren } from 'preact';
import type { MassSendQuota } from '../../../mass-send/quota.ts';
import type { StatusOverview } from '../../../monitoring/overview.ts';
import { call } from '../api.ts';
import { number } from '../format.ts';
import { Act } from '../parts/act.tsx';
import { Loader, useLoaded } from '../parts/load.tsx';
import { t } from '../words.ts';
import { Days } from './overview/days.tsx';
import { Shares } from './overview/shares.tsx';
import { alertName, w } from './overview/words.ts';

/** How the account stands: what needs somebody, what is left, and how the days went. */
export default function Overview() {
  const status = useLoaded(() => call<StatusOverview>('overview', 'status'));
  const quota = useLoaded(() => call<MassSendQuota>('mass-send', 'quota'));
  return (
    <>
      <div class="form">
        <Act onAct={() => Promise.all([status.reload(), quota.reload()])}>{t('refresh')}</Act>
      </div>
      <Loader loaded={status}>
        {(data) => (
          <>
            <div class="cards">
              <Alerts alerts={data.alerts} />
              <Token at={data.at} credentials={data.credentials} />
              <Tile title={w('jobs')} isBad={data.jobs.dead > 0}>
                <a href="#/jobs">{number(data.jobs.dead)}</a>
                <small class="muted">{w('waiting', { count: number(data.jobs.ready) })}</small>
              </Tile>
              <Loader loaded={quota}>
                {({ broadcastsThisMonth, callsLeftToday, perMonth }) => (
                  <Tile title={w('broadcasts')}>
                    <span>
                      {broadcastsThisMonth} / {perMonth}
                    </span>
                    <small class="muted">
                      {w('broadcastsLeft', { count: number(callsLeftToday) })}
                    </small>
                  </Tile>
                )}
              </Loader>
            </div>
            <Answers answers={data.answers} />
            <Quotas quotas={data.quotas} />
          </>
        )}
      </Loader>
      <Days />
    </>
  );
}

function Tile({
  title,
  isBad = false,
  children,
}: {
  readonly title: string;
  readonly isBad?: boolean;
  readonly children: ComponentChildren;
}) {
  return (
    <section class={`tile ${isBad ? 'bad' : ''}`}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Alerts({ alerts }: Pick<StatusOverview, 'alerts'>) {
  return (
    <Tile title={w('alerts')} isBad={alerts.length > 0}>
      {alerts.length === 0 ? (
        <span>{w('noAlerts')}</span>
      ) : (
        <ul>
          {alerts.map((name) => (
            <li key={name}>{alertName(name)}</li>
          ))}
        </ul>
      )}
    </Tile>
  );
}

const MINUTE_MS = 60_000;

function Token({ at, credentials }: Pick<StatusOverview, 'at' | 'credentials'>) {
  const token = credentials.find(({ kind }) => kind !== 'jsapi_ticket');
  const leftMs = (token?.expiresAt ?? 0) - at;
  const failures = token?.failures ?? 0;
  const state =
    token?.expiresAt === undefined ? 'tokenNone' : leftMs > 0 ? 'tokenGood' : 'tokenOver';
  return (
    <Tile title={w('token')} isBad={failures > 0 || state === 'tokenOver'}>
      <span>{w(state, { minutes: Math.floor(leftMs / MINUTE_MS) })}</span>
      {failures > 0 && <small class="reason">{w('tokenFailures', { count: failures })}</small>}
    </Tile>
  );
}

function Answers({ answers: { total, slower } }: Pick<StatusOverview, 'answers'>) {
  return (
    <section>
      <h3>{w('answers')}</h3>
      {total === 0 ? (
        <p class="empty">{w('noAnswers')}</p>
      ) : (
        <>
          <p class="muted">{w('answersAbout', { total: number(total) })}</p>
          <Shares
            heads={[w('bound'), w('share'), w('count')]}
            rows={slower.map(({ seconds, count }) => ({
              name: w('seconds', { seconds }),
              share: count / total,
              text: number(count),
            }))}
          />
        </>
      )}
    </section>
  );
}

function Quotas({ quotas }: Pick<StatusOverview, 'quotas'>) {
  return (
    <section>
      <h3>{w('quotas')}</h3>
      {quotas.length === 0 ? (
        <p class="empty">{w('noQuotas')}</p>
      ) : (
        <Shares
          heads={[w('endpoint'), w('used')]}
          rows={quotas.map(({ endpoint, used }) => ({ name: endpoint, share: used }))}
        />
      )}
    </section>
  );
}

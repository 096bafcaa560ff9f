import type { SectionValues } from '../../sections.ts';
import { ask, attempt } from '../api.ts';
import { sections } from '../feed.ts';
import { dateTime } from '../format.ts';
import { stateName, t } from '../words.ts';
import { DeadJobs, type JobView } from './dead-jobs.tsx';

/** Our jobs, whatever their kind, WeChat's broadcasts, and what is left of the day's calls. */
export function JobsPanel() {
  return (
    <div class="panel pad">
      <DeadJobs />
      <h2>{t('ownJobs')}</h2>
      <Jobs jobs={(sections.value.jobs ?? []) as readonly JobView[]} />
      <h2>{t('broadcasts')}</h2>
      <Broadcasts jobs={sections.value.massSends?.jobs ?? []} />
      <h2>{t('quotas')}</h2>
      <Quotas quotas={sections.value.quotas ?? []} />
    </div>
  );
}

const stateClass: Readonly<Record<string, string>> = {
  done: 'ok',
  dead: 'fault',
  dropped: 'silent',
  running: 'pending',
};

function Jobs({ jobs }: { readonly jobs: readonly JobView[] }) {
  if (jobs.length === 0) return <p class="empty">{t('noJobs')}</p>;
  return (
    <div class="rows">
      {jobs.map((job) => {
        const { _id, kind, state = '', attempts, dueAt, createdAt, error } = job;
        return (
          <details key={String(_id)} class="document">
            <summary>
              <span class={`state ${stateClass[state] ?? 'silent'}`}>{stateName(state)}</span>
              <strong>{kind}</strong>
              <small class="muted">
                {createdAt && dateTime(Date.parse(createdAt.$date))} ·{' '}
                {t('attempts').replace('…', String(attempts ?? 0))}
                {dueAt && ` · ${t('due')} ${dateTime(Date.parse(dueAt.$date))}`}
              </small>
              {error?.message && <span class="reason">{error.message}</span>}
            </summary>
            <pre>{JSON.stringify(job, null, 2)}</pre>
          </details>
        );
      })}
    </div>
  );
}

function Broadcasts({ jobs }: { readonly jobs: SectionValues['massSends']['jobs'] }) {
  if (jobs.length === 0) return <p class="empty">{t('noBroadcasts')}</p>;
  return (
    <div class="rows">
      {[...jobs].reverse().map((job) => {
        const isOver = job.status !== 'SENDING';
        const share = isOver && job.totalCount > 0 ? (job.delivered / job.totalCount) * 100 : 0;
        return (
          <details key={job.msgId} class="document">
            <summary>
              <span
                class={`state ${job.status === 'SEND_SUCCESS' ? 'ok' : isOver ? 'fault' : 'pending'}`}
              >
                {stateName(job.status)}
              </span>
              <strong>{job.msgtype}</strong>
              <small class="muted">
                {dateTime(job.acceptedAt)} · {job.audience} · {isOver ? job.delivered : '…'}/
                {job.totalCount} · {job.result}
              </small>
              <span class={`life ${isOver ? '' : 'moving'}`} aria-hidden="true">
                <span style={{ width: `${isOver ? share : 40}%` }} />
              </span>
            </summary>
            <pre>{JSON.stringify(job, null, 2)}</pre>
          </details>
        );
      })}
    </div>
  );
}

function Quotas({ quotas }: { readonly quotas: SectionValues['quotas'] }) {
  if (quotas.length === 0) return <p class="empty">{t('noQuotas')}</p>;
  const set = (path: string, used: number) =>
    void attempt(() => ask('POST', '/wechat/quota', { path, used }));
  return (
    <ul class="quotas">
      {quotas.map(({ path, used, day }) => (
        <li key={path}>
          <code>{path}</code>
          <span class="life" aria-hidden="true">
            <span style={{ width: `${Math.min(100, (used / day) * 100)}%` }} />
          </span>
          <small class={used >= day ? 'reason' : 'muted'}>
            {used} / {day}
          </small>
          <button type="button" class="tool small" onClick={() => set(path, used >= day ? 0 : day)}>
            {t(used >= day ? 'reset' : 'useUp')}
          </button>
        </li>
      ))}
    </ul>
  );
}

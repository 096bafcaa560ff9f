import { useState } from 'preact/hooks';
import type { JobState } from '../../../jobs/job-document.ts';
import type { JobSummary } from '../../../jobs/operator.ts';
import { call } from '../api.ts';
import { dateTime } from '../format.ts';
import { Act } from '../parts/act.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loader, useLoaded } from '../parts/load.tsx';
import { useRepeatedly } from '../parts/progress.tsx';
import { go, route } from '../route.ts';
import { tell } from '../toast.tsx';
import { t, wordsOf } from '../words.ts';

const w = wordsOf({
  about: [
    '云函数稍后要做的事：延迟回复、群发的每一步、关注者同步。多次失败的任务会停在「已失败」，需要有人处理。',
    'What the functions do later: deferred replies, steps of broadcasts, syncs of followers. A job that has failed too often stops as "failed" until somebody looks at it.',
  ],
  dead: ['已失败', 'Failed'],
  ready: ['等待中', 'Waiting'],
  running: ['进行中', 'Running'],
  done: ['已完成', 'Done'],
  dropped: ['已放弃', 'Dropped'],
  kind: ['种类', 'Kind'],
  attempts: ['尝试次数', 'Attempts'],
  created: ['创建时间', 'Made'],
  due: ['下次执行', 'Due'],
  reason: ['原因', 'Reason'],
  actions: ['操作', 'Actions'],
  retry: ['重试', 'Retry'],
  drop: ['放弃', 'Drop'],
  retried: ['已重新排队，几秒内执行', 'Queued again; it runs within seconds'],
  droppedNow: ['已放弃', 'Dropped'],
  dropQuestion: [
    '放弃后任务的内容会被删除，无法恢复。确定放弃？',
    'What the job was to do is deleted, for good. Drop it?',
  ],
  noneDead: ['没有失败的任务，一切正常', 'No failed jobs: all is well'],
  none: ['没有这样的任务', 'No such jobs'],
  noneAbout: [
    '任务由云函数自动创建，结束一周后自动清理。',
    'Functions make jobs by themselves; they are removed a week after they end.',
  ],
  kinds: ['状态', 'State'],
} as const);

/** What needs somebody comes first. */
const states: readonly JobState[] = ['dead', 'ready', 'running', 'done', 'dropped'];
const PAGE = 50;

const kinds: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  message: ['延迟回复', 'deferred reply'],
  'mass-send': ['群发', 'broadcast'],
  'followers-sync': ['关注者同步', 'sync of followers'],
  'followers-page': ['关注者同步（分页）', 'page of a sync'],
  'followers-forget-tag': ['删除标签', 'removal of a tag'],
  'follower-erase': ['清除关注者数据', 'erasing of a follower'],
  'callback-addresses': ['微信出口地址', 'addresses of WeChat'],
  alert: ['告警', 'alert'],
  quota: ['接口额度', 'quotas'],
  reconcile: ['与微信对账', 'comparison with WeChat'],
};
const kindOf = wordsOf(kinds);

/** Jobs by their state; the dead ones with their reason, to be retried or dropped. */
export default function Jobs() {
  const state = states.find((each) => each === route.value[1]) ?? 'dead';
  const [limit, setLimit] = useState(PAGE);
  const loaded = useLoaded(
    () => call<readonly JobSummary[]>('worker', 'list', { state, limit }),
    [state, limit],
  );
  const { data, reload } = loaded;
  useRepeatedly(reload, state === 'running' && (data?.length ?? 0) > 0);
  return (
    <>
      <p class="muted">{w('about')}</p>
      <fieldset class="chips" aria-label={w('kinds')}>
        {states.map((each) => (
          <button
            key={each}
            type="button"
            class="chip"
            aria-pressed={each === state}
            onClick={() => go('jobs', each)}
          >
            {w(each)}
          </button>
        ))}
        <span class="grow" />
        <Act onAct={reload}>{t('refresh')}</Act>
      </fieldset>
      <Loader loaded={loaded}>
        {(jobs) =>
          jobs.length === 0 ? (
            <Empty title={w(state === 'dead' ? 'noneDead' : 'none')}>
              <p>{w('noneAbout')}</p>
            </Empty>
          ) : (
            <>
              <table class="table">
                <thead>
                  <tr>
                    <th scope="col">{w('kind')}</th>
                    <th scope="col">{w('created')}</th>
                    <th scope="col">{w('attempts')}</th>
                    <th scope="col">{w('due')}</th>
                    <th scope="col">{w('reason')}</th>
                    <th scope="col">{w('actions')}</th>
                  </tr>
                </thead>
                <tbody>
                  {jobs.map((job) => (
                    <JobRow key={job.id} job={job} reload={reload} />
                  ))}
                </tbody>
              </table>
              {jobs.length === limit && (
                <button type="button" class="tool" onClick={() => setLimit(limit + PAGE)}>
                  {t('more')}
                </button>
              )}
            </>
          )
        }
      </Loader>
    </>
  );
}

function JobRow({
  job,
  reload,
}: {
  readonly job: JobSummary;
  readonly reload: () => Promise<void>;
}) {
  const { id, kind, state, attempts, createdAt, dueAt, error } = job;
  const act = async (action: 'retry' | 'drop') => {
    await call('worker', action, { id });
    tell(w(action === 'retry' ? 'retried' : 'droppedNow'));
    await reload();
  };
  return (
    <tr>
      <th scope="row" data-label={w('kind')}>
        {kindOf(kind)}
        <small class="muted id">{id}</small>
      </th>
      <td data-label={w('created')}>{dateTime(createdAt)}</td>
      <td data-label={w('attempts')}>{attempts}</td>
      <td data-label={w('due')}>{dueAt === undefined ? '—' : dateTime(dueAt)}</td>
      <td data-label={w('reason')} class={error ? 'reason' : ''}>
        {error ? error.message : '—'}
      </td>
      <td data-label={w('actions')} class="actions">
        {state === 'dead' && (
          <Act needs="send" onAct={() => act('retry')}>
            {w('retry')}
          </Act>
        )}
        {(state === 'dead' || state === 'ready') && (
          <Act needs="send" question={w('dropQuestion')} onAct={() => act('drop')}>
            {w('drop')}
          </Act>
        )}
      </td>
    </tr>
  );
}

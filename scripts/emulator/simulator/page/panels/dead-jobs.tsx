import { attempt, invoke } from '../api.ts';
import { sections } from '../feed.ts';
import { dateTime } from '../format.ts';
import { before, t } from '../words.ts';

/** As far as the page knows the document; what it does not know it does not show. */
export interface JobView {
  readonly _id?: unknown;
  readonly kind?: string;
  readonly state?: string;
  readonly attempts?: number;
  readonly dueAt?: { readonly $date: string };
  readonly createdAt?: { readonly $date: string };
  readonly error?: { readonly message?: string };
}

/** Jobs that have failed for good, each to be retried or dropped; nothing where there is none. */
export function DeadJobs() {
  const jobs = (sections.value.deadJobs ?? []) as readonly JobView[];
  if (jobs.length === 0) return null;
  return (
    <>
      <h2>{t('deadJobs')}</h2>
      <p class="muted">{t('deadJobsAbout')}</p>
      <ul class="listed">
        {jobs.map((job) => (
          <DeadJob key={String(job._id)} job={job} />
        ))}
      </ul>
    </>
  );
}

function DeadJob({ job }: { readonly job: JobView }) {
  const { kind, attempts = 0, createdAt, error } = job;
  const id = String(job._id);
  const tell = (action: 'retry' | 'drop') =>
    void attempt(async () => {
      const answer = await invoke('worker', action, { id });
      if (!answer.ok) throw new Error(answer.error.message);
    });
  return (
    <li>
      <strong>{kind}</strong>
      <code>{id}</code>
      <small class="muted">
        {createdAt && `${dateTime(Date.parse(createdAt.$date))} · `}
        {t('attempts').replace('…', String(attempts))}
      </small>
      <span class="reason">{error?.message}</span>
      <span class="grow" />
      {(['retry', 'drop'] as const).map((action) => (
        <button
          key={action}
          type="button"
          class="tool small"
          aria-label={`${before(action)}${id}`}
          onClick={() => tell(action)}
        >
          {t(action)}
        </button>
      ))}
    </li>
  );
}

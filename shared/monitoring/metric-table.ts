import { jobStates } from '../jobs/index.ts';
import type { LogFields } from '../kernel/log.ts';
import { inboxSteps, pushRefusals } from '../kernel/log-events.ts';
import { counter, gauge, histogram, type Mark, type MetricTable } from '../kernel/metrics.ts';
import { batchStates, broadcastStates } from '../mass-send/states.ts';
import { alertNames } from './alert-names.ts';
import { labelSets } from './metric-labels.ts';

const SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 4, 4.5, 5, 10, 30, 120] as const;

/** A list of WeChat's codes would load its explanations of them into every function. */
const ERRCODE = /^-?\d{1,9}$/;
/** A name of the catalogue, such as `menu.create`; a list of them would load the catalogue everywhere. */
const ENDPOINT = /^[a-z][A-Za-z\d]{1,31}\.[a-z][A-Za-z\d]{1,31}$/;

/** WeChat hangs up at 5 s, and handlers are stopped earlier. */
const ANSWER_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 4, 4.5, 5] as const;

/** A refusal of the cipher says more after a colon. */
const refusalOf = (reason = '') => pushRefusals.find((each) => reason.startsWith(each));

const once = () => ({});
const duration = ({ ms }: LogFields) => ({ value: (ms ?? 0) / 1_000 });
const onAnswers = <M>(mark: (fields: LogFields) => M) => ({
  answered: mark,
  'answered slowly': mark,
});
const step =
  <const Name extends string>(name: Name) =>
  () => ({ labels: { step: name } });
const outcome = <const Name extends string>(name: Name) => ({ labels: { outcome: name } });
const kindOf = ({ details }: LogFields) => ({ kind: String(details?.kind) });

/**
 * Every metric. Most are moved by events of the log: to count something new, log it where it happens
 * and add a row here. A metric without `on` is read when the metrics are asked for (`readings.ts`).
 */
export const metricTable = {
  // The callback
  callback_seconds: histogram({
    help: 'Time from a push to its answer, but for slow routes; WeChat hangs up after 5 s.',
    buckets: ANSWER_SECONDS,
    on: { answered: duration },
  }),
  messages_total: counter({
    help: 'Messages and events answered, by type or event name.',
    labels: { message: labelSets.message },
    on: onAnswers(({ message }) => ({ labels: { message } })),
  }),
  replies_total: counter({
    help: 'Passive replies by type.',
    labels: { reply: labelSets.reply },
    on: onAnswers(({ reply }) => ({ labels: { reply } })),
  }),
  refusals_total: counter({
    help: 'Pushes refused (403) or not readable (400), by reason.',
    labels: { reason: [...pushRefusals, 'malformed'] },
    on: {
      'push refused': ({ reason }) => ({ labels: { reason: refusalOf(reason) } }),
      'push malformed': () => ({ labels: { reason: 'malformed' } }),
    },
  }),
  handler_errors_total: counter({
    help: 'Handlers that threw, or were not done in time, by the message they were for.',
    labels: { message: labelSets.message, reason: ['threw', 'slow'] },
    on: {
      'handler failed': ({ message }) => ({ labels: { message, reason: 'threw' } }),
      'handler was too slow': ({ message }) => ({ labels: { message, reason: 'slow' } }),
    },
  }),
  deliveries_total: counter({
    help: 'Deliveries of messages by what the inbox knew of them: repeats ran no handler.',
    labels: { standing: labelSets.standing },
    on: onAnswers(({ standing }) => ({ labels: { standing } })),
  }),
  slow_answers_total: counter({
    help: 'Slow handlers that went on after the first response, and the ways of their answers.',
    labels: { step: ['went_on', 'brought', 'promised', 'kept'] },
    on: {
      'slow handler goes on': step('went_on'),
      'slow answer brought': step('brought'),
      'slow answer promised': step('promised'),
      'answer kept to be asked for': step('kept'),
    },
  }),
  inbox_unavailable_total: counter({
    help: 'Times that the store failed a message, by the step that needed it.',
    labels: { step: inboxSteps },
    on: { 'inbox unavailable': ({ reason }) => ({ labels: { step: reason } }) },
  }),
  turns_total: counter({
    help: 'Messages that waited for earlier ones of their follower, which had the sessions in hand.',
    labels: { outcome: ['taken', 'left to the worker'] },
    on: { 'turn awaited': ({ reason }) => ({ labels: { outcome: reason } }) },
  }),
  sessions_reset_total: counter({
    help: 'Sessions whose stored state fitted no schema any more, so that they began anew.',
    on: { 'session reset': once },
  }),
  messages_deferred_total: counter({
    help: 'Messages left to the worker: by defer(), or because their handler was not done in time.',
    on: { 'message deferred': once },
  }),
  messages_unhandled_total: counter({
    help: 'Messages not handled as usual: held for the next delivery, deferred but handled in the response, taken over by the worker, given up because a handler must not run twice, lost, or ignored in a flood.',
    labels: { outcome: ['held', 'handled_here', 'taken_over', 'given_up', 'lost', 'ignored'] },
    on: {
      'message ignored': () => outcome('ignored'),
      'message held': () => outcome('held'),
      'message handled here': () => outcome('handled_here'),
      'message taken over': () => outcome('taken_over'),
      'message given up': () => outcome('given_up'),
      'message lost': () => outcome('lost'),
    },
  }),
  callbacks_of_day: gauge({
    over: 'latest',
    help: 'Pushes of yesterday: as we counted them, as WeChat counted them, and those that failed by its count.',
    labels: { by: ['us', 'wechat', 'wechat_failed'] },
    on: {
      'callback counted': ({ reason, count }) => ({ labels: { by: reason }, value: count ?? 0 }),
    },
  }),

  // The token
  token_refreshes_total: counter({
    help: 'Attempts to renew a credential, by how they ended.',
    labels: { kind: labelSets.credential, outcome: ['renewed', 'failed', 'lost'] },
    on: {
      'token renewed': ({ endpoint: kind }) => ({ labels: { kind, outcome: 'renewed' } }),
      'token not renewed': ({ endpoint: kind }) => ({ labels: { kind, outcome: 'failed' } }),
      'token not stored': ({ endpoint: kind }) => ({ labels: { kind, outcome: 'lost' } }),
    },
  }),
  token_forced_total: counter({
    help: 'Refreshes that killed the token before them; WeChat allows 20 a day.',
    on: { 'token refresh forced': once },
  }),
  token_waits_total: counter({
    help: 'Times that an instance waited for another one to renew a credential.',
    labels: { kind: labelSets.credential },
    on: { 'waiting for another instance': ({ endpoint: kind }) => ({ labels: { kind } }) },
  }),
  token_age_seconds: gauge({
    over: 'latest',
    help: 'Time since the credential in use was issued.',
    labels: { kind: labelSets.credential },
  }),
  token_expires_in_seconds: gauge({
    over: 'latest',
    help: 'Time until the credential in use ends; negative if it has ended.',
    labels: { kind: labelSets.credential },
  }),
  token_failures: gauge({
    over: 'latest',
    help: 'Failures in a row to renew the credential; 0 if the last attempt went well.',
    labels: { kind: labelSets.credential },
  }),

  // The WeChat API
  wechat_calls_total: counter({
    help: 'Requests to the WeChat API, repeats included, by endpoint and by what the answer means.',
    labels: {
      endpoint: ENDPOINT,
      outcome: labelSets.call,
    },
    on: { 'wechat called': ({ endpoint, reason }) => ({ labels: { endpoint, outcome: reason } }) },
  }),
  wechat_errcodes_total: counter({
    help: 'Errcodes that the WeChat API answered with, those of token requests included.',
    labels: { errcode: ERRCODE },
    on: { 'wechat called': errcodeOf, 'token not renewed': errcodeOf },
  }),
  quota_used_ratio: gauge({
    over: 'latest',
    help: 'Used part of the daily allowance of the endpoints called most; read every half hour.',
    labels: { endpoint: ENDPOINT },
    on: {
      'quota read': ({ endpoint, count = 0, details }) => {
        const limit = Number(details?.limit);
        return limit > 0 ? { labels: { endpoint }, value: 1 - count / limit } : undefined;
      },
    },
  }),
  wechat_call_seconds: histogram({
    help: 'Time until the WeChat API answered.',
    buckets: SECONDS,
    on: { 'wechat called': duration },
  }),

  // The API proxy
  proxy_calls_total: counter({
    help: 'Requests of other systems, by what became of them.',
    labels: { outcome: labelSets.proxyCall },
    on: { 'proxy call': ({ reason = 'passed' }) => ({ labels: { outcome: reason } }) },
  }),

  // Jobs
  job_attempts_total: counter({
    help: 'Attempts at jobs by kind and by how they ended.',
    labels: { kind: labelSets.job, outcome: ['done', 'again', 'failed', 'dead'] },
    on: {
      'job attempted': (fields) => ({ labels: { ...kindOf(fields), outcome: fields.reason } }),
    },
  }),
  jobs_late_total: counter({
    help: 'Attempts whose result did not count because their lease was over.',
    labels: { kind: labelSets.job },
    on: { 'job late': (fields) => ({ labels: kindOf(fields) }) },
  }),
  jobs_dead_total: counter({
    help: 'Jobs given up for good; an operator may retry or drop them.',
    labels: { kind: labelSets.job },
    on: { 'job dead': (fields) => ({ labels: kindOf(fields) }) },
  }),
  wakes_lost_total: counter({
    help: 'Times that the worker could not be woken, so that its timer had to start it.',
    on: { 'worker not woken': once },
  }),
  jobs: gauge({
    over: 'latest',
    help: 'Jobs by state.',
    labels: { state: jobStates },
  }),

  // Mass sends
  mass_sends: gauge({
    over: 'latest',
    help: 'Mass sends that are not over, by state.',
    labels: { state: broadcastStates },
  }),
  documents_refused_total: counter({
    help: 'Reads of documents that no holder of the AppSecret wrote, by collection.',
    labels: { collection: labelSets.boundCollection },
    on: { 'document refused': ({ reason }) => ({ labels: { collection: reason } }) },
  }),
  mass_sends_failed_total: counter({
    help: 'Mass sends that were stopped, or of which WeChat did not send a part.',
    labels: { outcome: ['stopped', 'partly failed'] },
    on: {
      'mass send stopped': () => outcome('stopped'),
      'mass send partly failed': () => outcome('partly failed'),
    },
  }),
  mass_send_batches: gauge({
    over: 'latest',
    help: 'Batches of the mass sends that are not over, by state.',
    labels: { state: batchStates },
  }),

  // Alerts
  alerts_firing: gauge({
    over: 'latest',
    help: 'Whether the rule fires: 1 or 0.',
    labels: { rule: alertNames },
  }),

  // The instances
  cold_starts_total: counter({
    help: 'Instances started.',
    on: { 'instance started': once },
  }),
  invocations_total: counter({
    help: 'Invocations by how they ended.',
    labels: { outcome: ['ok', 'failed'] },
    on: { 'invocation over': ({ reason }) => ({ labels: { outcome: reason } }) },
  }),
  invocation_seconds: histogram({
    help: 'Time that an invocation took, without the cold start.',
    buckets: SECONDS,
    on: { 'invocation over': duration },
  }),
  memory_bytes: gauge({
    over: 'max',
    help: 'Resident memory of the instance that uses most.',
    on: { 'memory measured': ({ count }) => ({ value: count ?? 0 }) },
  }),
  instances: gauge({
    over: 'latest',
    help: 'Instances that have reported within the last 15 minutes.',
  }),
  store_recoveries_total: counter({
    help: 'Operations of the store that succeeded only when repeated.',
    on: { 'store recovered': once },
  }),
  flushes_lost_total: counter({
    help: 'Times that metrics could not be written; the next flush holds them too.',
    on: { 'metrics not written': once },
  }),
} satisfies MetricTable;

/** The errcode 0 means success, and counts nowhere. */
function errcodeOf({ errcode }: LogFields): Mark | undefined {
  return errcode ? { labels: { errcode: String(errcode) } } : undefined;
}

import type { MeasuredRule, MetricReader } from '../alerts/index.ts';
import type { LogEvent } from '../kernel/log-events.ts';
import type { alertNames } from './alert-names.ts';
import type { metricTable } from './metric-table.ts';

type Metrics = MetricReader<typeof metricTable>;
type AccountRule = MeasuredRule<typeof metricTable>;

const MINUTE = 60_000;

/** WeChat's tokens live for two hours; token-refresh renews them some minutes earlier. */
const TOKEN_LIFE_SECONDS = 7_200;

/** A rule for an errcode that tells of a problem of the account, not of one call. */
const errcodeSeen = (errcode: string, summary: string, advice: string): AccountRule => ({
  summary,
  advice,
  measure: (metrics) => ({ part: metrics.sum('wechat_errcodes_total', { errcode }) }),
  withinMs: 10 * MINUTE,
  above: 0,
});

const answersSlowerThan = (metrics: Metrics, seconds: number) =>
  metrics.count('callback_seconds', {}, seconds);

/** An event of the log as an operator searches for it; the compiler knows them all. */
const quoted = (event: LogEvent) => `"${event}"`;

/** The rules that are worth waking an operator for. */
export const alertRules: Readonly<Record<(typeof alertNames)[number], AccountRule>> = {
  tokenRefreshFailing: {
    summary: 'The access_token or the jsapi_ticket could not be renewed twice in a row.',
    advice: `The log lines ${quoted('token not renewed')} say why; calls still work until the old one ends.`,
    measure: (metrics) => known(metrics.largest('token_failures')),
    above: 1,
  },
  tokenTooOld: {
    summary: 'The access_token is older than two hours, so it has ended.',
    advice: 'See whether the timer of token-refresh fires, and what it logs.',
    measure: (metrics) =>
      known(
        metrics.largest('token_age_seconds', { kind: 'stable_token' }) ??
          metrics.largest('token_age_seconds', { kind: 'classic_token' }),
      ),
    above: TOKEN_LIFE_SECONDS,
  },
  apiUnauthorized: errcodeSeen(
    '48001',
    'WeChat says that the account may not use an API (48001).',
    'See in the log which endpoint it is, and in the console whether the account has the right.',
  ),
  ipNotAllowed: errcodeSeen(
    '40164',
    'WeChat refuses our address: it is not in the IP whitelist (40164).',
    'The log names the address; add it in the console, or give the functions a fixed egress IP.',
  ),
  quotaUsedUp: errcodeSeen(
    '45009',
    'The daily allowance of an API is used up (45009).',
    'It is renewed at midnight in Beijing; openapi.clearQuota renews it now, ten times a month.',
  ),
  quotaLow: {
    summary: 'Less than a tenth of the daily allowance of an API is left.',
    advice: 'The metric quota_used_ratio says which; call it less, or clear the counter in need.',
    measure: (metrics) => known(metrics.largest('quota_used_ratio')),
    above: 0.9,
  },
  callbackErrors: {
    summary: 'More than 5 % of the messages of the last five minutes met a handler that failed.',
    advice: `The log lines ${quoted('handler failed')} and ${quoted('handler was too slow')} say which and why.`,
    measure: (metrics) => ({
      part: metrics.sum('handler_errors_total'),
      whole: metrics.count('callback_seconds'),
    }),
    withinMs: 5 * MINUTE,
    least: 5,
    above: 0.05,
  },
  callbackSlow: {
    summary: 'More than 10 % of the answers of the last five minutes took longer than 3 seconds.',
    advice: 'WeChat waits for 5: look at what handlers wait for, and defer() what is slow.',
    measure: (metrics) => ({
      part: answersSlowerThan(metrics, 3),
      whole: answersSlowerThan(metrics, 0),
    }),
    withinMs: 5 * MINUTE,
    least: 5,
    above: 0.1,
  },
  markFailRisk: {
    summary:
      'So many pushes were answered badly or too late that WeChat may stop pushing (MarkFail).',
    advice: 'It stops for a minute at a time; see the errors of the callback, and its cold starts.',
    measure: (metrics) => ({
      part:
        metrics.sum('invocations_total', { function: 'callback', outcome: 'failed' }) +
        answersSlowerThan(metrics, 4.5),
      whole: metrics.sum('invocations_total', { function: 'callback' }),
    }),
    withinMs: 2 * MINUTE,
    least: 5,
    above: 0.2,
  },
  jobsDead: {
    summary: 'There are jobs that failed for good.',
    advice: 'npm run invoke -- worker list shows them; retry or drop each.',
    measure: (metrics) => ({ part: metrics.sum('jobs', { state: 'dead' }) }),
    above: 0,
  },
  massSendFailed: {
    summary: 'A mass send was stopped, or WeChat did not send a part of it.',
    advice: `npm run invoke -- mass-send list shows which, and status why; so do the log lines ${quoted('mass send stopped')} and ${quoted('mass send partly failed')}.`,
    measure: (metrics) => ({ part: metrics.sum('mass_sends_failed_total') }),
    withinMs: 60 * MINUTE,
    above: 0,
  },
  documentForged: {
    summary:
      'The database holds a document that no holder of the AppSecret wrote, or an older one of a client that was put back; it is not used.',
    advice: `The log lines ${quoted('document refused')} name it. Find out who may write to the database; after an upgrade or a reset of the AppSecret, look at the documents and take them over: npm run invoke -- worker adopt. Forged ones are removed by npm run invoke -- worker discard.`,
    measure: (metrics) => ({ part: metrics.sum('documents_refused_total') }),
    withinMs: 60 * MINUTE,
    above: 0,
  },
};

function known(value: number | undefined) {
  return value === undefined ? undefined : { part: value };
}

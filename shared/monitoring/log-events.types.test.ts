import { expect, test } from '@jest/globals';
import { type AuthorLog, createLog, forAuthor, type Log } from '../kernel/log.ts';
import { counter } from '../kernel/metrics.ts';
import { alertRules } from './alert-rules.ts';

test('the types of log, metrics and alerts know the same events, reasons and labels', () => {
  const lines: string[] = [];
  const log: Log = createLog({ write: (line) => lines.push(line), now: () => 0 });
  const author: AuthorLog = forAuthor(log);
  const { measure } = alertRules.jobsDead;
  type Metrics = Parameters<typeof measure>[0];

  log.warn('push refused', { reason: 'signature' });
  log.warn('push refused', { reason: 'ciphertext: padding' });
  author.info('an order came in', { reason: 'any' });
  // @ts-expect-error no such event
  log.info('an order came in');
  // @ts-expect-error no such reason
  log.warn('push refused', { reason: 'mood' });
  // @ts-expect-error this event gives none
  log.info('answered', { reason: 'ok' });
  const rows = [
    counter({ help: 'Counts.', on: { answered: () => ({}) } }),
    // @ts-expect-error no such event
    counter({ help: 'Counts.', on: { asked: () => ({}) } }),
    counter({
      help: 'Counts.',
      labels: { outcome: ['ok'] },
      // @ts-expect-error an invocation may also have failed
      on: { 'invocation over': ({ reason }) => ({ labels: { outcome: reason } }) },
    }),
  ];
  const measures = [
    (metrics: Metrics) => metrics.sum('jobs', { state: 'dead', function: 'worker' }),
    // @ts-expect-error no such metric
    (metrics: Metrics) => metrics.sum('job'),
    // @ts-expect-error no such label
    (metrics: Metrics) => metrics.sum('jobs', { status: 'dead' }),
    // @ts-expect-error no such value
    (metrics: Metrics) => metrics.sum('jobs', { state: 'gone' }),
  ];

  expect(lines).toHaveLength(6);
  expect(rows).toHaveLength(3);
  expect(measures).toHaveLength(4);
});

export { alertCollection, type Notice, noticeSchema } from './alert-document.ts';
export { createMetricReader, type MetricReader } from './metric-reader.ts';
export type { Measure, MeasuredRule, Rule, RuleTable } from './rule.ts';
export { createWatch, readActive, type WatchReport } from './watch.ts';
export { createWebhook, type WebhookKind, webhookKinds } from './webhook.ts';

export { alertCollection, type Notice, noticeSchema } from './alert-document.ts';
export type { Measure, Rule, RuleTable } from './rule.ts';
export { createSeen, type Seen } from './seen.ts';
export { createWatch, type Looked, readActive } from './watch.ts';
export { createWebhook, type WebhookKind, webhookKinds } from './webhook.ts';

import { type JobOperator, jobIdSchema, jobQuerySchema } from '../../jobs/index.ts';
import { action, audited, noPayload } from '../../kernel/action.ts';
import type { App } from '../../kernel/app.ts';
import { adoptSchema } from '../adopt.ts';
import type { AuditReader } from '../audit-reader.ts';
import { auditRequests } from '../audit-requests.ts';
import { discardSchema } from '../discard.ts';
import type { WorkerApp } from '../worker.ts';

/** What the actions on jobs work with. */
export interface JobsApp extends App {
  readonly operator: JobOperator;
}

/** What the actions on the audit trail work with. */
export interface AuditApp extends App {
  readonly auditReader: AuditReader;
}

/** What an operator does with jobs. */
export const jobActions = {
  list: action(jobQuerySchema, (query, { operator }: JobsApp) => operator.list(query)),
  retry: audited(jobIdSchema, ({ id }, { operator }: JobsApp) => operator.retry(id)),
  drop: audited(jobIdSchema, ({ id }, { operator }: JobsApp) => operator.drop(id)),
};

/** Reading the audit trail. */
export const auditActions = {
  auditList: action(auditRequests.list, async ({ limit }, { auditReader }: AuditApp) => ({
    entries: await auditReader.list(limit),
  })),
  auditVerify: action(auditRequests.verify, (known, { auditReader }: AuditApp) =>
    auditReader.verify(known),
  ),
};

/** What an operator may ask of the worker. */
export const workerActions = {
  ...jobActions,
  adopt: audited(adoptSchema, (request, { adopt }: WorkerApp) => adopt(request)),
  discard: audited(discardSchema, (request, { discard }: WorkerApp) => discard(request)),
  ...auditActions,
  auditDeploy: action(auditRequests.deploy, (request, { auditDeploy }: WorkerApp) =>
    auditDeploy(request),
  ),
  run: action(noPayload, (_, { work }: WorkerApp) => work()),
  examine: action(noPayload, (_, { examine }: WorkerApp) => examine()),
};

import { jobIdSchema, jobQuerySchema } from '../../jobs/index.ts';
import { action, audited, noPayload } from '../../kernel/action.ts';
import { adoptSchema } from '../adopt.ts';
import { auditRequests } from '../audit.ts';
import type { WorkerApp } from '../worker.ts';

/** What an operator does with jobs. */
export const jobActions = {
  list: action(jobQuerySchema, (query, { operator }: Pick<WorkerApp, 'operator'>) =>
    operator.list(query),
  ),
  retry: audited(jobIdSchema, ({ id }, { operator }: Pick<WorkerApp, 'operator'>) =>
    operator.retry(id),
  ),
  drop: audited(jobIdSchema, ({ id }, { operator }: Pick<WorkerApp, 'operator'>) =>
    operator.drop(id),
  ),
};

/** Reading the audit trail. */
export const auditActions = {
  auditList: action(
    auditRequests.list,
    async ({ limit }, { auditReader }: Pick<WorkerApp, 'auditReader'>) => ({
      entries: await auditReader.list(limit),
    }),
  ),
  auditVerify: action(
    auditRequests.verify,
    (known, { auditReader }: Pick<WorkerApp, 'auditReader'>) => auditReader.verify(known),
  ),
};

/** What an operator may ask of the worker. */
export const workerActions = {
  ...jobActions,
  adopt: audited(adoptSchema, (request, { adopt }: WorkerApp) => adopt(request)),
  ...auditActions,
  auditDeploy: action(auditRequests.deploy, (request, { auditDeploy }: WorkerApp) =>
    auditDeploy(request),
  ),
  run: action(noPayload, (_, { work }: WorkerApp) => work()),
  examine: action(noPayload, (_, { examine }: WorkerApp) => examine()),
};

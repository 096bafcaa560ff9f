import { account } from '#account';
import { adoptSchema } from '../../shared/app/adopt.ts';
import { auditRequests } from '../../shared/app/audit.ts';
import { type WorkerApp, workerApp } from '../../shared/app/worker.ts';
import { jobIdSchema, jobQuerySchema } from '../../shared/jobs/index.ts';
import { action, audited, type Invocation, invokable, noPayload } from '../../shared/scf/invoke.ts';
import { timerFunction } from '../../shared/scf/timer.ts';

/** What an operator may ask of the worker. */
export const actions = {
  list: action(jobQuerySchema, (query, { operator }: WorkerApp) => operator.list(query)),
  retry: audited(jobIdSchema, ({ id }, { operator }: WorkerApp) => operator.retry(id)),
  drop: audited(jobIdSchema, ({ id }, { operator }: WorkerApp) => operator.drop(id)),
  adopt: audited(adoptSchema, (request, { adopt }: WorkerApp) => adopt(request)),
  auditList: action(auditRequests.list, async ({ limit }, { auditReader }: WorkerApp) => ({
    entries: await auditReader.list(limit),
  })),
  auditVerify: action(auditRequests.verify, (known, { auditReader }: WorkerApp) =>
    auditReader.verify(known),
  ),
  auditDeploy: action(auditRequests.deploy, (request, { auditDeploy }: WorkerApp) =>
    auditDeploy(request),
  ),
  run: action(noPayload, (_, { work }: WorkerApp) => work()),
  examine: action(noPayload, (_, { examine }: WorkerApp) => examine()),
};

export type WorkerInvocation = Invocation<typeof actions>;

let app: WorkerApp | undefined;
const createApp = (): WorkerApp => {
  app ??= workerApp(account);
  return app;
};
const operate = invokable(actions, createApp);
const work = timerFunction(() => {
  const { work, ...app } = createApp();
  return { ...app, tick: (_, untilMs) => work(untilMs) };
});

/**
 * Runs due jobs, every minute and whenever a job is enqueued. An event with an `action` is a request
 * of an operator.
 */
export const main = (event: unknown, context: unknown): Promise<unknown> =>
  Object.hasOwn(Object(event), 'action') ? operate(event, context) : work(event, context);

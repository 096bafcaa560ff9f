import { account } from '#account';
import { type WorkerApp, workerApp } from '../../shared/app/worker.ts';
import { jobIdSchema, jobQuerySchema } from '../../shared/jobs/index.ts';
import { action, type Invocation, invokable, noPayload } from '../../shared/scf/invoke.ts';
import { timerFunction } from '../../shared/scf/timer.ts';

/** What an operator may ask of it. */
export const actions = {
  list: action(jobQuerySchema, (query, { operator }: WorkerApp) => operator.list(query)),
  retry: action(jobIdSchema, ({ id }, { operator }: WorkerApp) => operator.retry(id)),
  drop: action(jobIdSchema, ({ id }, { operator }: WorkerApp) => operator.drop(id)),
  run: action(noPayload, (_, { work }: WorkerApp) => work()),
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

/** Every minute, and when a job is put in: runs what is due. With an `action`: an operator's wish. */
export const main = (event: unknown, context: unknown): Promise<unknown> =>
  Object.hasOwn(Object(event), 'action') ? operate(event, context) : work(event, context);

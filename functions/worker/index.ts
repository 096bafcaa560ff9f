import { account } from '#account';
import { workerActions as actions } from '../../shared/app/actions/worker.ts';
import { type WorkerApp, workerApp } from '../../shared/app/worker.ts';
import { type Invocation, invokable } from '../../shared/scf/invoke.ts';
import { timerFunction } from '../../shared/scf/timer.ts';

export { actions };

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

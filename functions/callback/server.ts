import { account } from '#account';
import { callbackApp } from '../../shared/app/callback.ts';
import { containerApp } from '../../shared/scf/container.ts';
import { serve } from '../../shared/scf/serve.ts';

/**
 * The same callback as an HTTP server, which handles many messages at a time in one process. In a
 * container it holds the worker and the functions of operators too, which it loads when they are needed.
 */
export const main = async () =>
  serve((world) =>
    containerApp(world, {
      callback: (inside) => callbackApp(account, inside),
      async worker(inside) {
        const { workerApp } = await import('../../shared/app/worker.ts');
        return workerApp(account, inside);
      },
      async functions(inside) {
        const { operatorFunctions } = await import('../../shared/scf/operator-functions.ts');
        return operatorFunctions(account, inside);
      },
    }),
  );

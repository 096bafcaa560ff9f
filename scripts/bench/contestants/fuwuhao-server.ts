import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { createInbox, type Inbox } from '../../../shared/callback/inbox.ts';
import { systemClock as clock } from '../../../shared/kernel/clock.ts';
import { createPassingTrace } from '../../../shared/kernel/trace.ts';
import { HttpServer } from '../../../shared/scf/server.ts';
import type { Create } from '../workload/contest.ts';
import { benchApp } from './fuwuhao-app.ts';
import { noStore, noWorker } from './no-store.ts';

/** Ours as its own HTTP server; with `BENCH_STORE_MS` before a store that takes so long to write. */
export const main: Create = (options) => {
  const { BENCH_STORE_MS: storeMs } = process.env;
  const inbox = storeMs === undefined ? noStore : slowInbox(Number(storeMs));
  const requests = new AsyncLocalStorage<string>();
  const app = benchApp(options, inbox, () => requests.getStore());
  const server = new HttpServer({
    app,
    requestsAtOnce: 1_000,
    within: (requestId, work) => requests.run(requestId, work),
  });
  const answer = () => {
    throw new Error('This one is called by HTTP.');
  };
  return Object.assign(answer, {
    listen: () => server.listen(0, '127.0.0.1'),
    takeLines: app.takeLines,
  });
};

/** The real inbox over a store that has never seen a message before. */
function slowInbox(writeMs: number): Inbox {
  return createInbox({
    store: {
      get: async () => undefined,
      query: async () => [],
      async insert() {
        await delay(writeMs);
        return 1;
      },
      async patchIf() {
        await delay(writeMs);
        return true;
      },
      transaction() {
        throw new Error('No message of this bench is deferred.');
      },
    },
    clock,
    ...noWorker,
    keptMs: 60_000,
    traceOf: createPassingTrace(),
  });
}

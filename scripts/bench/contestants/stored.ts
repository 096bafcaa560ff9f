import type { Account } from '../../../shared/account/router.ts';
import { createInbox } from '../../../shared/callback/inbox.ts';
import { type Handler, Router } from '../../../shared/index.ts';
import { systemClock as clock } from '../../../shared/kernel/clock.ts';
import { pooledRandomBytes } from '../../../shared/kernel/random.ts';
import { createPassingTrace } from '../../../shared/kernel/trace.ts';
import { writeIdOf } from '../../../shared/store/history.ts';
import type { Link, Raw } from '../../../shared/store/link.ts';
import { createLinkedStore } from '../../../shared/store/linked-store.ts';
import type { Create } from '../workload/contest.ts';
import { answerWith } from './answer-with.ts';
import { benchApp } from './fuwuhao-app.ts';
import { noWorker } from './no-store.ts';

const KEPT_MS = 60_000;

/** Routes that take none of the messages, as an account has them in front of the last one. */
function routed(handler: Handler): Router {
  const account = new Router();
  for (let n = 0; n < 8; n += 1) {
    account.text(`word ${n}`, handler).event('CLICK', `KEY_${n}`, handler);
  }
  return account.use(handler);
}

/** Of each of some collections the one document that it holds. */
type Held = Readonly<Record<string, Raw>>;

/** A database that has never seen a message before, and answers at once. */
const linkWith = (held: Held): Pick<Link, 'get' | 'insert' | 'update'> => ({
  get: async ({ name }) => held[name],
  insert: async () => {},
  update: async () => 1,
});

/** All rules and checks of the stores over a network, in front of it. */
const createStore = (held: Held) =>
  createLinkedStore({
    // No message of this bench needs more of a link.
    link: () => Promise.resolve(linkWith(held) as Link),
    ask: (_, request) => request(),
    stamps: {
      writeId: () => writeIdOf(clock.now(), pooledRandomBytes(6).toString('base64url')),
      firstRev: () => 1,
    },
    pace: {
      now: clock.now,
      pause: () => Promise.resolve(),
      random: () => 0,
      budgetMs: 1_000,
      maxTries: 1,
    },
  });

/** Ours with sixteen routes in front, the inbox, and all of the store but the database. */
export function stored(handler: Handler): Create {
  return storedAccount(routed(handler));
}

/** The same with the routes of an account, and with what it reads of the store. */
export function storedAccount(account: Account, held: Held = {}): Create {
  return (options) => {
    const inbox = createInbox({
      store: createStore(held),
      clock,
      ...noWorker,
      keptMs: KEPT_MS,
      traceOf: createPassingTrace(),
    });
    return answerWith(benchApp(options, inbox, undefined, account));
  };
}

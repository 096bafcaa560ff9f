import type { SessionStates } from '../../shared/account/session-drafts.ts';
import {
  sessionCollection,
  sessionDocument,
  statesOf,
} from '../../shared/callback/session-document.ts';
import type { AccountKey } from '../../shared/kernel/account-key.ts';
import { createLog } from '../../shared/kernel/log.ts';
import { createTrace } from '../../shared/kernel/trace.ts';
import { createBinder } from '../../shared/store/binder.ts';
import { boundStore } from '../../shared/store/bound-store.ts';
import type { Store } from '../../shared/store/store.ts';
import type { ShownSessions } from '../emulator/simulator/shown-sessions.ts';

/** How long a session is kept that somebody has written by hand. */
const KEPT_MS = 24 * 3_600_000;

export interface LocalSessionsOptions {
  /** Opened when the page asks for the first time. */
  readonly open: () => Store;
  readonly key: AccountKey;
  readonly now: () => number;
  /** Takes one log line. */
  readonly write: (line: string) => void;
}

/**
 * The sessions of followers for the page of the simulator, under the same keyed hash and with the same
 * proof as the functions write them.
 */
export function createLocalSessions({
  open,
  key,
  now,
  write,
}: LocalSessionsOptions): ShownSessions {
  const traceOf = createTrace(key);
  const log = createLog({ write, now, level: 'warn' }, { function: 'simulator' });
  let store: Store | undefined;
  const opened = () => {
    store ??= boundStore(open(), createBinder(key), log);
    return store;
  };

  return {
    async of(openid) {
      const doc = (await opened().get(sessionCollection, traceOf(openid)))?.doc;
      const sessions = Object.entries(statesOf(doc))
        .map(([name, { value, until }]) => ({ name, value, until }))
        .filter(({ until }) => until > now());
      return { sessions, waiting: doc?.line.length ?? 0 };
    },
    put: (openid, name, value) =>
      change(openid, (states) => {
        const until = states[name]?.until ?? now() + KEPT_MS;
        return { ...states, [name]: { value, until } };
      }),
    forget: (openid, name) =>
      change(openid, (states) =>
        Object.fromEntries(Object.entries(states).filter(([each]) => each !== name)),
      ),
  };

  function change(openid: string, act: (states: SessionStates) => SessionStates): Promise<void> {
    const id = traceOf(openid);
    return opened().transaction(async (tx) => {
      const found = (await tx.get(sessionCollection, id))?.doc;
      const doc = sessionDocument(id, found?.line ?? [], act(statesOf(found)), now());
      if (!doc) await tx.remove(sessionCollection, id);
      else if (found) await tx.replace(sessionCollection, doc);
      else await tx.create(sessionCollection, doc);
    });
  }
}

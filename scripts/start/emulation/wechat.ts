import { jobCollection } from '../../../shared/jobs/index.ts';
import { once } from '../../../shared/kernel/once.ts';
import { present } from '../../../shared/kernel/present.ts';
import { type Book, createBook } from '../../emulator/simulator/book.ts';
import { createPushFaults, type PushFaults } from '../../emulator/simulator/push-faults.ts';
import { createWechatApi, type WechatApi } from '../../emulator/wechat/api.ts';
import { createPush, type Push } from '../../emulator/wechat/push/push.ts';
import type { SentMessage } from '../../emulator/wechat/state/sent.ts';
import { answeredMessage } from '../answered-message.ts';
import type { LocalAccount } from '../local-account.ts';
import { holdNextClaim } from './held-claim.ts';
import type { EmulationOptions } from './options.ts';
import { callbackUrlOf, type Parts, runningScf } from './parts.ts';
import { stateFolder } from './state-folder.ts';

/** WeChat's side: its API, its pushes to the callback, and the book of all that passes. */
export interface LocalWechat {
  readonly api: WechatApi;
  readonly book: Book;
  readonly pushFaults: PushFaults;
  /** Made at its first use, when the address of the callback is known. */
  readonly push: () => Push;
  /** Tells of every message that the account writes to a follower by the API. */
  onSend(listener: (message: SentMessage) => void): void;
}

/** How long WeChat waits for a handler that a debugger may stop. */
const INSPECTED_MS = 3_600_000;

/** Nothing listens yet: the caller chooses the port. */
export function createLocalWechat(
  { stateDir, inspectPort, store }: Pick<EmulationOptions, 'stateDir' | 'inspectPort' | 'store'>,
  account: LocalAccount,
  parts: Parts,
): LocalWechat {
  const listeners: ((message: SentMessage) => void)[] = [];
  const book = createBook({
    now: () => api.clock.now(),
    fetch: (input, init) => api.fetch(input, init),
    answered: (sent) => answeredIn(parts, sent),
    requestOf: (port) => parts.scf?.requestOf(port),
    ...stateFolder(stateDir, 'simulator'),
  });
  const pushFaults = createPushFaults({
    killBusy: () => killCalled(parts),
    holdNextClaim: store === 'postgres' ? undefined : () => holdNextClaim(parts),
  });
  const push = once(() => {
    const wire = createPush({
      account,
      callbackUrl: callbackUrlOf(parts),
      now: api.clock.now,
      // A handler that a debugger has stopped is not delivered its message again.
      ...(inspectPort === undefined ? {} : { timeoutMs: INSPECTED_MS }),
      fetch: (input, init) => pushFaults.strike(() => fetch(input, init), init?.signal),
      ...present({ route: parts.cloudHome?.routeBy(() => runningScf(parts), api, pushFaults) }),
      onDelivery: book.noteDelivery,
    });
    return book.watch(withFollowers(wire, api));
  });
  const api = createWechatApi({
    account: { appid: account.appid, secret: account.secret },
    now: Date.now,
    callbackUrl: () => callbackUrlOf(parts),
    pushEvent: (event) => push().send(event),
    onCall: book.noteCall,
    onSend(message) {
      book.noteSent(message);
      for (const listener of listeners) listener(message);
    },
    ...stateFolder(stateDir, 'wechat'),
  });
  return { api, book, pushFaults, push, onSend: (listener) => listeners.push(listener) };
}

/** Without an answer, as when the database has just been closed, the order of the chat decides. */
async function answeredIn({ database }: Parts, sent: SentMessage): Promise<string | undefined> {
  if (!database) return undefined;
  return answeredMessage(database.shown, jobCollection.name, sent).catch(() => undefined);
}

/** Kills the instances that WeChat has called, and says how many. */
async function killCalled(parts: Parts): Promise<number> {
  const scf = runningScf(parts);
  const called = scf
    .instances()
    .filter((instance) => instance.state === 'busy' && instance.function === 'callback');
  await Promise.all(called.map(({ id }) => scf.kill(id)));
  return called.length;
}

/** What a follower does reaches WeChat before it reaches the account: it opens windows, for one. */
function withFollowers(push: Push, { followers }: WechatApi): Push {
  return {
    ...push,
    send(message) {
      followers.note(message);
      return push.send(message);
    },
  };
}

import { isUtf8 } from 'node:buffer';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { HttpRequest } from '../kernel/http.ts';
import type { Log } from '../kernel/log.ts';
import { Secret } from '../kernel/secret.ts';
import { KEY_HEADER } from '../proxy-sdk/canonical.ts';
import type { Store } from '../store/store.ts';
import type { Sealer } from '../token/index.ts';
import type { RawAnswer } from './forward.ts';
import { Refusal, storeIsDown } from './refusal.ts';
import { type ResultDocument, resultCollection } from './result-document.ts';
import type { PassedTarget } from './route.ts';
import { sha256 } from './secrets.ts';

/** A day: no client keeps trying for longer. */
const KEPT_MS = 24 * 3_600_000;
/** Longer than a function may run. */
const RUNNING_MS = 90_000;
const KEY = /^[A-Za-z0-9_-]{8,64}$/;
/** An answer to a call that changes something is never longer. */
const MAX_TEXT = 500_000;

/** WeChat's `system error`: it may have been in the middle of the call. */
const UNSURE: readonly number[] = [-1, 61450];

/** An answer, and whether it is that of an earlier call by the same key. */
export type PassedAnswer = RawAnswer & { readonly isReplay?: true };

export type Idempotency = (
  client: string,
  target: PassedTarget,
  request: HttpRequest,
  call: () => Promise<RawAnswer>,
) => Promise<PassedAnswer>;

/**
 * Makes a call at most once for each key of a client, whatever happens to instances and networks:
 * the key is written down before the call and the answer after it. A repeat gets that answer. If
 * it is not known what became of the first call, a repeat is told so and is not made. Calls that may
 * be made twice, and calls without a key, cost nothing here.
 */
export function createIdempotency(options: {
  readonly store: Pick<Store, 'get' | 'insert' | 'replaceIf' | 'remove'>;
  /** Seals answers at rest, since they may hold personal data of a follower. */
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly log: Log;
}): Idempotency {
  const { store, sealer, clock, log } = options;

  return async (client, target, request, call) => {
    const key = request.headers[KEY_HEADER];
    if (key === undefined || (target.kind === 'endpoint' && target.endpoint.repeat === 'safe')) {
      return call();
    }
    if (!KEY.test(key)) {
      throw new Refusal('malformed', 'An idempotency key has 8 to 64 of A-Z, a-z, 0-9, _ and -.');
    }
    const now = clock.now();
    const doc: ResultDocument = {
      _id: sha256(`${client} ${key}`),
      call: digest(request),
      until: now + RUNNING_MS,
      removeAt: new Date(now + KEPT_MS),
    };
    const rev = await asked(() => store.insert(resultCollection, doc));
    if (rev === undefined) return earlier(doc);
    const write = (done: object) => settle({ ...doc, until: 0, ...done }, rev);
    let answer: RawAnswer;
    try {
      answer = await call();
    } catch (error) {
      await (isRefused(error) ? forget(doc) : write({}));
      throw error;
    }
    const { errcode, status } = answer;
    if (UNSURE.includes(errcode)) await write({});
    // WeChat refused the call and did nothing, so a repeat may try again.
    else if (errcode !== 0 || status !== 200) await forget(doc);
    else await write(kept(doc, answer));
    return answer;
  };

  async function earlier({ _id, call }: ResultDocument): Promise<PassedAnswer> {
    const found = (await asked(() => store.get(resultCollection, _id)))?.doc;
    if (found && found.call !== call) {
      throw new Refusal('key_reused', 'This idempotency key was used for another call.');
    }
    if (found?.answer) {
      const { status, contentType, sealed } = found.answer;
      const bytes = Buffer.from(sealer.open(labelOf(_id), sealed).reveal());
      const none = { disposition: undefined, rid: undefined, errcode: 0 };
      return { status, contentType, bytes, ...none, isReplay: true };
    }
    if (!found || clock.now() < found.until) {
      throw new Refusal(
        'in_progress',
        'The call by this key is being made: ask again in a moment.',
        { retryAfterMs: 1_000 },
      );
    }
    throw new Refusal(
      'outcome_unknown',
      'A call by this key was begun and the proxy cannot tell whether WeChat has done it. See whether its effect is there before you use another key.',
      { details: { outcome: 'unknown' } },
    );
  }

  function kept({ _id }: ResultDocument, { status, contentType, bytes }: RawAnswer) {
    if (bytes.length > MAX_TEXT || !isUtf8(bytes)) return {};
    const text = new Secret(Buffer.from(bytes).toString('utf8'));
    return { answer: { status, contentType, sealed: sealer.seal(labelOf(_id), text) } };
  }

  /** The call has been made whatever happens here: its answer must reach the client. */
  async function settle(done: ResultDocument, rev: number): Promise<void> {
    try {
      await store.replaceIf(resultCollection, done, rev);
    } catch (error) {
      log.error('result not kept', { reason: 'store', error });
    }
  }

  async function forget({ _id }: ResultDocument): Promise<void> {
    await store.remove(resultCollection, _id).catch((error: unknown) => {
      log.warn('result not forgotten', { reason: 'store', error });
    });
  }
}

function labelOf(id: string) {
  return { purpose: `proxy result ${id}`, generation: 1 };
}

/** Nothing can have happened: the proxy held it back, or WeChat was not reached. */
function isRefused(error: unknown): boolean {
  return (
    error instanceof Refusal || (error instanceof AppError && error.details.outcome === 'refused')
  );
}

async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storeIsDown(error);
  }
}

function digest({ method, path, query, body }: HttpRequest): string {
  const { access_token: _, ...rest } = query;
  return sha256(JSON.stringify([method, path, Object.entries(rest).sort(), sha256(body)]));
}

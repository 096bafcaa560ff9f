import { describe, expect, test } from '@jest/globals';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import {
  accountConfig,
  createWeChatModel,
  noChance,
  reachedBy,
  silentLog,
} from '../../scripts/testing/token/token-fixture.ts';
import { sleep } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { Secret } from '../kernel/secret.ts';
import { createMemoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';
import { TransportError } from '../wechat/client/index.ts';
import { createTokens, readStatus, type SharedTokens } from './index.ts';
import { type TokenDocument, tokenCollection } from './token-document.ts';

const MINUTE = 60_000;

type TestStore = Pick<Store, 'get' | 'transaction'>;

function prepare(tokenKind: 'stable' | 'classic' = 'stable') {
  const clock = createFakeClock();
  const wechat = createWeChatModel(clock.now);
  const memory = createMemoryStore({ now: clock.now });
  const down = { reads: false, writes: false, hangs: false };
  const store: TestStore = {
    get(collection, id) {
      if (down.hangs) return new Promise(() => {});
      return down.reads ? Promise.reject(unavailable()) : memory.get(collection, id);
    },
    transaction: (work) => (down.writes ? Promise.reject(unavailable()) : memory.transaction(work)),
  };
  const instance = (
    transport = wechat.transport,
    appsecret = accountConfig.appsecret,
    over: TestStore = store,
  ): SharedTokens =>
    createTokens({
      store: over,
      wechat: reachedBy(transport),
      config: { appid: accountConfig.appid, appsecret, tokenKind, jsapiTicket: 'on' },
      clock,
      random: noChance,
      log: silentLog,
    });
  const document = async (kind = `${tokenKind}_token`) =>
    (await memory.get(tokenCollection, `${kind}.${accountConfig.appid}`))?.doc;
  const edit = async (change: (doc: TokenDocument) => TokenDocument) => {
    const stored = await memory.get(tokenCollection, `${tokenKind}_token.${accountConfig.appid}`);
    if (stored) await memory.replaceIf(tokenCollection, change(stored.doc), stored.rev);
  };
  const failureOf = async (promise: Promise<unknown>): Promise<AppError> => {
    const error = await clock.settle(promise.catch((reason: unknown) => reason));
    if (error instanceof AppError) return error;
    throw new Error('it did not fail with an AppError', { cause: error });
  };
  return { clock, wechat, memory, down, instance, document, edit, settle: clock.settle, failureOf };
}

function unavailable() {
  return new AppError('upstream', 'The store is down.', { details: { outcome: 'unknown' } });
}

function broken(code: string) {
  return new TransportError({ code, maybeSent: true, wasReused: false });
}

/** As a transport waits for an answer that never comes. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

describe('get', () => {
  test('fetches once for many callers in many instances, and hands out only wrapped tokens', async () => {
    const { wechat, instance, settle } = prepare();
    const instances = Array.from({ length: 8 }, () => instance());

    const tokens = await settle(
      Promise.all(instances.flatMap(({ accessToken }) => [accessToken.get(), accessToken.get()])),
    );

    expect(wechat.fetches).toEqual(['/cgi-bin/stable_token']);
    expect(new Set(tokens.map((token) => token.reveal()))).toEqual(new Set(['stable-token-0']));
    expect(`${tokens[0]} ${JSON.stringify(tokens)}`).not.toContain('stable-token');
  });

  test('reads memory for a minute, then the document, and takes what is newer there', async () => {
    const { clock, wechat, down, instance, settle } = prepare('classic');
    const [one, two] = [instance(), instance()];
    const first = await settle(one.accessToken.get());
    await settle(two.accessToken.reject(first));
    down.reads = true;
    expect((await one.accessToken.get()).reveal()).toBe('classic-token-0');
    down.reads = false;

    await clock.advance(MINUTE);
    const second = await settle(one.accessToken.get());

    expect(second.reveal()).toBe('classic-token-1');
    expect(wechat.fetches).toHaveLength(2);
  });

  test('renews when a minute is left, and never sooner than the token is 30 s old', async () => {
    const { clock, wechat, instance, settle } = prepare();
    const { accessToken } = instance();
    wechat.faults.push({ access_token: 'short', expires_in: 40 });
    const short = await settle(accessToken.get());

    await clock.advance(29_000);
    const again = await settle(accessToken.get());
    await clock.advance(2_000);
    const next = await settle(accessToken.get());
    await clock.advance(118 * MINUTE);
    await settle(accessToken.get());
    const fetchesBefore = wechat.fetches.length;
    await clock.advance(2 * MINUTE);
    const last = await settle(accessToken.get());

    expect([short, again, next].map((token) => token.reveal())).toEqual([
      'short',
      'short',
      'stable-token-0',
    ]);
    expect(fetchesBefore).toBe(2);
    expect(last.reveal()).toBe('stable-token-1');
  });

  test('frozen while it was reading, an instance does not trust what it hears', async () => {
    const { clock, wechat, memory, instance, settle } = prepare('classic');
    const other = instance();
    const old = await settle(other.accessToken.get());
    let answer = () => {};
    const frozen = new Promise<void>((resolve) => {
      answer = resolve;
    });
    let reads = 0;
    const over: TestStore = {
      async get(collection, id) {
        const stored = await memory.get(collection, id);
        reads += 1;
        if (reads === 1) await frozen;
        return stored;
      },
      transaction: memory.transaction,
    };
    const { accessToken } = instance(wechat.transport, accountConfig.appsecret, over);
    const reading = accessToken.get();
    await settle(other.accessToken.reject(old));
    await clock.advance(10 * MINUTE);
    answer();

    const token = await settle(reading);

    expect(token.reveal()).toBe('classic-token-1');
    expect(wechat.accepts(token.reveal())).toBe(true);
    expect(reads).toBe(2);
  });

  test('ends the waiting of one caller by its signal, not the work for the others', async () => {
    const { instance, wechat, settle } = prepare();
    const { accessToken } = instance();
    const abort = new AbortController();
    const impatient = accessToken.get(abort.signal);
    const patient = accessToken.get();

    abort.abort(new Error('enough'));

    await expect(impatient).rejects.toThrow('enough');
    expect((await settle(patient)).reveal()).toBe('stable-token-0');
    expect(wechat.fetches).toHaveLength(1);
  });

  test('keeps nothing readable in the store', async () => {
    const { instance, document, settle } = prepare();

    await settle(instance().jsapiTicket.get());

    const stored = JSON.stringify([await document(), await document('jsapi_ticket')]);
    expect(stored).toContain('"generation":1');
    expect(stored).not.toMatch(/stable-token|ticket-token/);
    expect(stored).not.toContain(accountConfig.appsecret.reveal());
  });
});

describe('reject', () => {
  test('renews once for all who hold the refused token; others just get the newer one', async () => {
    const { wechat, instance, settle } = prepare();
    const instances = Array.from({ length: 8 }, () => instance());
    const old = await settle(Promise.all(instances.map(({ accessToken }) => accessToken.get())));
    wechat.revoke();

    const renewed = await settle(
      Promise.all(
        instances.map(({ accessToken }, index) => accessToken.reject(old[index] ?? new Secret(''))),
      ),
    );

    expect(new Set(renewed.map((token) => token.reveal()))).toEqual(new Set(['stable-token-1']));
    expect(wechat.fetches).toHaveLength(2);
  });

  test('does nothing for a token that is not the current one', async () => {
    const { wechat, instance, settle } = prepare();
    const { accessToken } = instance();
    await settle(accessToken.get());

    const token = await settle(accessToken.reject(new Secret('made up')));
    const cold = await settle(instance().accessToken.reject(new Secret('made up')));

    expect([token.reveal(), cold.reveal()]).toEqual(['stable-token-0', 'stable-token-0']);
    expect(wechat.fetches).toHaveLength(1);
  });

  test('gives another token also while the refused one is just being read again', async () => {
    const { clock, wechat, memory, instance, settle } = prepare();
    let goOn = () => {};
    let isHeldUp = false;
    const over: TestStore = {
      async get(collection, id) {
        const stored = await memory.get(collection, id);
        if (isHeldUp) await new Promise<void>((resolve) => (goOn = resolve));
        return stored;
      },
      transaction: memory.transaction,
    };
    const { accessToken } = instance(wechat.transport, accountConfig.appsecret, over);
    const old = await settle(accessToken.get());
    await clock.advance(MINUTE);
    isHeldUp = true;
    const checking = accessToken.get();
    wechat.revoke();
    const rejecting = accessToken.reject(old);
    isHeldUp = false;
    goOn();

    const [checked, renewed] = await settle(Promise.all([checking, rejecting]));
    const later = await settle(instance().accessToken.get());

    for (const token of [checked, renewed, later]) expect(token.reveal()).toBe('stable-token-1');
  });

  test('forces only if WeChat hands back the refused token, 30 s apart, counted before the call', async () => {
    const { clock, wechat, instance, document, settle, failureOf } = prepare();
    const { accessToken } = instance();
    const first = await settle(accessToken.get());
    wechat.revoke('silently');
    const second = await settle(accessToken.reject(first));
    expect(second.reveal()).toBe('stable-token-1');
    expect((await document())?.forced).toMatchObject({ day: '2026-01-01', count: 1 });
    wechat.revoke('silently');

    const tooSoon = await failureOf(accessToken.reject(second));
    const still = await settle(accessToken.get());
    await clock.advance(40_000);
    const third = await settle(accessToken.reject(still));

    expect(tooSoon.details).toMatchObject({ reason: 'forced' });
    expect(still.reveal()).toBe('stable-token-1');
    expect(third.reveal()).toBe('stable-token-2');
    expect((await document())?.forced?.count).toBe(2);
  });

  test('forces at most 20 times a day in Beijing, then leaves WeChat alone', async () => {
    const { clock, wechat, instance, settle, failureOf } = prepare();
    const { accessToken } = instance();
    let token = await settle(accessToken.get());
    for (let count = 0; count < 20; count++) {
      wechat.revoke('silently');
      token = await settle(accessToken.reject(token));
      await clock.advance(40_000);
    }
    wechat.revoke('silently');
    const asked = wechat.fetches.length;

    const spent = await failureOf(accessToken.reject(token));
    const again = await failureOf(accessToken.reject(await settle(accessToken.get())));
    const askedMeanwhile = wechat.fetches.length - asked;
    await clock.advance(16 * 60 * MINUTE);
    const tomorrow = await settle(accessToken.get());

    expect([spent, again].map(({ details }) => details.reason)).toEqual(['forced', 'forced']);
    expect(askedMeanwhile).toBe(1);
    expect(wechat.accepts(tomorrow.reveal())).toBe(true);
  });

  test('serves nobody a refused token, not even while WeChat is down', async () => {
    const { wechat, instance, settle, failureOf } = prepare();
    const [one, two] = [instance(), instance()];
    const token = await settle(one.accessToken.get());
    wechat.revoke();
    wechat.faults.push(...Array.from({ length: 8 }, () => broken('EHOSTUNREACH')));

    const rejected = await failureOf(one.accessToken.reject(token));
    const cold = await failureOf(two.accessToken.get());

    expect(rejected.message).toContain('WeChat could not be reached');
    expect(cold.details).toMatchObject({ reason: 'network' });
  });
});

describe('the AppSecret', () => {
  test('reset: what it sealed counts as no token, and its failures as none', async () => {
    const { wechat, instance, settle, failureOf, document } = prepare();
    wechat.faults.push({ errcode: 40125, errmsg: 'invalid appsecret rid: 1-2-3' });
    const wrong = await failureOf(instance().accessToken.get());

    const token = await settle(
      instance(wechat.transport, new Secret('f'.repeat(32))).accessToken.get(),
    );
    const again = await settle(
      instance(wechat.transport, new Secret('e'.repeat(32))).accessToken.get(),
    );

    expect(wrong.details).toMatchObject({ errcode: 40125, rid: '1-2-3' });
    expect(token.reveal()).toBe('stable-token-0');
    expect(again.reveal()).toBe('stable-token-0');
    expect((await document())?.generation).toBe(2);
  });

  test('a tampered document is replaced', async () => {
    const { wechat, instance, settle, edit } = prepare('classic');
    await settle(instance().accessToken.get());
    await edit((doc) => ({ ...doc, sealedToken: `${doc.sealedToken?.slice(0, -4)}AAAA` }));

    const token = await settle(instance().accessToken.get());

    expect(token.reveal()).toBe('classic-token-1');
    expect(wechat.fetches).toHaveLength(2);
  });
});

describe('with the store down', () => {
  test.each(['reads', 'hangs'] as const)(
    'a holder of a valid token goes on to its very end (%s)',
    async (how) => {
      const { clock, wechat, down, instance, settle } = prepare();
      const { accessToken } = instance();
      await settle(accessToken.get());
      down[how] = true;
      down.writes = true;

      await clock.advance(2 * MINUTE);
      const later = await settle(accessToken.get());
      await clock.advance(117.5 * MINUTE);
      const last = await settle(accessToken.get());

      expect([later, last].map((token) => token.reveal())).toEqual(
        Array.from({ length: 2 }, () => 'stable-token-0'),
      );
      expect(wechat.fetches).toHaveLength(1);
    },
  );

  test('without a token WeChat is not asked, and the error says why', async () => {
    const { wechat, down, instance, failureOf } = prepare();
    down.reads = true;

    const error = await failureOf(instance().accessToken.get());

    expect(error.code).toBe('upstream');
    expect(error.message).toMatch(/store that holds it cannot be reached/);
    expect(wechat.fetches).toHaveLength(0);
  });

  test('a token that could not be stored still serves the one who fetched it', async () => {
    const { clock, wechat, down, instance, document, settle } = prepare();
    const { accessToken } = instance((request) => {
      down.writes = true;
      return wechat.transport(request);
    });

    const token = await settle(accessToken.get());
    const stored = await document();
    await clock.advance(2 * MINUTE);
    const later = await settle(accessToken.get());

    expect([token, later].map((each) => each.reveal())).toEqual([
      'stable-token-0',
      'stable-token-0',
    ]);
    expect(stored?.generation).toBe(0);
    expect(wechat.fetches).toHaveLength(1);
  });
});

describe('with the store slow to fail', () => {
  test('a token that could not be stored serves only while the lease lasts', async () => {
    const { clock, wechat, memory, instance, failureOf } = prepare();
    let isSlow = false;
    const fail = async () => {
      await sleep(clock, 12_000);
      throw unavailable();
    };
    const over: TestStore = {
      get: (collection, id) => (isSlow ? fail() : memory.get(collection, id)),
      transaction: (work) => (isSlow ? fail() : memory.transaction(work)),
    };
    const { accessToken } = instance(
      (request) => {
        isSlow = true;
        return wechat.transport(request);
      },
      accountConfig.appsecret,
      over,
    );

    const error = await failureOf(accessToken.get());

    expect(error.details).toMatchObject({ reason: 'store' });
    expect(wechat.fetches).toHaveLength(1);
  });
});

describe('with WeChat down', () => {
  test('the old token serves until it really ends, tries are spaced, then the error says so', async () => {
    const { clock, wechat, instance, settle } = prepare();
    const instances = Array.from({ length: 8 }, () => instance());
    await settle(Promise.all(instances.map(({ accessToken }) => accessToken.get())));
    await clock.advance(119 * MINUTE + 1_000);
    wechat.faults.push(
      ...Array.from({ length: 1_000 }, () => ({ errcode: -1, errmsg: 'system error' })),
    );

    for (let second = 0; second < 58; second += 2) {
      const tokens = await settle(
        Promise.all(instances.map(({ accessToken }) => accessToken.get())),
      );
      expect(new Set(tokens.map((token) => token.reveal()))).toEqual(new Set(['stable-token-0']));
      await clock.advance(2_000);
    }
    const tries = wechat.fetches.length - 1;
    const errors = await settle(
      Promise.all(
        instances.map(({ accessToken }) => accessToken.get().catch((reason: unknown) => reason)),
      ),
    );

    // 1, 2, 4, 8, 16 and 32 s apart, whoever it is that tries.
    expect(tries).toBeGreaterThanOrEqual(5);
    expect(tries).toBeLessThanOrEqual(7);
    for (const error of errors) expect(error).toMatchObject({ details: { errcode: -1 } });
    wechat.faults.length = 0;
    await clock.advance(80_000);
    const recovered = await settle(
      Promise.all(instances.map(({ accessToken }) => accessToken.get())),
    );
    expect(new Set(recovered.map((token) => token.reveal()))).toEqual(new Set(['stable-token-1']));
  });

  test('a passing failure is waited out', async () => {
    const { wechat, instance, settle } = prepare();
    wechat.faults.push(broken('ECONNRESET'), 'not json', { access_token: '', expires_in: 7200 });

    const token = await settle(instance().accessToken.get());

    expect(token.reveal()).toBe('stable-token-0');
    expect(wechat.fetches).toHaveLength(4);
  });

  test('an answer that never comes ends in time', async () => {
    const { clock, wechat, instance, settle } = prepare();
    let calls = 0;
    const { accessToken } = instance((request) => {
      calls += 1;
      return calls === 1 ? untilAborted(request.signal) : wechat.transport(request);
    });
    const started = clock.now();

    const token = await settle(accessToken.get());

    expect(token.reveal()).toBe('stable-token-0');
    expect(clock.now() - started).toBeLessThan(8_000);
    expect(clock.pending).toBe(0);
  });
});

describe('what only an operator can mend', () => {
  test.each([
    [
      40164,
      'invalid ip 120.208.99.249 ipv6 ::ffff:120.208.99.249, not in whitelist rid: 6aa2f516-18f315ad-4be915b8',
      /120\.208\.99\.249 is not|120\.208\.99\.249.*IP白名单/,
    ],
    [
      40001,
      'invalid credential, access_token is invalid or not latest rid: a-b',
      /WECHAT_APPSECRET/,
    ],
    [40125, 'invalid appsecret rid: a-b', /WECHAT_APPSECRET/],
    [40243, 'AppSecret frozen', /frozen/],
    [40013, 'invalid appid rid: a-b', /WECHAT_APPID/],
    [41002, 'appid missing', /WECHAT_APPID/],
    [45009, 'reach max api daily quota limit', /used up/],
    [89503, '此次调用需要管理员确认', /administrator/],
  ])('%i stops the tries of all instances and says what to do', async (errcode, errmsg, advice) => {
    const { wechat, instance, failureOf } = prepare();
    wechat.faults.push(...Array.from({ length: 100 }, () => ({ errcode, errmsg })));

    const first = await failureOf(instance().accessToken.get());
    const others = await Promise.all(
      Array.from({ length: 8 }, () =>
        instance()
          .accessToken.get()
          .catch((error: unknown) => error),
      ),
    );

    expect(wechat.fetches).toHaveLength(1);
    expect(first.message).toMatch(advice);
    expect(first.details).toMatchObject({ errcode, kind: 'stable_token' });
    for (const error of others) expect(error).toEqual(first);
  });

  test('40164 gives the address by itself', async () => {
    const { wechat, instance, failureOf } = prepare();
    wechat.faults.push({ errcode: 40164, errmsg: 'invalid ip 1.2.3.4, not in whitelist rid: a-b' });

    const { details, message } = await failureOf(instance().accessToken.get());

    expect(details).toMatchObject({ ip: '1.2.3.4', rid: 'a-b' });
    expect(message).toContain('https://developers.weixin.qq.com/platform');
  });

  test('is tried again when some time has passed', async () => {
    const { clock, wechat, instance, settle, failureOf } = prepare();
    wechat.faults.push({ errcode: 40243, errmsg: 'frozen' });
    const { accessToken } = instance();
    await failureOf(accessToken.get());

    await clock.advance(5 * MINUTE);

    expect((await settle(accessToken.get())).reveal()).toBe('stable-token-0');
  });
});

describe('refreshIfDue', () => {
  test('on a timer of 5 minutes callers never wait, and each period has one fetch', async () => {
    for (const mode of ['stable', 'classic'] as const) {
      const { clock, wechat, instance, settle } = prepare(mode);
      const [timer, reader] = [instance(), instance()];
      await settle(timer.accessToken.refreshIfDue());
      await settle(reader.accessToken.get());
      const fetchesByReaders: number[] = [];
      let ticking = Promise.resolve<unknown>(undefined);

      for (let minute = 1; minute <= 24 * 60; minute++) {
        if (minute % 5 === 0) ticking = timer.accessToken.refreshIfDue();
        const before = wechat.fetches.length;
        const token = await reader.accessToken.get();
        fetchesByReaders.push(wechat.fetches.length - before);
        expect(wechat.accepts(token.reveal())).toBe(true);
        await clock.advance(MINUTE);
      }
      await settle(ticking);

      expect(new Set(fetchesByReaders)).toEqual(new Set([0]));
      // One at the start, then one in the last 280 s of each 2 hours.
      expect(wechat.fetches).toHaveLength(13);
    }
  });

  test('whatever the phase of the timer, it is never a reader who has to renew', async () => {
    for (let phaseSeconds = 0; phaseSeconds < 300; phaseSeconds += 10) {
      const { clock, wechat, instance, settle } = prepare();
      let byReader = 0;
      const reader = instance((request) => {
        byReader += 1;
        return wechat.transport(request);
      });
      const timer = instance();
      await settle(timer.accessToken.refreshIfDue());
      await clock.advance(105 * MINUTE + phaseSeconds * 1_000);
      const ticks: Promise<unknown>[] = [];

      for (let second = 0; second < 20 * 60; second += 10) {
        if (second % 300 === 0) ticks.push(timer.accessToken.refreshIfDue());
        expect(wechat.accepts((await reader.accessToken.get()).reveal())).toBe(true);
        await clock.advance(10_000);
      }
      await Promise.all(ticks);

      expect({ phaseSeconds, byReader, fetches: wechat.fetches.length }).toEqual({
        phaseSeconds,
        byReader: 0,
        fetches: 2,
      });
    }
  });

  test('overlapping ticks do no harm, and say who did it', async () => {
    const { clock, wechat, instance, settle } = prepare();
    await settle(instance().accessToken.get());
    await clock.advance(116 * MINUTE);

    const reports = await settle(
      Promise.all(
        [instance(), instance(), instance()].map((each) => each.accessToken.refreshIfDue()),
      ),
    );

    expect(reports.map(({ refreshed }) => refreshed).sort()).toEqual([false, false, true]);
    expect(reports.map(({ generation }) => generation)).toEqual([2, 2, 2]);
    expect(wechat.fetches).toHaveLength(2);
  });

  test('WeChat that gives the old token once more, since the clocks differ, is asked again', async () => {
    const { clock, wechat, instance, settle } = prepare();
    await settle(instance().accessToken.get());
    await clock.advance(115 * MINUTE + 30_000);
    wechat.faults.push({ access_token: 'stable-token-0', expires_in: 310 });

    const report = await settle(instance().accessToken.refreshIfDue());

    expect(report).toMatchObject({ refreshed: true, generation: 3 });
    expect(report.expiresInSeconds).toBeGreaterThan(7_000);
  });

  test('throws what went wrong, while readers go on', async () => {
    const { clock, wechat, instance, settle, failureOf } = prepare();
    const { accessToken } = instance();
    await settle(accessToken.get());
    await clock.advance(116 * MINUTE);
    wechat.faults.push({ errcode: 40164, errmsg: 'invalid ip 1.2.3.4, not in whitelist' });

    const error = await failureOf(instance().accessToken.refreshIfDue());

    expect(error.details).toMatchObject({ errcode: 40164, ip: '1.2.3.4' });
    expect((await settle(accessToken.get())).reveal()).toBe('stable-token-0');
  });
});

describe('refreshDue', () => {
  test('renews both and reports without a token', async () => {
    const { wechat, instance, settle } = prepare();

    const reports = await settle(instance().refreshDue());

    expect(reports).toEqual({
      accessToken: { refreshed: true, generation: 1, expiresInSeconds: 7_200 },
      jsapiTicket: { refreshed: true, generation: 1, expiresInSeconds: 7_200 },
    });
    expect(wechat.fetches).toHaveLength(2);
  });

  test('renews the ticket although the token failed, and then throws', async () => {
    const { clock, wechat, instance, document, settle, failureOf } = prepare();
    await settle(instance().refreshDue());
    await clock.advance(116 * MINUTE);
    wechat.faults.push({ errcode: 40164, errmsg: 'invalid ip 1.2.3.4, not in whitelist' });

    const error = await failureOf(instance().refreshDue());

    expect(error.details).toMatchObject({ errcode: 40164 });
    expect((await document())?.generation).toBe(1);
    expect((await document('jsapi_ticket'))?.generation).toBe(2);
  });
});

describe('jsapi_ticket', () => {
  test('lives under the same protocol, and renews an access token that is refused', async () => {
    const { wechat, instance, settle } = prepare();
    const instances = Array.from({ length: 4 }, () => instance());
    await settle(instances[0]?.accessToken.get() ?? Promise.reject());
    wechat.revoke();

    const tickets = await settle(
      Promise.all(instances.map(({ jsapiTicket }) => jsapiTicket.get())),
    );

    expect(new Set(tickets.map((ticket) => ticket.reveal())).size).toBe(1);
    expect(wechat.fetches).toEqual([
      '/cgi-bin/stable_token',
      '/cgi-bin/ticket/getticket',
      '/cgi-bin/stable_token',
      '/cgi-bin/ticket/getticket',
    ]);
  });

  test('fails at once, with the reason, where there is no access token', async () => {
    const { clock, wechat, instance, failureOf } = prepare();
    wechat.faults.push({ errcode: 40164, errmsg: 'invalid ip 1.2.3.4, not in whitelist' });
    const startedAt = clock.now();

    const error = await failureOf(instance().jsapiTicket.get());

    expect(error.details).toMatchObject({ kind: 'jsapi_ticket', reason: 'access_token' });
    expect(error.message).toContain('40164 "invalid ip 1.2.3.4');
    expect(clock.now() - startedAt).toBeLessThan(1_000);
    expect(wechat.fetches).toEqual(['/cgi-bin/stable_token']);
  });

  test('its status tells a failure for want of a token, also once there is one', async () => {
    const { clock, wechat, memory, instance, settle, failureOf } = prepare();
    wechat.faults.push({ errcode: 40164, errmsg: 'invalid ip 1.2.3.4, not in whitelist' });
    const failedAt = clock.now();
    await failureOf(instance().refreshDue());
    await clock.advance(61_000);
    await settle(instance().accessToken.get());

    const [token, ticket] = await readStatus(memory, accountConfig.appid, [
      'stable_token',
      'jsapi_ticket',
    ]);

    expect(token).toMatchObject({ generation: 1, failures: 0 });
    expect(token).not.toHaveProperty('reason');
    expect(ticket).toEqual({
      kind: 'jsapi_ticket',
      generation: 0,
      failures: 1,
      failedAt,
      reason: 'access_token',
    });
  });
});

import { systemClock } from '../../../shared/kernel/clock.ts';
import { loadConfig } from '../../../shared/kernel/config.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import { createLog } from '../../../shared/kernel/log.ts';
import { stableTokenFetcher } from '../../../shared/token/fetchers.ts';
import type { CallbackConfig } from '../../../shared/wechat/catalogue/callback-config.ts';
import {
  type Api,
  createClient,
  createHttpTransport,
} from '../../../shared/wechat/client/index.ts';
import { changesFor, type PushTarget } from './pushes.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * `there`: WeChat pushes here already. `set`: it does from now on. `elsewhere`: it does not. `unknown`:
 * WeChat does not let this account, or this machine, look.
 */
export interface PushFinding {
  readonly state: 'there' | 'set' | 'elsewhere' | 'unknown';
  /** Why it is unknown. */
  readonly why?: string;
}

/**
 * Looks where WeChat pushes to, or sets it and looks whether it was taken.
 *
 * @param wanted `undefined` only looks
 */
export async function settlePushes(
  env: Env,
  target: PushTarget,
  wanted: 'on' | 'off' | undefined,
): Promise<PushFinding> {
  try {
    const { callbackConfig } = callbackConfigOf(env);
    const read = async () => (await callbackConfig.get()).data;
    const differs = (found: CallbackConfig) =>
      Object.keys(changesFor(target, wanted !== 'off', found)).length > 0;
    const found = await read();
    if (!differs(found)) return { state: 'there' };
    if (wanted === undefined) return { state: 'elsewhere' };
    await callbackConfig.set(changesFor(target, wanted === 'on', found));
    return { state: differs(await read()) ? 'elsewhere' : 'set' };
  } catch (error) {
    if (error instanceof AppError) return { state: 'unknown', why: error.message };
    throw error;
  }
}

/**
 * The two endpoints, with a token of the stable kind, which ends no token that a function holds. They
 * are not open to calls without a token.
 */
function callbackConfigOf(env: Env): Pick<Api, 'callbackConfig'> {
  const { appid, appsecret, apiBaseUrl } = loadConfig(env, [
    'appid',
    'appsecret',
    'documentKey',
    'tokenSource',
    'apiBaseUrl',
  ]);
  if (!appsecret) {
    throw new AppError(
      'invalid',
      'WECHAT_APPSECRET is not set here, and WeChat wants a token for it.',
    );
  }
  const api = createClient({
    transport: createHttpTransport({ clock: systemClock }),
    baseUrl: apiBaseUrl,
    clock: systemClock,
    random: Math.random,
    log: createLog({ write: () => {}, now: systemClock.now }),
    token: {
      get: async () => (await fetcher.fetch()).token,
      reject: () =>
        Promise.reject(new AppError('upstream', 'WeChat takes no token that it gives.')),
    },
  });
  const fetcher = stableTokenFetcher({ api, appid, appsecret });
  return api;
}

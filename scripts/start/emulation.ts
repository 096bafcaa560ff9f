import path from 'node:path';
import { collections } from '../../shared/app/collections.ts';
import { buildFunctions } from '../build/build.ts';
import { type CloudbaseEmulator, startCloudbase } from '../emulator/cloudbase/index.ts';
import type { InvokeOutcome, LogLine } from '../emulator/scf/invocation.ts';
import { createScf, type ScfEmulator } from '../emulator/scf/scf.ts';
import { createWechatApi, type WechatApi } from '../emulator/wechat/api.ts';
import type { PushAccount, PushMode } from '../emulator/wechat/push/account.ts';
import { createPush, type Push } from '../emulator/wechat/push/push.ts';
import type { SentMessage } from '../emulator/wechat/state/sent.ts';
import { readFunctions } from '../project/functions.ts';
import { createControl } from './control.ts';
import { LOCAL_METRICS_KEY, localAccount, localEnvironment } from './local-account.ts';

export interface EmulationOptions {
  readonly root: string;
  /** Of the functions; the WeChat API gets the next one and CloudBase the one after. 0: any three. */
  readonly port: number;
  readonly mode: PushMode;
  /** What is to be kept between runs stands in this folder; without it, nothing is kept. */
  readonly stateDir?: string;
  readonly onLog?: (line: LogLine) => void;
}

/** A whole backend on this machine, with everything around it that is not ours. */
export interface Emulation {
  readonly account: PushAccount & { readonly secret: string };
  readonly environment: typeof localEnvironment;
  readonly urls: {
    readonly callback: string;
    readonly wechatApi: string;
    readonly cloudbase: string;
    readonly metrics: string;
  };
  /** WeChat's side of the callback. */
  readonly push: Push;
  /** Tells of every message that the account writes to a follower by the API. */
  onSend(listener: (message: SentMessage) => void): void;
  readonly scf: ScfEmulator;
  readonly wechatApi: WechatApi;
  readonly cloudbase: CloudbaseEmulator;
  /** Ends every process and server. */
  close(): Promise<void>;
}

/** Builds the functions and starts them, WeChat and CloudBase. @throws Error if a port is taken. */
export async function startEmulation(options: EmulationOptions): Promise<Emulation> {
  const { root, port, mode, stateDir } = options;
  const account = { ...localAccount, mode };
  const closers: (() => Promise<void>)[] = [];
  const listeners: ((message: SentMessage) => void)[] = [];
  async function close(): Promise<void> {
    for (const closer of closers.splice(0).reverse()) await closer();
  }

  try {
    const built = await buildFunctions({ root, outDir: path.join(root, 'dist') });
    // The three call each other: WeChat the callback, the functions both of the others.
    let scf: ScfEmulator | undefined;
    const callbackUrl = () => `${scf?.url ?? ''}/callback`;
    const push = once(() =>
      withFollowers(createPush({ account, callbackUrl: callbackUrl(), now: Date.now }), wechatApi),
    );

    const wechatApi = createWechatApi({
      account: { appid: account.appid, secret: account.secret },
      now: Date.now,
      callbackUrl,
      pushEvent: (event) => push().send(event),
      onSend(message) {
        for (const listener of listeners) listener(message);
      },
      ...folder(stateDir, 'wechat'),
    });
    const api = await wechatApi.listen(portAfter(port, 1));
    closers.push(() => api.close());

    const cloudbase = await startCloudbase({
      port: portAfter(port, 2),
      environments: [localEnvironment],
      invokeFunction: async (_, name, data) => resultOf(await scf?.invoke(name, data)),
      ...folder(stateDir, 'cloudbase'),
    });
    closers.push(() => cloudbase.close());
    provision(cloudbase);

    const running = await createScf({
      functions: readFunctions(root, functionEnv(account, api.url)).map((spec) => ({
        ...spec,
        bundle: built.find(({ name }) => name === spec.name)?.file ?? '',
        ...(spec.hasUrl ? { http: { path: `/${spec.name}` } } : {}),
        timers: spec.timers.map(({ name, cron, argument }) => ({
          name,
          cron,
          enabled: true,
          ...(argument === undefined ? {} : { message: argument }),
        })),
      })),
      namespace: localEnvironment.envId,
      platformEnv: {
        TENCENTCLOUD_SECRETID: localEnvironment.secretId,
        TENCENTCLOUD_SECRETKEY: localEnvironment.secretKey,
        TCB_CONTEXT_CNFG: JSON.stringify({ URL: cloudbase.url }),
      },
      gateway: { port, otherwise: createControl(() => running) },
      ...(options.onLog ? { onLog: options.onLog } : {}),
    });
    scf = running;
    closers.push(() => running.close());

    return {
      account,
      environment: localEnvironment,
      urls: {
        callback: callbackUrl(),
        wechatApi: api.url,
        cloudbase: cloudbase.url,
        metrics: `${running.url}/metrics`,
      },
      push: push(),
      onSend: (listener) => listeners.push(listener),
      scf: running,
      wechatApi,
      cloudbase,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What `npm run provision` does in a real environment: nothing makes a collection on the fly. */
function provision({ control }: CloudbaseEmulator): void {
  const { envId } = localEnvironment;
  const present = new Set(control.collections(envId).map(({ name }) => name));
  for (const { name, access, indexes } of collections) {
    if (!present.has(name)) control.createCollection(envId, { name, indexes, rule: access });
  }
}

/** What a deploy would take from `.env`. */
function functionEnv(account: Emulation['account'], apiUrl: string): Record<string, string> {
  return {
    WECHAT_APPID: account.appid,
    WECHAT_APPSECRET: account.secret,
    WECHAT_TOKEN: account.token,
    WECHAT_MODE: account.mode,
    WECHAT_ENCODING_AES_KEY: account.encodingAesKey,
    WECHAT_API_BASE_URL: apiUrl,
    CLOUDBASE_ENV_ID: localEnvironment.envId,
    METRICS_KEY: LOCAL_METRICS_KEY,
  };
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

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function portAfter(port: number, offset: number): number {
  return port === 0 ? 0 : port + offset;
}

function folder(stateDir: string | undefined, name: string): { readonly stateDir?: string } {
  return stateDir === undefined ? {} : { stateDir: path.join(stateDir, name) };
}

/** As `callFunction` of the SDK would have it: the result, or an error with the platform's code. */
function resultOf(outcome: InvokeOutcome | undefined): unknown {
  if (outcome?.ok) return outcome.result;
  const { statusCode, errorMessage, stackTrace } = outcome?.error ?? {};
  const codes: Readonly<Record<number, string>> = {
    433: 'FUNCTIONS_TIME_LIMIT_EXCEEDED',
    435: 'FUNCTION_NOT_FOUND',
  };
  throw Object.assign(new Error(stackTrace ?? errorMessage ?? 'The functions are not up yet.'), {
    code: codes[statusCode ?? 0] ?? 'FUNCTIONS_EXECUTE_FAIL',
  });
}

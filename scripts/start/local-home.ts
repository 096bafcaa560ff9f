import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Config } from '../../shared/kernel/settings.ts';
import type { ScfEmulator } from '../emulator/scf/scf.ts';
import type { FunctionSpec } from '../emulator/scf/spec.ts';
import {
  containerFetch,
  functionCaller,
  type WechatSource,
  wechatContext,
} from '../emulator/scf/wechat-cloud.ts';
import type { Emulators } from '../emulator/simulator/emulators.ts';
import type { PushFaults } from '../emulator/simulator/push-faults.ts';
import type { WechatApi } from '../emulator/wechat/api.ts';
import { containerRoute, functionRoute } from '../emulator/wechat/push/cloud-routes.ts';
import type { PushHome } from '../emulator/wechat/push/home.ts';
import type { Notation } from '../emulator/wechat/push/notation.ts';
import type { PushOptions } from '../emulator/wechat/push/push.ts';
import { keepTokenFile } from '../emulator/wechat/token-file.ts';
import type { LocalAccount } from './local-account.ts';

/** How the account lives in the emulation, where that is not on a server of its own. */
export interface CloudHomeOptions {
  readonly home: Exclude<PushHome, 'server'>;
  /** Where the container's token comes from; default `none`: the relay adds the account. */
  readonly tokenSource?: Exclude<Config['tokenSource'], 'document'>;
  /** In which notation WeChat pushes into the container; default JSON. */
  readonly notation?: Notation;
  /** Which source a push into the cloud function has; the documents do not say it. */
  readonly pushSource?: WechatSource;
  /** Whether another account owns the environment and shares it with this one. */
  readonly isShared?: boolean;
}

/** Another account, which owns an environment that is shared. */
const OWNER = 'wxf0cafe000000000e';
/** What the container door takes for a push; the documents name no value of the header. */
const PUSH_SOURCE_HEADER = 'other';
/** What only a server of one's own needs. */
const SIGNED_ONLY = ['WECHAT_TOKEN', 'WECHAT_MODE', 'WECHAT_ENCODING_AES_KEY'];
const CONTAINER_CONCURRENCY = 50;

/**
 * The key of the documents where the container has no AppSecret to derive it from: every function must
 * have the same.
 */
export function localDocumentKey({ secret }: Pick<LocalAccount, 'secret'>): string {
  return createHash('sha256').update(`document key of ${secret}`).digest('base64url');
}

/** What the server of the callback has in it. */
const IN_CONTAINER: readonly string[] = [
  'menu',
  'material',
  'mass-send',
  'followers',
  'proxy-client',
  'worker',
];

/** The container does their work, so that elsewhere they run only when they are told to. */
function withoutTimers(spec: FunctionSpec): FunctionSpec {
  const { timers = [] } = spec;
  return { ...spec, timers: timers.map((timer) => ({ ...timer, enabled: false })) };
}

/** With it functions are invoked in the container. */
export function localInvokeKey({ secret }: Pick<LocalAccount, 'secret'>): string {
  return createHash('sha256').update(`invoke key of ${secret}`).digest('base64url');
}

/** A home inside WeChat Cloud: what it makes of the callback, and how WeChat reaches it. */
export class CloudHome {
  readonly #options: CloudHomeOptions;
  readonly #account: LocalAccount;
  readonly #envId: string;
  /** The file of the mounted token, and the address of the relay. */
  readonly #world: { readonly tokenFile: string; readonly relayUrl: string };

  constructor(
    options: CloudHomeOptions,
    account: LocalAccount,
    world: { readonly envId: string; readonly tokenFile: string; readonly relayUrl: string },
  ) {
    this.#options = options;
    this.#account = account;
    this.#envId = world.envId;
    this.#world = world;
  }

  /** As the console shows where pushes go. */
  get address(): string {
    return `wxcloud://${this.#envId}/callback`;
  }

  /** The function as it is deployed in this home. */
  specOf(spec: FunctionSpec): FunctionSpec {
    if (spec.name !== 'callback') return this.#isContainer ? withoutTimers(spec) : spec;
    const { http: _, httpFunction, ...rest } = spec;
    const environment = Object.fromEntries(
      Object.entries(spec.environment).filter(([name]) => !SIGNED_ONLY.includes(name)),
    );
    if (!this.#isContainer) {
      const { pushSource = 'wx_unknown' } = this.#options;
      const own = { PUSH_DOOR: 'cloud-function', PUSH_SOURCES: pushSource };
      return { ...rest, environment: { ...environment, ...own } };
    }
    const { concurrency = CONTAINER_CONCURRENCY } = httpFunction ?? {};
    return {
      ...rest,
      httpFunction: { concurrency, isContainer: true },
      environment: { ...environment, ...this.#containerSettings() },
    };
  }

  get #isContainer(): boolean {
    return this.#options.home === 'wechat-container';
  }

  /** How an operator invokes a function: in the container, if that has it in it. */
  invokerOf(scf: Pick<ScfEmulator, 'invoke'>): Emulators['invoke'] {
    const network = containerFetch(scf.invoke, 'callback');
    const headers = { authorization: `Bearer ${localInvokeKey(this.#account)}` };
    return async (name, event) => {
      if (!this.#isContainer || !IN_CONTAINER.includes(name)) return scf.invoke(name, event);
      try {
        const url = `http://callback.${this.#envId}.internal/.functions/${name}`;
        const body = JSON.stringify(event);
        const response = await network(url, { method: 'POST', headers, body });
        return { ok: true, result: await response.json() };
      } catch (error) {
        return { ok: false, error: { errorMessage: reasonOf(error) }, requestId: '' };
      }
    };
  }

  /** Nothing of the AppSecret comes into the container's reach. */
  #containerSettings(): Readonly<Record<string, string>> {
    const { tokenSource = 'none' } = this.#options;
    return {
      WECHAT_APPSECRET: '',
      INVOKE_KEY: localInvokeKey(this.#account),
      PUSH_DOOR: 'container',
      PUSH_PUBLIC_ACCESS: 'off',
      TOKEN_SOURCE: tokenSource,
      TOKEN_FILE: this.#world.tokenFile,
      ...(tokenSource === 'none' ? { WECHAT_API_BASE_URL: this.#world.relayUrl } : {}),
    };
  }

  /** How WeChat brings a push there. */
  routeBy(
    scf: () => ScfEmulator,
    wechatApi: WechatApi,
    faults: Pick<PushFaults, 'strike'>,
  ): NonNullable<PushOptions['route']> {
    const account = this.#account;
    const invoke: ScfEmulator['invoke'] = (...args) => scf().invoke(...args);
    if (!this.#isContainer) {
      const call = functionCaller(invoke, 'callback');
      return (wire) =>
        functionRoute({
          account,
          target: { envId: this.#envId, functionName: 'callback' },
          context: () => this.#functionContext(),
          async call(event, context) {
            try {
              return await faults.strike(() => call(event, context));
            } catch (error) {
              return { ok: false, error: reasonOf(error) };
            }
          },
          wire,
        });
    }
    const network = containerFetch(invoke, 'callback');
    return (wire) =>
      containerRoute({
        account,
        url: `http://callback.${this.#envId}.internal/`,
        notation: this.#options.notation ?? 'json',
        headers: () => this.#containerHeaders(wechatApi.cloud.token()),
        wire: {
          ...wire,
          fetch: (input, init) => faults.strike(() => network(input, init), init?.signal),
        },
      });
  }

  #functionContext(): Readonly<Record<string, string>> {
    const { pushSource = 'wx_unknown', isShared } = this.#options;
    const { appid } = this.#account;
    return wechatContext({
      sources: [pushSource],
      envId: this.#envId,
      ...(isShared ? { appid: OWNER, fromAppid: appid } : { appid }),
    });
  }

  /** @see https://developers.weixin.qq.com/miniprogram/dev/wxcloudrun/src/guide/weixin/push.html */
  #containerHeaders(token: string): Readonly<Record<string, string>> {
    const { appid } = this.#account;
    const common = { 'x-wx-source': PUSH_SOURCE_HEADER, 'x-wx-env': this.#envId };
    if (!this.#options.isShared) {
      return { ...common, 'x-wx-appid': appid, 'x-wx-cloudbase-access-token': token };
    }
    return {
      ...common,
      'x-wx-appid': OWNER,
      'x-wx-from-appid': appid,
      'x-wx-from-cloudbase-access-token': token,
    };
  }
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message : message;
}

/** Starts what WeChat Cloud has beside the callback: the relay, and the file of the token. */
export async function startCloudHome(
  options: CloudHomeOptions,
  {
    account,
    envId,
    wechatApi,
  }: { readonly account: LocalAccount; readonly envId: string; readonly wechatApi: WechatApi },
): Promise<{ readonly home: CloudHome; readonly close: () => Promise<void> }> {
  const relay = await wechatApi.listenAsRelay(0);
  const folder = mkdtempSync(path.join(tmpdir(), 'fuwuhao-token-'));
  const tokenFile = path.join(folder, 'cloudbase_access_token');
  const forgetFile = keepTokenFile(tokenFile, wechatApi);
  return {
    home: new CloudHome(options, account, { envId, relayUrl: relay.url, tokenFile }),
    async close() {
      forgetFile();
      rmSync(folder, { recursive: true, force: true });
      await relay.close();
    },
  };
}

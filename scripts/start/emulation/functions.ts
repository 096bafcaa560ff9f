import { createScf, type ScfEmulator } from '../../emulator/scf/scf.ts';
import type { Book } from '../../emulator/simulator/book.ts';
import type { LocalDatabase } from '../database/local-database.ts';
import { createFarClock } from '../far-clock.ts';
import type { LocalAccount, LocalEnvironment } from '../local-account.ts';
import { functionEnv, localFunctions } from '../local-functions.ts';
import { type CloudHome, localDocumentKey } from '../local-home.ts';
import type { LocalKeys } from '../local-keys.ts';
import type { Bundles } from './bundles.ts';
import type { EmulationOptions } from './options.ts';

/** What the functions stand on, and where it is. */
export interface FunctionsGround {
  readonly account: LocalAccount;
  readonly environment: LocalEnvironment;
  readonly keys: LocalKeys;
  readonly bundles: Bundles;
  readonly database: LocalDatabase;
  readonly cloudHome: CloudHome | undefined;
  readonly book: Book;
  /** WeChat's time, which is also that of the functions. */
  readonly now: () => number;
  readonly urls: {
    readonly wechatApi: string;
    readonly cloudbase: string;
    readonly invokeApi: string;
  };
}

/** Starts the functions as they are deployed in the home of the account. */
export async function startFunctions(
  options: EmulationOptions,
  ground: FunctionsGround,
): Promise<ScfEmulator> {
  const { env } = options;
  const { account, environment, keys, bundles, cloudHome, book, now, urls } = ground;
  const { own, reload } = bundles;
  return createScf({
    functions: localFunctions({
      root: options.root,
      built: reload.built,
      env: functionEnv(account, keys, {
        // With a real account a tunnel leads here, so whoever wants the console says so.
        ...(env ?? { WECHAT_API_BASE_URL: urls.wechatApi, CONSOLE: 'on' }),
        ...ground.database.env,
        ...(cloudHome ? { DOCUMENT_KEY: localDocumentKey(account) } : {}),
        ...options.settings,
      }),
      own,
      timers: options.timers,
      concurrency: options.concurrency,
      inspectPort: options.inspectPort,
    }).map((spec) => cloudHome?.specOf(spec) ?? spec),
    namespace: environment.envId,
    platformEnv: {
      TENCENTCLOUD_SECRETID: keys.secretId,
      TENCENTCLOUD_SECRETKEY: keys.secretKey,
      TCB_CONTEXT_CNFG: JSON.stringify({ URL: urls.cloudbase }),
      SCF_API_URL: urls.invokeApi,
    },
    gateway: {
      port: options.port,
      // With a real account WeChat comes through a tunnel, under the tunnel's name.
      access: { isTunnelled: env !== undefined },
      hint: 'The page is at the address that npm start has printed',
    },
    clock: createFarClock(now),
    clockOffsetMs: () => now() - Date.now(),
    ...(options.maxInstances === undefined ? {} : { maxInstances: options.maxInstances }),
    onInvocation(record) {
      book.noteInvocation(record);
      options.onInvocation?.(record);
    },
    onLog(raw) {
      const line = { ...raw, line: reload.readable(raw.line) };
      book.noteLog(line);
      options.onLog?.(line);
    },
  });
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tokenCollection } from '../../../shared/token/index.ts';
import { buildEntries } from '../../build/build.ts';
import type { StoreDriver } from '../../build/sdk-bundle.ts';
import { startCloudbase } from '../../emulator/cloudbase/index.ts';
import type { LogLine } from '../../emulator/scf/invocation.ts';
import { createScf, type ScfEmulator } from '../../emulator/scf/scf.ts';
import { createWechatApi, type WechatApi } from '../../emulator/wechat/api.ts';
import { cloudbaseDatabase } from '../../start/database/cloudbase-database.ts';
import type { LocalDatabase, LocalStore } from '../../start/database/local-database.ts';
import { startPostgresDatabase } from '../../start/database/postgres-database.ts';
import type { SoakEvent } from './fixture.ts';

const root = path.resolve(import.meta.dirname, '../../..');
export const FUNCTION = 'soak';
export const account = { appid: 'wxf0cafe0000000001', secret: '50a650a650a650a650a650a650a650a6' };
const environment = {
  envId: 'fuwuhao-soak',
  secretId: 'AKIDsoak0000000001',
  secretKey: 'soaksecretkey0000000000000000001',
};
/** Longer than the longest wait, which is a crash inside a transaction and one more fetch. */
const TIMEOUT_SECONDS = 120;

/** Everything around the instances, and the instances as real processes. */
export interface Backend {
  readonly scf: ScfEmulator;
  readonly wechat: WechatApi;
  readonly database: LocalDatabase;
  /** Every line that an instance wrote. */
  readonly lines: readonly LogLine[];
  /** Calls `task` for each further line; the returned function ends that. */
  onLine(task: (line: LogLine) => void): () => void;
  invoke(event: SoakEvent): ReturnType<ScfEmulator['invoke']>;
  close(): Promise<void>;
}

export async function startBackend(instances: number, store: LocalStore): Promise<Backend> {
  const folder = mkdtempSync(path.join(tmpdir(), 'fuwuhao-soak-'));
  const closers: (() => Promise<void>)[] = [
    async () => rmSync(folder, { recursive: true, force: true }),
  ];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const wechat = createWechatApi({ account, now: Date.now });
    const api = await wechat.listen(0);
    closers.push(() => api.close());
    const cloudbase = await startCloudbase({ environments: [environment] });
    closers.push(() => cloudbase.close());
    cloudbase.control.createCollection(environment.envId, { name: tokenCollection.name });
    const database =
      store === 'postgres'
        ? await startPostgresDatabase({ poolSize: 1, maxConnections: 300 })
        : cloudbaseDatabase(cloudbase, environment);
    closers.push(() => database.close());
    const bundle = await buildFixture(folder, database.driver);
    const lines: LogLine[] = [];
    const listeners = new Set<(line: LogLine) => void>();
    const scf = await createScf({
      functions: [
        {
          name: FUNCTION,
          bundle,
          handler: 'index.main',
          memoryMb: 256,
          timeoutSeconds: TIMEOUT_SECONDS,
          environment: {
            WECHAT_APPID: account.appid,
            WECHAT_APPSECRET: account.secret,
            WECHAT_API_BASE_URL: api.url,
            CLOUDBASE_ENV_ID: environment.envId,
            ...database.env,
          },
        },
      ],
      namespace: environment.envId,
      platformEnv: {
        TENCENTCLOUD_SECRETID: environment.secretId,
        TENCENTCLOUD_SECRETKEY: environment.secretKey,
        TCB_CONTEXT_CNFG: JSON.stringify({ URL: cloudbase.url }),
      },
      maxInstances: instances,
      onLog(line) {
        lines.push(line);
        for (const listener of listeners) listener(line);
      },
    });
    closers.push(() => scf.close());
    return {
      scf,
      wechat,
      database,
      lines,
      onLine(task) {
        listeners.add(task);
        return () => listeners.delete(task);
      },
      invoke: (event) => scf.invoke(FUNCTION, event),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function buildFixture(folder: string, driver: StoreDriver): Promise<string> {
  const entry = { name: FUNCTION, entry: 'scripts/soak/token/fixture.ts' };
  const entries = [entry];
  const [built] = await buildEntries({ root, outDir: folder, entries, driver, mayReuse: true });
  if (!built) throw new Error('The fixture was not built.');
  return built.file;
}

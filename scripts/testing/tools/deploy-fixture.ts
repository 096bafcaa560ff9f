import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { collections } from '../../../shared/app/collections.ts';
import { installTools } from '../../deploy/tools.ts';
import { type CloudbaseEmulator, startCloudbase } from '../../emulator/cloudbase/index.ts';
import { fakedTime } from '../../emulator/scf/faked-time.ts';
import { until } from '../../emulator/scf/fixture.ts';
import type { CallRecord } from '../../emulator/tencent/api/dispatch.ts';
import type { RunSql } from '../../emulator/tencent/cloud/environments.ts';
import { startTencent, type TencentEmulator } from '../../emulator/tencent/index.ts';
import { createWechatApi, type WechatApi } from '../../emulator/wechat/api.ts';
import { createPush, type Push } from '../../emulator/wechat/push/push.ts';
import { writeBot } from '../../new/write-bot.ts';
import { BOT_ACCOUNT } from '../../project/root.ts';
import { fixtureAccount } from './fixture-build.ts';

const repository = path.resolve(import.meta.dirname, '../../..');

/** Keys and an account that only the emulators know. */
export const cloudAccount = {
  appid: '1251234567',
  uin: '100000000001',
  secretId: 'AKIDbench00000000000001',
  secretKey: 'benchsecretkey0000000001',
} as const;
export const fixtureEnvId = 'fixture-env';
export const wechatAccount = {
  appid: 'wxf0cafe0000000002',
  secret: 'benchappsecret000000000000000002',
  token: 'benchtoken000000002',
  encodingAesKey: 'BenchKey000000000000000000000000000000ABCDE',
  originalId: 'gh_f0cafe000002',
  mode: 'safe',
} as const;

/** The secrets that no package, upload, output or error may hold. */
export const fixtureSecrets = [
  cloudAccount.secretKey,
  wechatAccount.secret,
  wechatAccount.token,
  wechatAccount.encodingAesKey,
];

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both outputs together. */
  readonly output: string;
  /** The calls of the command to the cloud. */
  readonly calls: readonly CallRecord[];
}

type Variables = Readonly<Record<string, string | undefined>>;

/** The scripts of package.json that are not those of the folder of their name. */
const MAINS: Readonly<Record<string, readonly string[]>> = {
  serverless: ['scripts/deploy/main.ts', 'serverless'],
  deploy: ['scripts/deploy/main.ts', 'serverless', 'deploy'],
  'deploy:tcb': ['scripts/deploy/tcb/main.ts'],
};

/** A developer's project, surrounded by emulators of WeChat, CloudBase and Tencent Cloud. */
export interface DeployFixture {
  readonly tencent: TencentEmulator;
  readonly wechatApi: WechatApi;
  readonly cloudbase: CloudbaseEmulator;
  /** The checkout, or the folder of a bot alone; what is edited here stays here. */
  readonly project: string;
  /** Runs `node` in the project. A variable that is undefined is not set. */
  run(args: readonly string[], env?: Variables): Promise<Ran>;
  /** `npm run <script> -- <args>`, as the script behind it. */
  npmRun(script: string, args?: readonly string[], env?: Variables): Promise<Ran>;
  edit(file: string, change: (source: string) => string): void;
  /** WeChat's side of the callback at an address that the cloud gave out. */
  push(address: string): Push;
  /** Puts addresses into WeChat's whitelist, as a click in its console does. */
  allow(addresses: readonly string[]): Promise<void>;
  /** The messages that the account wrote to a follower; waits for the first one. */
  sentTo(openid: string): Promise<string>;
  close(): Promise<void>;
}

export interface DeployFixtureOptions {
  /**
   * An account on its first day: an environment with this PostgreSQL, where nothing is provisioned, a
   * closed log service, and a whitelist of WeChat that knows no address. Without it: one that is in use.
   */
  readonly fresh?: { readonly sql: RunSql };
  /** Whether the project is the folder of a bot alone, and not a checkout. */
  readonly isBot?: boolean;
}

/** An address that is none of this machine's. */
const ELSEWHERE = '203.0.113.99';

export async function openDeployFixture({
  fresh,
  isBot = false,
}: DeployFixtureOptions = {}): Promise<DeployFixture> {
  installTools();
  const project = isBot ? botFolder() : checkout();
  let configuredUrl: string | undefined;
  const wechatApi = createWechatApi({
    account: { appid: wechatAccount.appid, secret: wechatAccount.secret },
    now: Date.now,
    callbackUrl: () => configuredUrl,
    ...(fresh ? { ipWhitelist: [ELSEWHERE] } : {}),
  });
  const api = await wechatApi.listen(0);
  const { secretId, secretKey } = cloudAccount;
  const cloudbase = await startCloudbase({
    environments: [{ envId: fixtureEnvId, secretId, secretKey }],
    // Functions call one another by the environment.
    async invokeFunction(envId, name, event) {
      const outcome = await tencent.scf(envId).invoke(name, event);
      return outcome.ok ? outcome.result : outcome.error;
    },
  });
  for (const { name, access, indexes } of fresh ? [] : collections) {
    cloudbase.control.createCollection(fixtureEnvId, { name, indexes, rule: access });
  }
  const tencent: TencentEmulator = await startTencent({
    account: cloudAccount,
    ...(fresh
      ? {
          environments: [{ envId: fixtureEnvId, kind: 'postgresql', sql: fresh.sql }],
          isLogServiceOpen: false,
        }
      : { envIds: [fixtureEnvId] }),
    database: cloudbase.control,
    platformEnv: {
      TENCENTCLOUD_SECRETID: secretId,
      TENCENTCLOUD_SECRETKEY: secretKey,
      TCB_CONTEXT_CNFG: JSON.stringify({ URL: cloudbase.url }),
    },
  });
  const env = {
    PATH: process.env.PATH,
    ...fakedTime(process.env),
    HOME: path.join(project, 'home'),
    // CloudBase's CLI zips each function there, under the name of the function alone.
    TMPDIR: path.join(project, 'home'),
    ...tencent.processEnv,
    TENCENTCLOUD_SECRET_ID: secretId,
    TENCENTCLOUD_SECRET_KEY: secretKey,
    WECHAT_APPID: wechatAccount.appid,
    WECHAT_APPSECRET: wechatAccount.secret,
    WECHAT_TOKEN: wechatAccount.token,
    WECHAT_ENCODING_AES_KEY: wechatAccount.encodingAesKey,
    WECHAT_API_BASE_URL: api.url,
    CLOUDBASE_ENV_ID: fixtureEnvId,
  };

  return {
    tencent,
    wechatApi,
    cloudbase,
    project,
    run,
    npmRun(script, args = [], changes) {
      const main = MAINS[script] ?? [`scripts/${script}/main.ts`];
      return run(['--import', 'tsx', ...main, ...args], changes);
    },
    edit(file, change) {
      const target = path.join(project, file);
      writeFileSync(target, change(readFileSync(target, 'utf8')));
    },
    push(address) {
      configuredUrl = address;
      const push = createPush({
        account: wechatAccount,
        callbackUrl: address,
        now: Date.now,
        fetch: tencent.fetch,
      });
      return {
        ...push,
        send(message) {
          wechatApi.followers.note(message);
          return push.send(message);
        },
      };
    },
    async allow(ips) {
      const { ok, status } = await fetch(`${api.url}/emulator/whitelist`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ips }),
      });
      if (!ok) throw new Error(`The whitelist was not set: ${status}.`);
    },
    async sentTo(openid) {
      await until(() => wechatApi.sentTo(openid).length > 0);
      return JSON.stringify(wechatApi.sentTo(openid));
    },
    async close() {
      await tencent.close();
      await cloudbase.close();
      await api.close();
      rmSync(project, { recursive: true });
    },
  };

  async function run(args: readonly string[], changes: Variables = {}): Promise<Ran> {
    const before = tencent.calls.length;
    const child = spawn(process.execPath, args, {
      cwd: project,
      env: { ...env, ...changes },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit') as Promise<[number | null]>,
    ]);
    const output = stdout + stderr;
    return { code, stdout, stderr, output, calls: tencent.calls.slice(before) };
  }
}

/** Copies what a test may edit, links the rest, and has the tests' account in the author's place. */
function checkout(): string {
  const project = mkdtempSync(path.join(tmpdir(), 'deploy-'));
  for (const name of ['functions', 'serverless.yml', 'cloudbaserc.json', 'package.json']) {
    cpSync(path.join(repository, name), path.join(project, name), { recursive: true });
  }
  // The commands look for the files of the stages beside themselves.
  const tools = path.join(repository, 'scripts/deploy/node_modules');
  cpSync(path.join(repository, 'scripts'), path.join(project, 'scripts'), {
    recursive: true,
    filter: (file) => file !== tools,
  });
  const linked = ['shared', 'examples', 'node_modules', path.relative(repository, tools)];
  for (const name of linked) symlinkSync(path.join(repository, name), path.join(project, name));
  const account = readFileSync(fixtureAccount, 'utf8').replace('../../../shared', '../../shared');
  writeFileSync(path.join(project, 'functions/callback/account.ts'), account);
  mkdirSync(path.join(project, 'home'));
  return project;
}

/** The same as the folder of a bot alone, which takes the repository as a package. */
function botFolder(): string {
  const project = mkdtempSync(path.join(tmpdir(), 'deploy-'));
  writeBot({ folder: project, ci: 'github', language: 'en' });
  mkdirSync(path.join(project, 'node_modules'));
  symlinkSync(repository, path.join(project, 'node_modules/fuwuhao'));
  const account = readFileSync(fixtureAccount, 'utf8');
  const importing = account.replace('../../../shared/index.ts', 'fuwuhao');
  writeFileSync(path.join(project, BOT_ACCOUNT), importing);
  mkdirSync(path.join(project, 'home'));
  return project;
}

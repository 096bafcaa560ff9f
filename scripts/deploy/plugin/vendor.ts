import { createRequire, Module } from 'node:module';
import path from 'node:path';
import type { Credentials } from '../../../shared/store/credentials.ts';

/** What this project's plugin was written against; another version may differ anywhere. */
const VERSION = '0.1.36';

type Callback = (error: unknown, result: unknown) => void;

export interface CosClient {
  headBucket(parameters: object, done: Callback): void;
  putBucket(parameters: object, done: Callback): void;
  putObject(parameters: object, done: Callback): void;
  getBucket(parameters: object, done: Callback): void;
  getObject(parameters: object, done: Callback): void;
}

interface HandlerClass {
  createCosClient(secretId: string, secretKey: string, options: { token?: string }): CosClient;
}

interface Class {
  readonly prototype: Record<string, (...args: never[]) => unknown>;
}

/** The parts of serverless-tencent-scf that we use or replace. */
export interface Vendor {
  createCosClient(keys: Credentials): CosClient;
  readonly commands: Readonly<Record<CommandName, Class>>;
}

const commandFiles = {
  deploy: './deploy/tencentDeploy',
  deployFunction: './deploy/tencentDeployFunction',
  deployList: './deploy/tencentDeployList',
  deployListFunctions: './deploy/tencentDeployListFunctions',
  rollback: './rollback/tencentRollback',
  remove: './remove/tencentRemove',
  info: './info/tencentInfo',
  invoke: './invoke/tencentInvoke',
  logs: './logs/tencentLogs',
  metrics: './metrics/tencentMetrics',
} as const;
export type CommandName = keyof typeof commandFiles;

/**
 * Loads serverless-tencent-scf and takes from it what would call home: a telemetry host and a check
 * of the account's real name. Both are dead, and each command waited for them or failed with them.
 *
 * @throws Error for another version.
 */
export function loadVendor(): Vendor {
  const folder = path.resolve(import.meta.dirname, '../node_modules/serverless-tencent-scf');
  const load = createRequire(path.join(folder, 'package.json'));
  const { version } = load('./package.json') as { readonly version: string };
  if (version !== VERSION) {
    throw new Error(`serverless-tencent-scf is ${version}, but this project needs ${VERSION}.`);
  }
  // First of all, since everything else here loads the SDK.
  leanSdk(load);
  const { Others, Account } = load('serverless-tencent-tools') as {
    readonly Others: { readonly DataReport: { readonly DataReport: Class } };
    readonly Account: { readonly GetUserAuthInfo: Class };
  };
  Others.DataReport.DataReport.prototype.report = () => Promise.resolve(true);
  Account.GetUserAuthInfo.prototype.isAuth = () =>
    Promise.resolve({ Error: false, Message: { Authentication: 1 } });

  const Handler = load('./shared/handler') as HandlerClass;
  const commands = Object.fromEntries(
    Object.entries(commandFiles).map(([name, file]) => [name, load(file) as Class]),
  ) as Record<CommandName, Class>;
  return {
    commands,
    createCosClient: ({ secretId, secretKey, sessionToken }) =>
      Handler.createCosClient(
        secretId,
        secretKey.reveal(),
        sessionToken ? { token: sessionToken.reveal() } : {},
      ),
  };
}

/** The SDK's own index loads 204 services, for most of a second; those named here are used. */
function leanSdk(load: NodeJS.Require): void {
  const index = load.resolve('tencentcloud-sdk-nodejs');
  const parts = ['common', 'scf', 'cam', 'tag', 'monitor'].map((part): [string, unknown] => [
    part,
    load(`tencentcloud-sdk-nodejs/tencentcloud/${part}`),
  ]);
  const lean = new Module(index);
  lean.exports = Object.fromEntries(parts);
  lean.loaded = true;
  load.cache[index] = lean;
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadConfig } from '../../../shared/kernel/config.ts';
import { driverFrom } from '../../build/sdk-bundle.ts';
import { cloudApiFrom } from '../../cloud/api.ts';
import { findDeployed } from '../../cloud/deployed-function.ts';
import { DEFAULT_REGION } from '../../cloud/keys.ts';
import { type DeployAct, recordAct, recordedWork } from '../../cloud/record-act.ts';
import { contradictionsOf } from '../../project/home.ts';
import { serviceName } from '../../project/service-name.ts';
import { checkVariables } from '../plugin/check-variables.ts';
import { deployByTcb } from '../tcb/deploy.ts';
import { createHttpAccess } from '../tcb/http-access.ts';
import { pushSteps } from './by-hand.ts';
import { CONTAINER_PORT, containerEnvironment, writeContainer } from './container-package.ts';
import { functionConfig } from './function-config.ts';
import type { Destination } from './plan.ts';
import { type PushFinding, settlePushes } from './push-settings.ts';
import { findService, uploadContainer } from './wxcloud.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface WechatDeploy {
  readonly root: string;
  readonly env: Env;
  readonly destination: Destination;
  readonly stage: string;
  /** Functions; all unless given. */
  readonly only: readonly string[];
  readonly skipsPreflight: boolean;
  /** Whether functions of another WeChat account may be replaced. */
  readonly replacesAccount: boolean;
  /** Only writes the container's folder. */
  readonly onlyPrepares: boolean;
  /** Whether the message push is to be set; unless given it is only looked at. */
  readonly pushes?: 'on' | 'off';
  readonly write: (line: string) => void;
  readonly output: 'stdout' | 'stderr';
}

export interface WechatDeployed {
  readonly home: Destination['home'];
  readonly environment: string;
  /** The folder of the container. */
  readonly folder?: string;
  readonly pushes?: PushFinding;
  /** What is left to do, one step after the other. */
  readonly steps: readonly string[];
}

/**
 * Deploys into WeChat Cloud, and looks then where WeChat pushes to.
 *
 * @throws Error that says what was not done, and why
 */
export async function deployToWechat(request: WechatDeploy): Promise<WechatDeployed> {
  const { env, destination, write, onlyPrepares, pushes: wanted } = request;
  const found = contradictionsOf(env);
  const fatal = found.filter(({ isFatal }) => isFatal);
  if (fatal.length > 0) {
    const lines = fatal.map(({ why, todo }) => `- ${why} ${todo}`);
    throw new Error(
      `The settings contradict each other; nothing was deployed.\n${lines.join('\n')}`,
    );
  }
  for (const { why, todo } of found) write(`WARNING: ${why} ${todo}`);
  const { home, envId: environment } = destination;
  const folder =
    home === 'wechat-container' ? await deployContainer(request) : await deployFunctions(request);
  const common = { home, environment, ...(folder === undefined ? {} : { folder }) };
  if (onlyPrepares) return { ...common, steps: [] };
  const pushes = await settlePushes(env, destination, wanted);
  write(pushLine(pushes, wanted));
  const isSettled = pushes.state === 'there' || pushes.state === 'set';
  return { ...common, pushes, steps: isSettled ? [] : pushSteps(destination) };
}

/** All functions of cloudbaserc.json, the callback without an address. */
async function deployFunctions(request: WechatDeploy): Promise<undefined> {
  const { root, env, destination, write, output } = request;
  const { stage, only, skipsPreflight, replacesAccount } = request;
  const { envId } = destination;
  const region = env.TENCENTCLOUD_REGION ?? DEFAULT_REGION;
  const api = cloudApiFrom(env, region);
  const { EnvList } = await api('tcb', 'DescribeEnvs', { EnvId: envId });
  const source = EnvList?.[0]?.Source;
  if (source !== undefined && source !== 'miniapp') {
    write(
      `WARNING: ${envId} was not made in WeChat's developer tools (its source is ${source}), so that it may be that no mini-program can share it with the account. Then make one there: 云开发 → 设置 → 环境管理.`,
    );
  }
  const domains = await createHttpAccess({ api, envId, region }).domains();
  const hasHttpAccess = domains.some(({ IsDefault, Enable }) => IsDefault && Enable !== false);
  if (!hasHttpAccess) {
    write('HTTP access of the environment is off: api-proxy, console and metrics get no address.');
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'wechat-'));
  try {
    const configFile = path.join(folder, 'cloudbaserc.json');
    writeFileSync(configFile, functionConfig({ root, env, hasHttpAccess }));
    // A domain leads to HTTP functions, and the callback is none here.
    const { CUSTOM_DOMAIN: _, ...withoutDomain } = env;
    await deployByTcb({
      ...{ root, only, stage, skipsPreflight, replacesAccount, configFile, write, output },
      env: withoutDomain,
      command: 'deploy:wechat',
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return undefined;
}

/** @returns the folder from which the image is built */
async function deployContainer(request: WechatDeploy): Promise<string> {
  const { root, env, destination, onlyPrepares, write, output } = request;
  const { envId, service } = destination;
  const checked = { name: 'callback', variables: containerEnvironment(root, env) };
  await checkVariables(root, [checked], driverFrom(env), env);
  const { folder, bytes, variables } = await writeContainer(root, env);
  write(`callback: ${(bytes / 1000).toFixed(1)} KB in ${path.relative(root, folder)}`);
  write(
    `Type into 服务设置 → 环境变量 of ${service}, once: ${variables.secret.join(', ')}. They are in no file that is uploaded.`,
  );
  if (onlyPrepares) return folder;
  await recordedWork(
    { command: 'deploy:wechat', subject: `${service} ${envId}` },
    (act) => record(request, act),
    (begin) => {
      begin('upload');
      return uploadContainer(env, { envId, service, folder, port: CONTAINER_PORT }, output);
    },
  );
  const { isPublic, address } = await findService(env, { envId, service });
  const { pushPublicAccess } = loadConfig(env, ['pushPublicAccess']);
  if (isPublic && pushPublicAccess === 'off') {
    throw new Error(
      `${service} can be reached from outside${address ? ` (${address})` : ''}, and PUSH_PUBLIC_ACCESS=off tells it to believe everybody who does. Switch 公网访问 off in its settings, or set PUSH_PUBLIC_ACCESS=on and deploy.`,
    );
  }
  write(`Deployed to ${service} of ${envId}; public access is ${isPublic ? 'on' : 'off'}.`);
  return folder;
}

/** Into the audit trail, by the worker, which is deployed elsewhere. */
function record({ root, env, stage, write }: WechatDeploy, act: DeployAct): Promise<void> {
  const find = async () => {
    const api = cloudApiFrom(env);
    const place = { service: serviceName(root), stage, envId: env.CLOUDBASE_ENV_ID };
    return { api, worker: await findDeployed(api, 'worker', place) };
  };
  return recordAct(act, find, write);
}

function pushLine({ state, why }: PushFinding, wanted: 'on' | 'off' | undefined): string {
  switch (state) {
    case 'set':
      return wanted === 'off'
        ? 'WeChat no longer pushes here.'
        : 'WeChat pushes here from now on; it told so when it was asked again.';
    case 'there':
      return wanted === 'off' ? 'WeChat does not push here.' : 'WeChat pushes here.';
    case 'elsewhere':
      return 'WeChat does not push here yet. `npm run deploy:wechat -- --push on` sets it, or do it by hand:';
    case 'unknown':
      return `Where WeChat pushes to could not be asked: ${why} Set it by hand:`;
  }
}

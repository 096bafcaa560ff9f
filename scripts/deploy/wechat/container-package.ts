import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadConfig } from '../../../shared/kernel/config.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import { type SettingName, settings } from '../../../shared/kernel/settings.ts';
import { buildFunctions } from '../../build/build.ts';
import { driverFrom } from '../../build/sdk-bundle.ts';
import { settingDefaults } from '../../project/setting-defaults.ts';
import { readCloudbaseFunctions, withDefaults } from '../tcb/cloudbaserc.ts';
import { SIGNED_ONLY } from './function-config.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Where the server listens, in the container and by the settings of the service. */
export const CONTAINER_PORT = 9_000;
/** A folder that is uploaded may have 2 MiB. https://developers.weixin.qq.com/miniprogram/dev/wxcloudrun/src/guide/service/version.html */
const MAX_BYTES = 2 * 1_048_576;

/** What a container of WeChat Cloud Run is made of. */
export interface ContainerPackage {
  /** Absolute. */
  readonly folder: string;
  readonly bytes: number;
  readonly variables: ContainerVariables;
}

export interface ContainerVariables {
  /** In container.config.json. */
  readonly open: Readonly<Record<string, string>>;
  /** Names of those that belong into the console alone. */
  readonly secret: readonly string[];
}

/**
 * The image is built by the service from this folder: nothing is installed there, and Node.js comes
 * from the mirror of Docker Hub, which the mainland reaches.
 */
const DOCKERFILE = `FROM node:24-bookworm-slim
WORKDIR /server
COPY server ./
ENV NODE_ENV=production TENCENTCLOUD=true PORT=${CONTAINER_PORT}
USER node
EXPOSE ${CONTAINER_PORT}
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \\
  CMD ["node", "-e", "fetch(\`http://127.0.0.1:\${process.env.PORT}/healthz\`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server.js"]
`;

/** The documents of CloudBase are reached with keys, which no platform hands to this container. */
const KEYS = ['TENCENTCLOUD_SECRETID', 'TENCENTCLOUD_SECRETKEY'] as const;

/** Functions whose work a container does itself. */
const INSIDE = ['callback', 'worker', 'menu', 'material', 'followers', 'mass-send', 'proxy-client'];

/** The variables of a container, which is the whole backend in one; empty ones too. */
export function containerEnvironment(root: string, env: Env): Readonly<Record<string, string>> {
  const functions = readCloudbaseFunctions(root, withDefaults(root, env), INSIDE);
  const own = (['pushPublicAccess', 'requestsAtOnce', 'invokeKey'] as const).map((name) => [
    settings[name].env,
    env[settings[name].env] ?? '',
  ]);
  const all: Readonly<Record<string, string>> = Object.fromEntries([
    ...functions.flatMap(({ envVariables }) => Object.entries(envVariables)),
    ...own,
  ]);
  return Object.fromEntries(Object.entries(all).filter(([name]) => !SIGNED_ONLY.includes(name)));
}

/** Which of them are to be set, because they are not empty and not what they are anyway. */
export function containerVariables(root: string, env: Env): ContainerVariables {
  const values = containerEnvironment(root, env);
  const defaults = settingDefaults();
  const names = Object.keys(values).filter(
    (name) => values[name] !== '' && values[name] !== defaults.get(name),
  );
  return {
    open: Object.fromEntries(
      names.filter((name) => !isSecret(name, values)).map((name) => [name, values[name] ?? '']),
    ),
    secret: [
      ...names.filter((name) => isSecret(name, values)),
      ...(driverFrom(env) === 'postgres' ? [] : KEYS),
    ],
  };
}

/** What an account declares may be a secret; of a setting its schema tells. */
function isSecret(name: string, values: Env): boolean {
  const setting = settingOf(name);
  return setting === undefined || loadConfig(values, [setting])[setting] instanceof Secret;
}

function settingOf(name: string): SettingName | undefined {
  return (Object.keys(settings) as SettingName[]).find((key) => settings[key].env === name);
}

/** Bundles the callback's server and writes the folder that becomes the image. */
export async function writeContainer(root: string, env: Env): Promise<ContainerPackage> {
  const dist = path.join(root, 'dist');
  const driver = driverFrom(env);
  const [built] = await buildFunctions({ root, outDir: dist, only: ['callback'], driver });
  const files = (built?.server?.files ?? []).map(({ name }) => name);
  if (files.length === 0) throw new Error('The callback has no server to put into a container.');
  const folder = path.join(dist, 'wechat-container');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'server'), { recursive: true });
  for (const name of files) {
    cpSync(path.join(dist, 'callback', name), path.join(folder, 'server', name));
  }
  const variables = containerVariables(root, env);
  writeFileSync(path.join(folder, 'Dockerfile'), DOCKERFILE);
  writeFileSync(path.join(folder, 'container.config.json'), configOf(variables.open));
  const bytes = (built?.server?.files ?? []).reduce((sum, file) => sum + file.bytes, 0);
  if (bytes > MAX_BYTES) {
    throw new Error(
      `The container has ${(bytes / 1_048_576).toFixed(1)} MB, and the service takes 2 MB: see \`npm run build\` for what is in it.`,
    );
  }
  return { folder, bytes, variables };
}

/** https://developers.weixin.qq.com/miniprogram/dev/wxcloudrun/src/basic/config.html */
function configOf(envParams: ContainerVariables['open']): string {
  const config = {
    containerPort: CONTAINER_PORT,
    dockerfilePath: 'Dockerfile',
    buildDir: '',
    // The worker runs in it, every minute.
    minNum: 1,
    maxNum: 20,
    cpu: 0.25,
    mem: 0.5,
    policyType: 'cpu',
    policyThreshold: 60,
    envParams,
    customLogs: 'stdout',
    initialDelaySeconds: 2,
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * What `service:list --json` prints, as far as it is read here.
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloudrun/src/guide/cli/
 */
const servicesSchema = v.looseObject({
  code: v.number(),
  errmsg: v.optional(v.string(), ''),
  data: v.optional(
    v.array(
      v.looseObject({
        ServerName: v.string(),
        Status: v.optional(v.string()),
        IsPublicAccess: v.optional(v.string()),
        DefaultPublicDomain: v.optional(v.string()),
      }),
    ),
    [],
  ),
});

export interface CloudRunService {
  readonly name: string;
  readonly isPublic: boolean;
  /** Where it can be reached from outside, if it can. */
  readonly address: string | undefined;
}

/** The CLI of WeChat Cloud Run is not there. */
export class NoCliError extends Error {
  override readonly name = 'NoCliError';

  constructor() {
    super(
      'The CLI of WeChat Cloud Run is not installed: npm install -g @wxcloud/cli, then wxcloud login (its key is made in the console under 设置 → CLI 密钥). WXCLOUD_CLI names another place of it.',
    );
  }
}

/** Uploads a folder as the next version of a service, which is built from its Dockerfile. */
export async function uploadContainer(
  env: Env,
  { envId, service, folder, port }: Upload,
  output: 'stdout' | 'stderr',
): Promise<void> {
  // `--override`: what is not named here stays as it is in the console, the variables among them.
  const args = [
    'run:deploy',
    folder,
    `--envId=${envId}`,
    `--serviceName=${service}`,
    `--containerPort=${port}`,
    '--dockerfile=Dockerfile',
    '--override',
    '--noConfirm',
  ];
  const { code } = await run(env, args, output);
  if (code !== 0) {
    throw new Error(
      `The upload to ${service} of ${envId} did not succeed (exit code ${code}); the output above says why. When the cause is gone, run the same command again.`,
    );
  }
}

export interface Upload {
  readonly envId: string;
  readonly service: string;
  /** Absolute. */
  readonly folder: string;
  readonly port: number;
}

/** @throws NoCliError; Error if the CLI gives no such service */
export async function findService(
  env: Env,
  { envId, service }: Pick<Upload, 'envId' | 'service'>,
): Promise<CloudRunService> {
  const args = ['service:list', `--envId=${envId}`, `--serviceName=${service}`, '--json'];
  const { code, said } = await run(env, args, 'caller');
  const parsed = v.safeParse(servicesSchema, jsonIn(said));
  if (code !== 0 || !parsed.success || parsed.output.code !== 0) {
    const why = parsed.success ? parsed.output.errmsg : 'its answer cannot be read';
    throw new Error(`wxcloud service:list did not succeed (exit code ${code}): ${why}.`);
  }
  const found = parsed.output.data.find(({ ServerName }) => ServerName === service);
  if (!found) throw new Error(`There is no service ${service} in ${envId}.`);
  const { IsPublicAccess, DefaultPublicDomain = '' } = found;
  return {
    name: service,
    // What is not plainly closed counts as open.
    isPublic: IsPublicAccess !== '关闭',
    address: /^https?:\/\//.test(DefaultPublicDomain) ? DefaultPublicDomain : undefined,
  };
}

/** The CLI may print words of its own before the JSON. */
function jsonIn(said: string): unknown {
  try {
    return JSON.parse(said.slice(said.indexOf('{')));
  } catch {
    return undefined;
  }
}

async function run(
  env: Env,
  args: readonly string[],
  output: 'stdout' | 'stderr' | 'caller',
): Promise<{ readonly code: number; readonly said: string }> {
  const cli = env.WXCLOUD_CLI || 'wxcloud';
  const isScript = /\.[cm]?js$/.test(cli);
  const child = spawn(isScript ? process.execPath : cli, isScript ? [cli, ...args] : args, {
    stdio: [
      'ignore',
      output === 'caller' ? 'pipe' : output === 'stderr' ? 2 : 'inherit',
      'inherit',
    ],
    env: { ...env },
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? new NoCliError() : error),
    );
    child.on('exit', (code) => resolve(code ?? 1));
  });
  const [code, said] = await Promise.all([ended, child.stdout ? text(child.stdout) : '']);
  return { code, said };
}

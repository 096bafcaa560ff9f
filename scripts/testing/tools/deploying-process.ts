/**
 * A process that deploys four small functions to the emulated cloud as `serverless deploy` does, less
 * the framework and the bundler around it: `node … PORT CODE`. It says `ready` and begins when a line
 * comes in, so that tests know to the millisecond where it can be.
 */
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { zipSync } from 'fflate';
import { Secret } from '../../../shared/kernel/secret.ts';
import { CloudApiError, createCloudApi } from '../../cloud/api.ts';
import { createCommands } from '../../deploy/plugin/commands.ts';
import type { FunctionConfig } from '../../deploy/plugin/plan.ts';
import { testAccount } from './cloud-account.ts';

const [port = '', code = ''] = process.argv.slice(2);
const REGION = 'ap-shanghai';
const names = ['callback', 'worker', 'menu', 'metrics'];
const folder = await mkdtemp(path.join(tmpdir(), 'deploying-'));

const functions: Record<string, FunctionConfig> = Object.fromEntries(
  names.map((name) => [
    name,
    {
      handler: 'index.main',
      description: `The ${name}`,
      environment: { variables: { EDITION: code } },
      ...(name === 'callback' ? { url: true } : {}),
      ...(name === 'worker'
        ? {
            events: [
              { timer: { name: 'minute', parameters: { cronExpression: '0 * * * * * *' } } },
            ],
          }
        : {}),
    },
  ]),
);
const api = createCloudApi({
  credentials: { secretId: testAccount.secretId, secretKey: new Secret(testAccount.secretKey) },
  region: REGION,
  origin: `http://127.0.0.1:${port}`,
});
/** An account without COS: a deploy needs none. */
const closed = () => Promise.reject(new CloudApiError('COS', 'AccessDenied', 'COS is closed.'));
const commands = createCommands({
  service: {
    root: folder,
    stage: 'dev',
    region: REGION,
    bucket: 'none',
    name: 'fuwuhao',
    prefix: 'fuwuhao-dev',
    tags: { Application: 'fuwuhao', Stage: 'dev' },
    provider: { runtime: 'Nodejs20.19' },
    functions,
  },
  options: {},
  openCloud: () => ({
    bucket: 'none',
    region: REGION,
    appid: () => Promise.resolve(testAccount.appid),
    scf: (action, parameters) => api('scf', action, parameters),
    put: closed,
    get: closed,
    getBytes: closed,
    keys: closed,
  }),
  apiIn: () => api,
  pack: async (_, chosen) =>
    chosen.map(({ name }) => {
      const file = path.join(folder, `${name}.zip`);
      const source = `exports.main = async () => ${JSON.stringify(`${name} ${code}`)};\n`;
      const zip = zipSync({ 'index.js': Buffer.from(source) }, { mtime: new Date(1980, 0, 1) });
      writeFileSync(file, zip);
      return { name, file, zipBytes: zip.length, bytes: source.length };
    }),
  write: console.log,
  progress: console.error,
  now: Date.now,
});

await commands.pack(names);
console.log('ready');
for await (const _ of createInterface({ input: process.stdin })) break;
try {
  await commands.deploy(names);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
await rm(folder, { recursive: true });
process.exit();

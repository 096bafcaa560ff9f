import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { fakedTime } from '../emulator/scf/faked-time.ts';
import { startTencent, type TencentEmulator } from '../emulator/tencent/index.ts';
import { callCloud } from '../testing/tools/cloud-call.ts';
import { deploySmallFunction } from '../testing/tools/small-function.ts';

const account = { appid: '1251234567', uin: '1', secretId: 'AKIDlogs', secretKey: 'SKlogs' };
const envId = 'env-1';
const code = `exports.main = async ({ say }) => {
  console.log(JSON.stringify({ time: new Date().toISOString(), level: 'info', event: say }));
};`;
let tencent: TencentEmulator;
let topicId = '';
const children: ChildProcess[] = [];

beforeEach(async () => {
  tencent = await startTencent({ account, envIds: [envId] });
  topicId = tencent.logs.addTopic(tencent.logs.addLogset('fuwuhao'), 'fuwuhao-prod');
  const topic = tencent.logs.topics.get(topicId);
  if (topic) topic.hasIndex = true;
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await tencent.close();
});

const deploy = (name: string, namespace?: string) =>
  deploySmallFunction(tencent, account, {
    name,
    code,
    ...(namespace === undefined ? { topicId } : { namespace }),
  });
const invoke = (FunctionName: string, say: string, Namespace = 'default') =>
  callCloud(tencent, account, 'scf', 'Invoke', {
    FunctionName,
    Namespace,
    ClientContext: JSON.stringify({ say }),
  });

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', path.resolve(import.meta.dirname, 'main.ts'), ...args],
    {
      env: {
        PATH: process.env.PATH ?? '',
        ...fakedTime(process.env),
        ...tencent.processEnv,
        TENCENTCLOUD_SECRET_ID: account.secretId,
        TENCENTCLOUD_SECRET_KEY: account.secretKey,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  children.push(child);
  return child;
}

async function logs(...args: Parameters<typeof start>) {
  const child = start(...args);
  const [out, error, [exitCode]] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    text(child.stderr as NodeJS.ReadableStream),
    once(child, 'exit'),
  ]);
  const lines = stripVTControlCharacters(out).trimEnd().split('\n');
  // Without the time.
  return { shown: lines.map((line) => line.slice(13)), error, exitCode };
}

describe('npm run logs -- --stage prod', () => {
  test('finds the topic by the deployed worker, and shows the lines of this stage alone', async () => {
    for (const name of ['fuwuhao-prod-worker', 'fuwuhao-prod-menu', 'fuwuhao-dev-menu', 'shop']) {
      await deploy(name);
      await invoke(name, `of ${name}`);
    }

    const all = await logs(['--stage', 'prod']);
    const one = await logs(['--stage', 'prod', '--function', 'menu']);
    const last = await logs(['--stage', 'prod', '--last', '1']);

    expect([all.exitCode, all.error]).toEqual([0, '']);
    expect(all.shown).toEqual([
      'info  worker of fuwuhao-prod-worker',
      'info  menu of fuwuhao-prod-menu',
    ]);
    expect(one.shown).toEqual(['info  menu of fuwuhao-prod-menu']);
    expect(last.shown).toEqual(['info  menu of fuwuhao-prod-menu']);
  });

  test('reads page by page', async () => {
    await deploy('fuwuhao-prod-worker');
    for (let i = 0; i < 3; i += 1) await invoke('fuwuhao-prod-worker', `line ${i}`);
    const [line] = tencent.logs.lines;
    if (line) tencent.logs.lines.push(...Array.from({ length: 230 }, () => line));

    const { shown } = await logs(['--stage', 'prod', '--last', '1000']);

    expect(shown).toHaveLength(233);
    const searches = tencent.calls.filter(({ action }) => action === 'cls.SearchLog');
    expect(searches.map(({ parameters }) => parameters.Context)).toEqual(['', '100', '200']);
  });

  test('--follow goes on with the lines to come', async () => {
    await deploy('fuwuhao-prod-worker');
    await invoke('fuwuhao-prod-worker', 'first');
    const child = start(['--stage', 'prod', '--follow', '--raw']);
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[
      Symbol.asyncIterator
    ]();
    const next = async () => (JSON.parse((await lines.next()).value) as { event: string }).event;

    expect(await next()).toBe('first');
    await invoke('fuwuhao-prod-worker', '第二');
    expect(await next()).toBe('第二');
  });

  test('reads the logs of the environment where the functions are there', async () => {
    await deploy('worker', envId);
    await invoke('worker', 'in CloudBase', envId);

    // Also where the setup has made a topic, which CloudBase does not write to.
    const env = { CLOUDBASE_ENV_ID: envId, CLS_TOPIC_ID: topicId };
    const { shown } = await logs(['--stage', 'prod'], env);

    expect(shown).toEqual(['info  worker in CloudBase']);
  });

  test.each([
    ['nothing is deployed', [], {}, 'worker is deployed neither as'],
    ['an unknown topic', ['--topic', 'other'], {}, 'ResourceNotFound.TopicNotExist'],
    ['no keys', [], { TENCENTCLOUD_SECRET_KEY: '' }, 'TENCENTCLOUD_SECRET_KEY'],
  ])('%s: says so', async (_, args, env, words) => {
    const { error, exitCode } = await logs(['--stage', 'prod', ...args], env);

    expect([exitCode, error]).toEqual([1, expect.stringContaining(words)]);
  });
});

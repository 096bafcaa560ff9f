import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CallbackConfig } from '../../../shared/wechat/catalogue/callback-config.ts';
import { WECHAT_SOURCE } from '../../emulator/scf/invoker.ts';
import type { Route } from '../../emulator/tencent/cloud/environments.ts';
import { freePort } from '../../free-port.ts';
import {
  type DeployFixture,
  fixtureEnvId,
  fixtureSecrets,
  openDeployFixture,
  wechatAccount,
} from '../../testing/tools/deploy-fixture.ts';

/** The real CLI of CloudBase against the emulated cloud, and WeChat's settings in its emulator. */
let fixture: DeployFixture;
const follower = 'oFollower000000000000000000001';
const unsigned = { WECHAT_TOKEN: undefined, WECHAT_ENCODING_AES_KEY: undefined };
const inFunctions = { ...unsigned, PUSH_DOOR: 'cloud-function', PUSH_SOURCES: 'wx_unknown' };
const inContainer = {
  ...unsigned,
  PUSH_DOOR: 'container',
  PUSH_PUBLIC_ACCESS: 'off',
  WXCLOUD_ENV_ID: 'prod-1a2b3c',
};

beforeAll(async () => {
  fixture = await openDeployFixture();
  const [environment] = fixture.tencent.environments();
  if (environment) environment.source = 'miniapp';
});
afterAll(() => fixture.close());

type Env = Readonly<Record<string, string | undefined>>;

const deploy = (env: Env, ...args: string[]) =>
  fixture.run(['--import', 'tsx', 'scripts/deploy/wechat/main.ts', ...args], env);
const leaks = (text: string) => fixtureSecrets.filter((secret) => text.includes(secret));

/** Whether WeChat lets the account read and set its message push. */
async function grant(isGranted: boolean): Promise<void> {
  await fixture.wechatApi.fetch('https://api.weixin.qq.com/emulator/applications', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ withheld: isGranted ? [] : ['callbackConfig'] }),
  });
}

async function pushSettings(): Promise<Required<CallbackConfig>> {
  const ask = async (path: string, body: object) => {
    const init = { method: 'POST', body: JSON.stringify(body) };
    const answer = await fixture.wechatApi.fetch(`https://api.weixin.qq.com${path}`, init);
    return (await answer.json()) as { access_token: string; data: Required<CallbackConfig> };
  };
  const { appid, secret } = wechatAccount;
  const credentials = { grant_type: 'client_credential', appid, secret };
  const { access_token } = await ask('/cgi-bin/stable_token', credentials);
  return (await ask(`/tcb/getcallbackconfig?access_token=${access_token}`, {})).data;
}

/** WeChat's push: the platform calls the function by its name, and says in the context who calls. */
const pushText = (Content: string, TCB_SOURCE = 'wx_unknown') =>
  fixture.tencent.scf(fixtureEnvId).invoke(
    'callback',
    {
      ToUserName: wechatAccount.originalId,
      FromUserName: follower,
      CreateTime: Math.floor(Date.now() / 1000),
      MsgType: 'text',
      Content,
      MsgId: `49d7_${Content}_${TCB_SOURCE}`,
    },
    { environ: { TCB_SOURCE }, source: WECHAT_SOURCE },
  );

describe('cloud functions of a WeChat environment', () => {
  test('--dry-run shows what goes where, calls nobody, and prints no value', async () => {
    const ran = await deploy(inFunctions, '--dry-run');
    const asJson = await deploy(inFunctions, '--dry-run', '--json');

    expect([ran.code, ran.calls, leaks(ran.output + asJson.output)]).toEqual([0, [], []]);
    expect(ran.stdout).toContain(`Into the environment ${fixtureEnvId} of WeChat Cloud:`);
    expect(ran.stdout).toMatch(/token-refresh, timer every-five-minutes/);
    const { functions } = JSON.parse(asJson.stdout) as {
      functions: { name: string; path?: string; variables: string[] }[];
    };
    const callback = functions.find(({ name }) => name === 'callback');
    expect(callback?.path).toBeUndefined();
    expect(callback?.variables).toEqual(expect.arrayContaining(['PUSH_DOOR', 'PUSH_SOURCES']));
    expect(callback?.variables).not.toContain('WECHAT_TOKEN');
  });

  test('no timer renews a token that the platform gives', async () => {
    const { stdout } = await deploy(
      {
        ...inFunctions,
        WECHAT_APPSECRET: undefined,
        DOCUMENT_KEY: 'k'.repeat(32),
        TOKEN_SOURCE: 'none',
        WECHAT_JSAPI_TICKET: 'off',
      },
      '--dry-run',
      '--json',
    );

    const { functions } = JSON.parse(stdout) as { functions: { name: string; timers: string[] }[] };
    const timersOf = (wanted: string) => functions.find(({ name }) => name === wanted)?.timers;
    expect([timersOf('token-refresh'), timersOf('worker')?.length]).toEqual([[], 1]);
  });

  test('are deployed, the callback without an address, and the push is told by hand where WeChat does not let the account', async () => {
    await grant(false);
    const ran = await deploy(inFunctions, '--json');

    expect([ran.code, leaks(ran.output)]).toEqual([0, []]);
    const said = JSON.parse(ran.stdout) as { pushes: object; steps: string[] };
    expect(said).toMatchObject({ home: 'wechat-function', environment: fixtureEnvId });
    expect(said.pushes).toMatchObject({ state: 'unknown', why: expect.stringContaining('48001') });
    expect(said.steps.join('\n')).toMatch(
      /环境共享[\s\S]*消息推送[\s\S]*云函数[\s\S]*function callback/,
    );
    const [environment] = fixture.tencent.environments();
    expect(environment?.routes.map(({ functionName }) => functionName).sort()).toEqual([
      'api-proxy',
      'console',
      'metrics',
    ]);
  });

  test('WeChat pushes into the function and gets its reply; a client gets nothing', async () => {
    expect(await pushText('help')).toMatchObject({
      ok: true,
      result: { ToUserName: follower, Content: expect.stringContaining('Send text') },
    });
    expect(await pushText('help', 'wx_client')).toMatchObject({ ok: true, result: '' });
  });

  test('the doctor finds no address of the callback, and that it refuses a call that is no push', async () => {
    const doctor = () =>
      fixture.run(['--import', 'tsx', 'scripts/doctor/main.ts'], {
        ...inFunctions,
        TCB_CONTEXT_CNFG: JSON.stringify({ URL: fixture.cloudbase.url }),
      });
    const fine = await doctor();
    const routes = fixture.tencent.environments()[0]?.routes as Route[];
    routes.push({ path: '/callback', functionName: 'callback' });
    const open = await doctor();
    routes.pop();

    expect(fine.stdout).toMatch(/✓ .*cloud-function door.*: It has no address, and refuses/);
    expect(fine.stdout).toMatch(/✓ .*home.*: The settings fit/);
    expect(fine.stdout).not.toContain('encrypted round trip');
    expect(open.stdout).toMatch(/✗ .*cloud-function door.*: The callback has an address/);
  });

  test('--push sets the message push, and a second time finds nothing to do', async () => {
    await grant(true);
    const set = await deploy(inFunctions, 'menu', '--push', 'on');
    const again = await deploy(inFunctions, 'menu', '--push', 'on');

    expect([set.code, again.code]).toEqual([0, 0]);
    expect(set.stdout).toContain('WeChat pushes here from now on');
    expect(again.stdout).toContain('WeChat pushes here.');
    const { function_config } = await pushSettings();
    expect(function_config.enable).toBe(true);
    expect(function_config.callbacks).toContainEqual({
      msgType: 'event',
      event: 'subscribe',
      env: fixtureEnvId,
      functionName: 'callback',
      enable: true,
    });
  });

  test('an environment that was made elsewhere is told, and no source refuses every push', async () => {
    const [environment] = fixture.tencent.environments();
    if (environment) environment.source = 'qcloud';
    const ran = await deploy({ ...inFunctions, PUSH_SOURCES: undefined }, 'menu');
    if (environment) environment.source = 'miniapp';

    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/WARNING: fixture-env was not made in WeChat's developer tools/);
    expect(ran.stdout).toMatch(/WARNING: PUSH_SOURCES names no source/);
  });
});

describe('a container of WeChat Cloud Run', () => {
  const folder = () => path.join(fixture.project, 'dist/wechat-container');

  /** In place of the CLI, which is in no registry of ours: it prints as its page says, and keeps what it was told. */
  function standIn(isPublic: '开启' | '关闭', exitCode = 0): Env {
    const cli = path.join(fixture.project, 'wxcloud.mjs');
    const calls = path.join(fixture.project, 'wxcloud-calls.jsonl');
    writeFileSync(
      cli,
      `import { appendFileSync } from 'node:fs';
const [, , ...args] = process.argv;
appendFileSync(${JSON.stringify(calls)}, JSON.stringify(args) + '\\n');
if (args[0] === 'service:list') {
  console.log(JSON.stringify({ code: 0, errmsg: 'success', data: [{ ServerName: 'callback', Status: 'succ',
    IsPublicAccess: '${isPublic}', DefaultPublicDomain: 'https://callback.ap-shanghai.run.tcloudbase.com',
    CustomDomain: '-', CreatedTime: '2026-11-25 11:14:53', UpdatedTime: '2026-11-25 11:17:14' }] }));
} else {
  console.log('uploading');
  process.exitCode = ${exitCode};
}
`,
    );
    writeFileSync(calls, '');
    return { ...inContainer, WXCLOUD_CLI: cli };
  }
  const told = () =>
    readFileSync(path.join(fixture.project, 'wxcloud-calls.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as string[]);

  test('--dry-run names the variables and where they go', async () => {
    const ran = await deploy(inContainer, '--dry-run');

    expect([ran.code, leaks(ran.output)]).toEqual([0, []]);
    expect(ran.stdout).toContain('Into the service callback of WeChat Cloud Run');
    expect(ran.stdout).toMatch(/in container\.config\.json: .*PUSH_DOOR.*PUSH_PUBLIC_ACCESS/);
    expect(ran.stdout).toMatch(/console: .*WECHAT_APPSECRET.*TENCENTCLOUD_SECRETKEY/);
  });

  test('--prepare writes an image that answers, with no secret in any file', async () => {
    const ran = await deploy(inContainer, '--prepare');

    expect([ran.code, leaks(ran.output), ran.calls]).toEqual([0, [], []]);
    const files = readdirSync(folder(), { recursive: true, encoding: 'utf8' }).sort();
    expect(files).toEqual(
      expect.arrayContaining(['Dockerfile', 'container.config.json', 'server/server.js']),
    );
    const texts = files
      .filter((file) => path.extname(file) !== '')
      .map((file) => readFileSync(path.join(folder(), file), 'utf8'));
    expect(leaks(texts.join('\n'))).toEqual([]);
    const config = JSON.parse(readFileSync(path.join(folder(), 'container.config.json'), 'utf8'));
    expect(config).toMatchObject({
      containerPort: 9000,
      dockerfilePath: 'Dockerfile',
      envParams: { PUSH_DOOR: 'container', PUSH_PUBLIC_ACCESS: 'off' },
    });

    const port = await freePort();
    const server = spawn(process.execPath, ['server.js'], {
      cwd: path.join(folder(), 'server'),
      env: {
        ...config.envParams,
        WECHAT_APPSECRET: wechatAccount.secret,
        TENCENTCLOUD: 'true',
        TENCENTCLOUD_SECRETID: 'id',
        TENCENTCLOUD_SECRETKEY: 'key',
        PORT: String(port),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(server.stdout, 'data');
    const post = (action: string) =>
      fetch(`http://127.0.0.1:${port}/callback`, {
        method: 'POST',
        body: JSON.stringify({ action }),
      });
    const healthy = await fetch(`http://127.0.0.1:${port}/healthz`);
    const checked = await post('CheckContainerPath');
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    await ended;

    expect([healthy.status, checked.status, await checked.text()]).toEqual([200, 200, 'success']);
  });

  test('is uploaded, and the push is only looked at, and told by hand, unless asked for', async () => {
    const ran = await deploy(standIn('关闭'));

    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(
      /WeChat does not push here yet[\s\S]*公网访问[\s\S]*消息推送 → 添加: environment prod-1a2b3c/,
    );
  });

  test('--push that WeChat refuses ends with 1 and the steps by hand', async () => {
    await grant(false);
    const ran = await deploy(standIn('关闭'), '--push', 'on');
    await grant(true);

    expect([ran.code, leaks(ran.output)]).toEqual([1, []]);
    expect(ran.stdout).toMatch(/could not be asked: .*48001[\s\S]*1\. Open the console/);
  });

  test('is uploaded, and the push set to its path', async () => {
    const ran = await deploy(standIn('关闭'), '--push', 'on', '--json');

    expect([ran.code, leaks(ran.output)]).toEqual([0, []]);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      home: 'wechat-container',
      environment: 'prod-1a2b3c',
      pushes: { state: 'set' },
      steps: [],
    });
    expect(told()[0]).toEqual([
      'run:deploy',
      folder(),
      '--envId=prod-1a2b3c',
      '--serviceName=callback',
      '--containerPort=9000',
      '--dockerfile=Dockerfile',
      '--override',
      '--noConfirm',
    ]);
    // Not both at the same time.
    expect(await pushSettings()).toMatchObject({
      function_config: { enable: false },
      container_config: {
        enable: true,
        qbase_env: 'prod-1a2b3c',
        qbase_container_path: '/callback',
        text_mode: 1,
      },
    });
  });

  test('--push off takes the push away again', async () => {
    const ran = await deploy(standIn('关闭'), '--push', 'off');

    expect([ran.code, (await pushSettings()).container_config.enable]).toEqual([0, false]);
    expect(ran.stdout).toContain('WeChat no longer pushes here.');
  });

  test('without an AppSecret it is deployed all the same, and the push told by hand', async () => {
    const ran = await deploy({
      ...standIn('关闭'),
      WECHAT_APPSECRET: undefined,
      DOCUMENT_KEY: 'k'.repeat(32),
      TOKEN_SOURCE: 'none',
    });

    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/once: DOCUMENT_KEY, TENCENTCLOUD_SECRETID/);
    expect(ran.stdout).toMatch(/WECHAT_APPSECRET is not set here[\s\S]*1\. Open the console/);
  });

  test.each<[string, () => Env, RegExp]>([
    [
      'that outsiders reach though the settings deny it',
      () => standIn('开启'),
      /callback can be reached from outside \(https:.*PUSH_PUBLIC_ACCESS=off tells it to believe/,
    ],
    ['whose upload fails', () => standIn('关闭', 3), /did not succeed \(exit code 3\)/],
    [
      'without the CLI',
      () => ({ ...inContainer, WXCLOUD_CLI: '/nowhere/wxcloud' }),
      /CLI of WeChat Cloud Run is not installed: npm install -g @wxcloud\/cli/,
    ],
    [
      'with an allow list that knows no address',
      () => ({ ...standIn('关闭'), CALLBACK_ALLOW_LIST: 'on' }),
      /settings contradict each other; nothing was deployed[\s\S]*CALLBACK_ALLOW_LIST/,
    ],
    [
      'without the AppSecret',
      () => ({ ...standIn('关闭'), WECHAT_APPSECRET: undefined }),
      /WECHAT_APPSECRET is missing/,
    ],
    [
      'without an environment',
      () => ({ ...standIn('关闭'), WXCLOUD_ENV_ID: undefined }),
      /WXCLOUD_ENV_ID is missing/,
    ],
  ])('one %s ends with 1 and says why', async (_, env, words) => {
    const ran = await deploy(env());

    expect([ran.code, leaks(ran.output)]).toEqual([1, []]);
    expect(ran.output).toMatch(words);
  });
});

test.each<[string, Env, string[], RegExp]>([
  ['a signed door', {}, [], /PUSH_DOOR is signed: .*docs\/homes\.md/],
  ['a push that is neither on nor off', inFunctions, ['--push', 'maybe'], /must be on or off/],
  ['a function in a container', inContainer, ['menu'], /A container is deployed as a whole/],
  ['--prepare without a container', inFunctions, ['--prepare'], /--prepare is for a container/],
  ['an unknown option', inFunctions, ['--pushes'], /--pushes/],
])('%s stops it before anything is called', async (_, env, args, words) => {
  const ran = await deploy(env, ...args);

  expect([ran.code, ran.calls]).toEqual([1, []]);
  expect(ran.output).toMatch(words);
});

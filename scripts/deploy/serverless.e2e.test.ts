import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { filesOf } from '../emulator/tencent/cloud/package.ts';
import { readFunctions } from '../project/functions.ts';
import {
  type DeployFixture,
  fixtureEnvId,
  fixtureSecrets,
  openDeployFixture,
  type Ran,
} from '../testing/tools/deploy-fixture.ts';
import { pathOf, quiet } from './tools.ts';

/** The real Serverless Framework against the emulated cloud, and WeChat against what it deployed. */
let fixture: DeployFixture;
const follower = 'oFollower000000000000000000001';

beforeAll(async () => {
  fixture = await openDeployFixture();
});
afterAll(() => fixture.close());

/** `npm run deploy`, as the script behind it. */
const npmRunDeploy = (...args: string[]) =>
  fixture.run(['--import', 'tsx', 'scripts/deploy/main.ts', 'serverless', 'deploy', ...args]);

/** A `serverless` that is installed anywhere, without our script around it. */
const serverless = (args: readonly string[], env: Record<string, string | undefined> = {}) =>
  fixture.run([pathOf('serverless'), ...args], { ...quiet, ...env });

const callbackUrl = ({ stdout }: Ran) => /^callback: (https:\S+)$/m.exec(stdout)?.[1] ?? '';
const strangers = ({ calls }: Ran) =>
  calls.filter(({ action }) => !/^(scf|cam|cos|cls|tcb)\./.test(action));
/** What the command changed, by function where the order within one is what matters. */
const changes = ({ calls }: Ran) => {
  const all = calls
    .filter(({ action, error }) => !error && /^scf\.(Create|Update|Delete)/.test(action))
    .map(({ action, parameters }) => [action, String(parameters.FunctionName)] as const);
  const lock = (name: string) => name.endsWith('-deploying');
  const own = all.filter(([, name]) => !lock(name));
  return [
    ...all.filter(([, name]) => lock(name)).slice(0, 1),
    ...own.sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0)),
    ...all.filter(([, name]) => lock(name)).slice(1),
  ];
};

async function answerTo(url: string, Content: string): Promise<unknown> {
  const { outcome } = await fixture.push(url).send({ type: 'text', openid: follower, Content });
  return 'reply' in outcome ? outcome.reply : outcome;
}

describe('a deploy, from nothing to nothing', () => {
  let url = '';
  let first = '';

  test('brings up functions that WeChat reaches', async () => {
    const ran = await npmRunDeploy();

    expect(ran.stderr).toContain('callback: created, address created');
    expect([ran.code, strangers(ran)]).toEqual([0, []]);
    url = callbackUrl(ran);
    first = /^Release (\S+) deployed in [\d.]+ s\.$/m.exec(ran.stdout)?.[1] ?? '';
    expect(ran.stdout).toMatch(/^callback +\d+\.\d +\d+\.\d$/m);
    expect(await fixture.push(url).verifyUrl()).toMatchObject({ ok: true });
    expect(await answerTo(url, 'help')).toMatchObject({ content: expect.stringContaining('Send') });
  });

  test('each function has its own variables, limits and retries and nobody else’s', () => {
    const env = new Proxy({}, { get: () => 'x', has: () => true });
    const wanted = readFunctions(fixture.project, env);

    for (const { name, environment, memoryMb, timeoutSeconds, timers } of wanted) {
      const found = fixture.tencent
        .functions()
        .find(({ FunctionName }) => FunctionName === `fuwuhao-dev-${name}`);
      const variables = found?.Environment.Variables.map(({ Key }) => Key) ?? [];
      expect(Object.keys(environment)).toEqual(expect.arrayContaining(variables));
      expect(found).toMatchObject({ MemorySize: memoryMb, Timeout: timeoutSeconds });
      expect(found?.Triggers.filter(({ Type }) => Type === 'timer')).toHaveLength(timers.length);
    }
    const worker = fixture.tencent.functions().find(({ FunctionName: n }) => n.endsWith('-worker'));
    expect(worker?.AsyncTriggerConfig).toEqual({ RetryConfig: [{ RetryNum: 1 }], MsgTTL: 60 });
  });

  test('timers fire, the token is renewed, and what is deferred reaches the worker', async () => {
    const scf = fixture.tencent.scf('default');

    const tick = await scf.fireTimer('fuwuhao-dev-token-refresh/every-five-minutes');
    await answerTo(url, 'report');

    expect(tick.ok).toBe(true);
    expect(fixture.cloudbase.control.documents(fixtureEnvId, 'tokens').total).toBeGreaterThan(0);
    const wakes = fixture.tencent.calls.filter(
      ({ action, parameters }) => action === 'scf.Invoke' && parameters.InvocationType === 'Event',
    );
    expect(wakes).toEqual([
      expect.objectContaining({
        parameters: expect.objectContaining({
          FunctionName: 'fuwuhao-dev-worker',
          InvocationType: 'Event',
        }),
      }),
    ]);
    expect(await fixture.sentTo(follower)).toContain('All is well');
  });

  test('an edit goes live under the same address, by plain `serverless deploy`', async () => {
    fixture.edit('functions/callback/account.ts', (source) =>
      source.replace('Send text, a picture', 'Second edition: send text, a picture'),
    );

    const ran = await serverless(['deploy']);

    expect([ran.code, strangers(ran), callbackUrl(ran)]).toEqual([0, [], url]);
    expect(changes(ran)).toEqual([
      ['scf.CreateFunction', 'fuwuhao-dev-deploying'],
      ...['callback', 'worker'].flatMap((name) =>
        [
          'scf.UpdateFunctionConfiguration',
          'scf.UpdateFunctionCode',
          'scf.UpdateFunctionConfiguration',
        ].map((action) => [action, `fuwuhao-dev-${name}`]),
      ),
      ['scf.DeleteFunction', 'fuwuhao-dev-deploying'],
    ]);
    expect(await answerTo(url, 'help')).toMatchObject({
      content: expect.stringContaining('Second edition'),
    });
  });

  test('a deploy of nothing new reads, and changes nothing', async () => {
    const ran = await serverless(['deploy']);

    expect([ran.code, changes(ran), callbackUrl(ran)]).toEqual([0, [], url]);
    expect(ran.stdout).toContain('Nothing has changed');
    // Not even a bundle is made again: what the last one made is still there as it was.
    const folder = path.join(fixture.project, 'dist/callback');
    const times = () => readdirSync(folder).map((f) => statSync(path.join(folder, f)).mtimeMs);
    const before = times();
    expect([(await serverless(['deploy'])).code, times()]).toEqual([0, before]);
  });

  test('a domain of the account’s own leads to the functions', async () => {
    const plain = '    certificateId:';
    fixture.edit('serverless.yml', (yaml) =>
      yaml.replace(plain, `    checkCname: false\n${plain}`),
    );
    const half = await serverless(['deploy'], { CUSTOM_DOMAIN: 'bot.example.com' });
    const ran = await serverless(['deploy'], {
      CUSTOM_DOMAIN: 'bot.example.com',
      CUSTOM_DOMAIN_CERTIFICATE: 'cert1',
    });
    fixture.edit('serverless.yml', (yaml) => yaml.replace('    checkCname: false\n', ''));

    expect([half.code, half.output]).toEqual([
      1,
      expect.stringContaining('CUSTOM_DOMAIN has no certificate'),
    ]);
    expect([ran.code, ran.stdout]).toEqual([
      0,
      expect.stringContaining('https://bot.example.com/* is fuwuhao-dev-callback'),
    ]);
    expect(await fixture.push('https://bot.example.com/').verifyUrl()).toMatchObject({ ok: true });
    const proxied = await fixture.tencent.fetch('https://bot.example.com/v1/cgi-bin/menu/get');
    expect(proxied.status).toBe(401);
  });

  test('a rollback brings the old answer back', async () => {
    const unknown = await serverless(['rollback', '-t', '12345']);
    const ran = await serverless(['rollback', '-t', first]);

    expect([unknown.code, unknown.output]).toEqual([1, expect.stringContaining(first)]);
    expect([ran.code, callbackUrl(ran)]).toEqual([0, url]);
    expect(await answerTo(url, 'help')).not.toMatchObject({
      content: expect.stringContaining('Second edition'),
    });
    expect(await fixture.push(url).verifyUrl()).toMatchObject({ ok: true });
  });

  test('info and invoke say what is there', async () => {
    const [info, invoke] = await Promise.all([
      serverless(['info']),
      serverless(['invoke', '-f', 'menu', '-d', '{"action":"get"}']),
    ]);

    expect([info.code, callbackUrl(info)]).toEqual([0, url]);
    expect([invoke.code, JSON.parse(invoke.stdout)]).toMatchObject([
      0,
      { requestId: expect.any(String) },
    ]);
  });

  test('the audit trail has each deploy and rollback, with the release and who did it', async () => {
    const { stdout } = await serverless(['invoke', '-f', 'worker', '-d', '{"action":"auditList"}']);

    const { data } = JSON.parse(stdout) as { readonly data: { readonly entries: object[] } };
    const deployer = 'deployer 100000000001';
    expect(data.entries.at(0)).toMatchObject({
      actor: deployer,
      action: 'rollback',
      subject: first,
    });
    expect(data.entries.at(-1)).toMatchObject({
      actor: deployer,
      action: 'deploy',
      subject: first,
    });
  });

  test('the doctor finds what is right and what is wrong', async () => {
    const doctor = ['--import', 'tsx', 'scripts/doctor/main.ts', '--json'];
    const world = { TCB_CONTEXT_CNFG: JSON.stringify({ URL: fixture.cloudbase.url }) };
    const [ran, wrong] = await Promise.all([
      fixture.run(doctor, world),
      fixture.run(doctor, { ...world, WECHAT_TOKEN: 'another', WECHAT_APPSECRET: '0'.repeat(32) }),
    ]);

    const states = ({ stdout }: Ran) =>
      Object.fromEntries(
        (JSON.parse(stdout) as { name: string; state: string }[]).map(({ name, state }) => [
          name,
          state,
        ]),
      );
    expect(states(ran)).toEqual({
      settings: 'ok',
      home: 'ok',
      'keys of Tencent Cloud': 'ok',
      clock: 'ok',
      collections: 'failure',
      token: 'ok',
      'dead letters': 'ok',
      'callback: URL check': 'ok',
      'callback: encrypted round trip': 'ok',
      'callback: forgery': 'ok',
      'WeChat, from the functions': 'ok',
      'callback/check': 'ok',
      quotas: 'ok',
      'variables of the account': 'ok',
    });
    expect(ran.stdout).toContain('functions: no client may call them');
    expect([ran.code, wrong.code]).toEqual([1, 1]);
    expect(states(wrong)).toMatchObject({
      'callback: URL check': 'failure',
      'WeChat, from the functions': 'ok',
    });
    expect(leaks(ran.output + wrong.output)).toEqual([]);
  });

  test('no secret lies in COS or in a package', () => {
    const everything = fixture.tencent.buckets
      .all()
      .flatMap(({ key, body }) =>
        key.endsWith('.zip')
          ? [...filesOf(body)].map(([name, bytes]) => `${name} ${Buffer.from(bytes)}`)
          : [body.toString()],
      );
    const names = new Set(
      everything.map((each) => each.split(' ', 1)[0]).filter((n) => /\.c?js$/.test(n ?? '')),
    );

    const plain = [...names].map((name) => name?.replace(/-[A-Z0-9]{8}\.js$/, '.js'));
    const isOfPage = (name = '') => /^page[.-]/.test(name);
    expect(plain.some(isOfPage)).toBe(true);
    expect([...new Set(plain)].filter((name) => !isOfPage(name)).sort()).toEqual([
      'article-pictures-index.js',
      // The passkeys of the console.
      'esm-index.js',
      'index.js',
      'store-driver.cjs',
      'wechat-client-index.js',
      'xml-parser-index.js',
    ]);
    expect(leaks(everything.join('\n'))).toEqual([]);
  });

  test('remove takes everything away, and nothing brings it back without its variables', async () => {
    const ran = await serverless(['remove']);
    const back = await serverless(['rollback', '-t', first]);

    expect([ran.code, back.code]).toEqual([0, 1]);
    expect(ran.output).not.toContain('audit trail');
    expect(back.output).toContain('callback: It is not there any more');
    expect(fixture.tencent.functions()).toEqual([]);
  });
});

describe('a deploy that fails says so, and heals when it is run again', () => {
  const deploy = ['deploy', '--stage', 'broken'];

  test.each<[string, Record<string, string | undefined>, string[]]>([
    ['no credentials', { TENCENTCLOUD_SECRET_ID: undefined }, ['TENCENTCLOUD_SECRET_ID']],
    ['a wrong key', { TENCENTCLOUD_SECRET_KEY: 'wrong' }, ['does not belong to']],
    ['a missing variable', { WECHAT_APPSECRET: undefined }, ['WECHAT_APPSECRET']],
    ['a variable that cannot be right', { WECHAT_TOKEN: '?' }, ['WECHAT_TOKEN must be 3 to 32']],
  ])('%s', async (_, env, words) => {
    const ran = await serverless(deploy, env);

    expect(ran.code).toBe(1);
    for (const word of words) expect(ran.output).toContain(word);
    expect(leaks(ran.output)).toEqual([]);
    expect(fixture.tencent.functions()).toEqual([]);
  });

  test('an unknown property', async () => {
    fixture.edit('serverless.yml', (yaml) => yaml.replace('    timeout: 240', '    timeoutt: 240'));

    const ran = await serverless(deploy);

    fixture.edit('serverless.yml', (yaml) => yaml.replace('timeoutt', 'timeout'));
    expect([ran.code, ran.output]).toEqual([1, expect.stringContaining("'timeoutt'")]);
    expect(ran.calls).toEqual([]);
  });

  test('a trigger that is not made, and an account without COS', async () => {
    fixture.tencent.faults.add({ action: 'HeadBucket', code: 'AccessDenied', times: 10 });
    fixture.tencent.faults.add({
      action: 'CreateTrigger',
      code: 'InternalError',
      when: ({ FunctionName }) => FunctionName === 'fuwuhao-broken-callback',
    });
    const noTrigger = await serverless(deploy);
    const url = callbackUrl(noTrigger);
    const healed = await serverless(deploy);
    fixture.tencent.faults.clear();

    expect([noTrigger.code, url]).toEqual([1, '']);
    expect(noTrigger.output).toContain('callback: CreateTrigger failed: InternalError');
    expect(noTrigger.output).toContain('run the same command again');
    expect([healed.code, healed.stderr]).toEqual([
      0,
      expect.stringContaining('callback: address created'),
    ]);
    expect(healed.stderr).toContain('`rollback` will not know this release');
    expect(await fixture.push(callbackUrl(healed)).verifyUrl()).toMatchObject({ ok: true });
  });
});

function leaks(text: string): string[] {
  return fixtureSecrets.filter((secret) => text.includes(secret));
}

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CallRecord } from '../emulator/tencent/api/dispatch.ts';
import { openPgDoc } from '../testing/store/pg-doc.ts';
import { testServer } from '../testing/store/postgres-server.ts';
import {
  cloudAccount,
  type DeployFixture,
  fixtureEnvId,
  fixtureSecrets,
  openDeployFixture,
  type Ran,
} from '../testing/tools/deploy-fixture.ts';

/**
 * docs/deploy.md to the letter, in an account that nobody has used before. Each test is one step of the
 * page and goes on from the one before.
 */
const server = await testServer();
const EGRESS = '127.0.0.1';
const openid = 'oFollower000000000000000000001';

/** The first day of an account, as far as it has come. */
interface Day {
  readonly fixture: DeployFixture;
  /** What `.env` holds by now. */
  env: Record<string, string>;
  url: string;
  close(): Promise<void>;
}

async function begin(): Promise<Day> {
  const database = await openPgDoc(server ?? '');
  const fixture = await openDeployFixture({ fresh: { sql: database.sql } });
  const { conditions } = fixture.tencent;
  // Nobody has opened COS, addresses cannot be changed in place, and a function that is active again
  // refuses some of the changes that follow.
  conditions.isObjectStorageOpen = false;
  conditions.changesAddresses = false;
  conditions.relapses = 3;
  return {
    fixture,
    // The documents are reached from this machine too, where a developer runs the commands.
    env: { TCB_CONTEXT_CNFG: JSON.stringify({ URL: fixture.cloudbase.url }) },
    url: '',
    async close() {
      await fixture.close();
      await database.close();
    },
  };
}

/** `npm run <script> -- …`, as the script behind it, with what `.env` holds by then. */
async function npmRun({ fixture, env }: Day, script: string, ...args: string[]) {
  const ran = await fixture.npmRun(script, args, env);
  expect(fixtureSecrets.filter((secret) => ran.output.includes(secret))).toEqual([]);
  return ran;
}

/** Step 2: with the keys of the owner, and from then on with those of the sub-account. */
async function setUp(day: Day) {
  const ran = await npmRun(day, 'setup');
  const lines = [...ran.output.matchAll(/^([A-Z_]+)=(\S+)$/gm)];
  const { secretId, secretKey } = day.fixture.tencent.access.giveKeys('fuwuhao-dev-deploy');
  day.env = {
    ...day.env,
    ...Object.fromEntries(lines.map(([, name = '', value = '']) => [name, value])),
    TENCENTCLOUD_SECRET_ID: secretId,
    TENCENTCLOUD_SECRET_KEY: secretKey,
  };
  return { ran, names: lines.map(([, name]) => name) };
}

/** Step 8: every finding that is not in order. */
async function findings(day: Day) {
  const doctor = await npmRun(day, 'doctor', '--wait', '--json');
  const all = JSON.parse(doctor.stdout) as { name: string; state: string; why: string }[];
  return { code: doctor.code, amiss: all.filter(({ state }) => state !== 'ok') };
}

async function answer({ fixture, url }: Day): Promise<unknown> {
  const { outcome } = await fixture.push(url).send({ type: 'text', openid, Content: 'help' });
  return 'reply' in outcome ? outcome.reply : outcome;
}

/** All that a command has printed, if it failed. */
const failureOf = ({ code, output }: Ran) => (code === 0 ? '' : `${code}: ${output}`);

const isRefused = ({ error = '' }: CallRecord) => /Unauthorized|Denied/.test(error);

/** What a policy has refused; COS, which is closed at first, refuses everything by itself. */
const refusals = ({ fixture }: Day) =>
  fixture.tencent.calls.filter((call) => !call.action.startsWith('cos.') && isRefused(call));

const withServer = server === undefined ? describe.skip : describe;

withServer('the first day of an account, by SCF', () => {
  let day: Day;
  beforeAll(async () => {
    day = await begin();
  });
  afterAll(() => day.close());

  test('before anything, the commands say what is missing', async () => {
    const [provisioned, doctor] = await Promise.all([
      npmRun(day, 'provision'),
      npmRun(day, 'doctor'),
    ]);

    expect([provisioned.code, doctor.code]).toEqual([1, 1]);
    expect(provisioned.output).toContain('npm run provision -- --enable-documents');
    expect(doctor.output).toContain('worker is deployed neither as fuwuhao-dev-worker');
  });

  test('2. the setup, with the keys of the owner', async () => {
    const dry = await npmRun(day, 'setup', '--dry-run');
    const { ran, names } = await setUp(day);

    expect([dry.code, ran.code]).toEqual([0, 0]);
    expect(dry.output.match(/^- /gm)).toHaveLength(8);
    expect(names).toEqual(['SCF_ROLE', 'CLS_LOGSET_ID', 'CLS_TOPIC_ID']);
  });

  test('4. the collections', async () => {
    const made = await npmRun(day, 'provision', '--enable-documents');
    const checked = await npmRun(day, 'provision', '--check');

    expect([made.code, checked.code]).toEqual([0, 0]);
    const { length } = day.fixture.cloudbase.control.collections(fixtureEnvId);
    expect(length).toBeGreaterThan(10);
  });

  test('5. the deploy, once the owner has proved who he is', async () => {
    const { conditions } = day.fixture.tencent;
    conditions.hasRealName = false;
    const unnamed = await npmRun(day, 'deploy');
    conditions.hasRealName = true;

    expect([unnamed.code, unnamed.output]).toEqual([1, expect.stringContaining('实名认证')]);
    const ran = await npmRun(day, 'deploy');

    expect([ran.code, ran.stderr]).toEqual([0, expect.stringContaining('callback: created')]);
    day.url = /^callback: (https:\S+)$/m.exec(ran.stdout)?.[1] ?? '';
    expect(ran.stdout).toMatch(/^Calls to WeChat come from \S+: put that into API IP白名单/m);
    const roles = new Set(day.fixture.tencent.functions().map(({ Role }) => Role));
    expect([...roles]).toEqual(['fuwuhao-dev']);
  });

  test('6. without the address in the whitelist, the doctor says which one to put there', async () => {
    const doctor = await npmRun(day, 'doctor');
    // Whoever takes their time sees the timer fail before the address is in the whitelist.
    const tick = await day.fixture.tencent
      .scf('default')
      .fireTimer('fuwuhao-dev-token-refresh/every-five-minutes');

    expect(tick.ok).toBe(false);
    expect(doctor.code).toBe(1);
    expect(doctor.output).toContain(`Add ${EGRESS} to the IP whitelist (API IP白名单)`);
    expect(doctor.output).toContain('开发密钥');
    await day.fixture.allow([EGRESS]);
  });

  test('7. the message push', async () => {
    expect(await day.fixture.push(day.url).verifyUrl()).toMatchObject({ ok: true });
  });

  test('8. the doctor is green, and a message is answered', async () => {
    expect(await findings(day)).toEqual({ code: 0, amiss: [] });
    expect(await answer(day)).toMatchObject({ content: expect.stringContaining('Send') });
  });

  test('the other commands of the page work with the keys of the sub-account', async () => {
    const invoked = await npmRun(day, 'invoke', 'menu', 'get', '--stage', 'dev');
    const logs = await npmRun(day, 'logs', '--stage', 'dev', '--function', 'callback');
    const again = await npmRun(day, 'deploy');
    const ci = [await npmRun(day, 'provision', '--check'), await npmRun(day, 'doctor', '--ci')];

    expect([invoked, logs, again, ...ci].map(({ code }) => code)).toEqual([0, 0, 0, 0, 0]);
    expect(logs.output).toContain('answered');
    expect(
      again.calls.filter(({ action, error }) => !error && /\.(Create|Update)/.test(action)),
    ).toEqual([]);
  });

  test('while COS is closed there are no releases, and it is said where to open it', async () => {
    const forced = await npmRun(day, 'deploy', '--force');
    const listed = await npmRun(day, 'serverless', 'deploy', 'list');

    expect([forced.code, listed.code]).toEqual([0, 1]);
    expect(forced.output).toMatch(/WARNING: all functions run, but `rollback` will not know this/);
    expect(forced.output).toContain('Open COS at https://console.cloud.tencent.com/cos');
    expect(listed.output).toContain('https://console.cloud.tencent.com/cos');
  });

  test('with COS open a release is kept, listed, and gone back to at the same address', async () => {
    day.fixture.tencent.conditions.isObjectStorageOpen = true;
    const kept = await npmRun(day, 'deploy', '--force');
    const [, release = ''] = /^Release (\S+) deployed/m.exec(kept.stdout) ?? [];
    const listed = await npmRun(day, 'serverless', 'deploy', 'list');
    const back = await npmRun(day, 'serverless', 'rollback', '-t', release);

    expect([kept, listed, back].map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(kept.output).not.toContain('WARNING');
    expect(listed.stdout).toMatch(new RegExp(`^${release}  .*callback`, 'm'));
    expect(back.stdout).toContain(`Back at release ${release}`);
    expect(back.stdout).toContain(`callback: ${day.url}`);
    const denied = [kept, listed, back].flatMap(({ calls }) => calls.filter(isRefused));
    expect(denied).toEqual([]);
  });

  test.each([
    ['serverless', 'info'],
    ['serverless', 'package'],
    ['serverless', 'invoke', '-f', 'menu', '-d', '{"action":"get"}'],
    ['deploy', '-f', 'callback'],
    ['deploy', '--prune', '--break-lock'],
    ['deploy', '--help'],
    ['deploy:tcb', '--help'],
    ['store', 'copy', '--help'],
    ['provision', '--help'],
    ['setup', '--print'],
  ])('%s %s', async (...command) => {
    const [script, ...args] = command as [string, ...string[]];
    const ran = await npmRun(day, script, ...args);

    expect(failureOf(ran)).toBe('');
  });

  test('no call was refused, and the role lets the functions do what they do', () => {
    const { uin } = cloudAccount;
    const may = (action: string, resource: string) =>
      day.fixture.tencent.access.roleAllows('fuwuhao-dev', { action, resource });
    const worker = `namespace/default/function/fuwuhao-dev-worker`;

    expect(refusals(day)).toEqual([]);
    expect(may('scf:InvokeFunction', `qcs::scf:ap-shanghai:uin/${uin}:${worker}`)).toBe(true);
    expect(may('tcb:QueryDocument', `qcs::tcb:ap-shanghai:uin/${uin}:env/${fixtureEnvId}`)).toBe(
      true,
    );
  });

  test('in the end all of it is removed', async () => {
    const removed = await npmRun(day, 'serverless', 'remove');

    expect([removed.code, day.fixture.tencent.functions()]).toEqual([0, []]);
    expect(refusals(day)).toEqual([]);
  });
});

withServer('the first day of an account, by CloudBase', () => {
  let day: Day;
  beforeAll(async () => {
    day = await begin();
  });
  afterAll(() => day.close());

  test('from the setup to a message that is answered', async () => {
    await setUp(day);
    await day.fixture.allow([EGRESS]);
    const made = await npmRun(day, 'provision', '--enable-documents');
    const deployed = await npmRun(day, 'deploy:tcb');
    day.url = /^callback: (https:\S+)$/m.exec(deployed.stdout)?.[1] ?? '';

    expect([made, deployed].map(failureOf)).toEqual(['', '']);
    expect(await day.fixture.push(day.url).verifyUrl()).toMatchObject({ ok: true });
    expect(await findings(day)).toEqual({ code: 0, amiss: [] });
    expect(await answer(day)).toMatchObject({ content: expect.stringContaining('Send') });
    const logs = await npmRun(day, 'logs', '--stage', 'dev', '--function', 'callback');
    expect([logs.code, logs.output]).toEqual([0, expect.stringContaining('answered')]);
    const invoked = await npmRun(day, 'invoke', 'menu', 'get', '--stage', 'dev');
    const listed = await npmRun(day, 'deploy:tcb', '--', 'fn', 'list', '--envId', fixtureEnvId);
    const deleted = ['fn', 'delete', 'callback', '--envId', fixtureEnvId];
    const removed = await npmRun(day, 'deploy:tcb', '--', ...deleted);
    expect([invoked, listed, removed].map(failureOf)).toEqual(['', '', '']);
    expect(listed.output).toContain('worker');
    expect(day.fixture.tencent.functions().map((fn) => fn.FunctionName)).not.toContain('callback');
    expect(refusals(day)).toEqual([]);
  });
});

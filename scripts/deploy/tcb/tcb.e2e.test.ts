import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type DeployFixture,
  fixtureEnvId,
  fixtureSecrets,
  openDeployFixture,
  type Ran,
} from '../../testing/tools/deploy-fixture.ts';

/** The real CloudBase CLI against the emulated cloud, and WeChat against what it deployed. */
let fixture: DeployFixture;
const follower = 'oFollower000000000000000000001';
const url = `https://${fixtureEnvId}.ap-shanghai.app.tcloudbase.com/callback`;

beforeAll(async () => {
  fixture = await openDeployFixture();
});
afterAll(() => fixture.close());

const main = ['--import', 'tsx', 'scripts/deploy/tcb/main.ts'];
const deploy = (env: Record<string, string | undefined> = {}, ...names: string[]) =>
  fixture.run([...main, ...names], env);
const strangers = ({ calls }: Ran) =>
  calls.filter(({ action }) => !/^(scf|cam|tcb|cls|cos|telemetry)\./.test(action));
/** The calls that succeeded and were more than questions. */
const changes = ({ calls }: Ran) =>
  calls.filter(({ action, error }) => error === undefined && !/\.(Describe|Get|List)/.test(action));
const leaks = (text: string) => fixtureSecrets.filter((secret) => text.includes(secret));

async function help(): Promise<unknown> {
  const { outcome } = await fixture
    .push(url)
    .send({ type: 'text', openid: follower, Content: 'help' });
  return 'reply' in outcome ? outcome.reply : outcome;
}

function environment() {
  const [found] = fixture.tencent.environments();
  if (!found) throw new Error('The fixture has no environment.');
  return found;
}

/** The two latest entries of the audit trail. */
async function trail(): Promise<unknown> {
  const outcome = await fixture.tencent
    .scf(fixtureEnvId)
    .invoke('worker', { action: 'auditList', payload: { limit: 2 } });
  return outcome.ok ? Object(outcome.result).data.entries : outcome;
}

const edition = (words: string) =>
  expect.objectContaining({ content: expect.stringContaining(words) });

describe('a deploy by tcb, from nothing to nothing', () => {
  test('HTTP access that cannot be switched on stops it before anything is made', async () => {
    environment().httpAccess = 'absent';
    environment().canOpenHttpAccess = false;
    const ran = await deploy();

    expect([ran.code, fixture.tencent.functions()]).toEqual([1, []]);
    expect(ran.output).toMatch(
      /HTTP access of fixture-env is off.*Switch it on at https:.*fixture-env.*run the same command/,
    );
    environment().canOpenHttpAccess = true;
  });

  test('brings up functions that WeChat reaches, in an environment without HTTP access', async () => {
    const ran = await deploy();

    expect([ran.code, strangers(ran), leaks(ran.output)]).toEqual([0, [], []]);
    expect(ran.stdout).toContain(`callback: ${url}`);
    expect(ran.stdout).toContain('Calls to WeChat come from 203.0.113.7');
    const made = fixture.tencent.functions();
    expect(new Set(made.map(({ Runtime }) => Runtime))).toEqual(new Set(['Nodejs24.11']));
    expect(ran.stdout).toMatch(/^Deployed to fixture-env in [\d.]+ s\.$/m);
    expect(await fixture.push(url).verifyUrl()).toMatchObject({ ok: true });
    expect(await help()).toEqual(edition('Send text'));
  });

  test('timers fire, the token is renewed, and what is deferred reaches the worker', async () => {
    const tick = await fixture.tencent
      .scf(fixtureEnvId)
      .fireTimer('token-refresh/every-five-minutes');
    await fixture.push(url).send({ type: 'text', openid: follower, Content: 'report' });

    expect(tick.ok).toBe(true);
    expect(fixture.cloudbase.control.documents(fixtureEnvId, 'tokens').total).toBeGreaterThan(0);
    expect(await fixture.sentTo(follower)).toContain('All is well');
  });

  test('the doctor finds it there', async () => {
    const ran = await fixture.run(['--import', 'tsx', 'scripts/doctor/main.ts'], {
      TCB_CONTEXT_CNFG: JSON.stringify({ URL: fixture.cloudbase.url }),
    });

    expect(ran.stdout).toMatch(/✓ .*callback: encrypted round trip/);
    expect(ran.stdout).toMatch(/✓ .*WeChat, from the functions.*: WeChat answers the functions/);
  });

  test('another runtime stops it before anything is sent, and says what to do', async () => {
    const ran = await deploy({ SCF_RUNTIME: 'Nodejs26.3' }, 'menu');

    expect([ran.code, ran.output]).toEqual([
      1,
      expect.stringMatching(
        /menu runs on Nodejs24\.11, and SCF cannot .* Nodejs26\.3.*SCF_RUNTIME/,
      ),
    ]);
    expect(changes(ran)).toEqual([]);
  });

  test('a domain of the account’s own leads to the functions once its DNS does', async () => {
    const file = 'MP_verify_AAAAbbbb00001111.txt';
    const own = {
      CUSTOM_DOMAIN: 'bot.example.com',
      CUSTOM_DOMAIN_CERTIFICATE: 'cert1',
      WECHAT_DOMAIN_FILES: file,
    };
    const ran = await deploy(own);
    const [domain] = environment().domains;
    if (domain) domain.dns = 'OK';

    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/bot\.example\.com does not lead there yet: make a CNAME record/);
    expect(ran.stdout).toContain('callback: https://bot.example.com/*');
    const visit = (path: string) => fixture.tencent.fetch(`https://bot.example.com${path}`);
    expect(await (await visit(`/${file}`)).text()).toBe('AAAAbbbb00001111');
    expect((await visit('/v1/menu/get')).status).toBe(401);
    expect(await (await visit('/health')).text()).toBe('ok\n');
  });

  test('an environment elsewhere and too many variables are told before anything is sent', async () => {
    const ran = await deploy({
      CLOUDBASE_ENV_ID: 'another-env',
      WECHAT_DOMAIN_FILES: Array(150).fill('MP_verify_AAAAbbbb00001111.txt').join(),
    });

    expect(ran.code).toBe(1);
    expect(ran.output).toMatch(/There is no environment another-env for these keys/);
    expect(ran.output).toMatch(/SCF takes 4096 bytes .* callback \(\d+ bytes\)/);
    expect(changes(ran)).toEqual([]);
  });

  test('an unknown property stops it before anything is sent', async () => {
    fixture.edit('cloudbaserc.json', (json) => json.replace('"timeout": 240', '"timeoutt": 240'));
    const ran = await deploy();
    fixture.edit('cloudbaserc.json', (json) => json.replace('"timeoutt"', '"timeout"'));

    expect([ran.code, ran.output]).toEqual([1, expect.stringContaining('timeoutt')]);
    expect(ran.calls).toEqual([]);
  });

  test('an edit goes live at the same address', async () => {
    fixture.edit('functions/callback/account.ts', (source) =>
      source.replace('Send text, a picture', 'Second edition: send text, a picture'),
    );

    const ran = await deploy({}, 'callback');

    expect([ran.code, strangers(ran)]).toEqual([0, []]);
    expect(await help()).toEqual(edition('Second edition'));
  });

  test('the old source brings the old answer; what fails, though the CLI ends with 0, is said and heals', async () => {
    const { faults } = fixture.tencent;
    const isMenu = ({ FunctionName }: Readonly<Record<string, unknown>>) => FunctionName === 'menu';
    fixture.edit('functions/callback/account.ts', (source) =>
      source.replace('Second edition: send', 'Send'),
    );
    fixture.edit('cloudbaserc.json', (json) => json.replace('"every-minute"', '"each-minute"'));

    faults.add({ action: 'BatchCreateTrigger', code: 'InternalError', times: 100 });
    faults.add({ action: 'UpdateFunctionCode', code: 'InternalError', times: 100, when: isMenu });
    const broken = await deploy();
    faults.clear();
    const healed = await deploy();

    expect([broken.code, healed.code]).toEqual([1, 0]);
    expect(broken.output).toContain('- worker has no timer each-minute');
    expect(broken.output).toContain('- menu was not changed');
    expect(await help()).not.toEqual(edition('Second edition'));
    expect(await trail()).toMatchObject([
      { action: 'deploy:tcb', subject: fixtureEnvId, outcome: 'ok' },
      { action: 'deploy:tcb', subject: `${fixtureEnvId}, failed at check`, outcome: 'internal' },
    ]);
    // The CLI leaves timers that are no longer in the file.
    const worker = fixture.tencent
      .functions()
      .find(({ FunctionName }) => FunctionName === 'worker');
    expect(worker?.Triggers.map(({ TriggerName }) => TriggerName)).toEqual(['each-minute']);
  });

  test.each<[string, Record<string, string | undefined>, string]>([
    ['no credentials', { TENCENTCLOUD_SECRET_ID: undefined }, 'TENCENTCLOUD_SECRET_ID'],
    ['a wrong key', { TENCENTCLOUD_SECRET_KEY: 'wrong' }, 'does not belong to'],
    ['a missing variable', { WECHAT_APPSECRET: undefined }, 'WECHAT_APPSECRET is missing'],
  ])('%s stops it before anything is sent', async (_, env, words) => {
    const ran = await deploy(env);

    expect([ran.code, ran.output]).toEqual([1, expect.stringContaining(words)]);
    expect(changes(ran)).toEqual([]);
  });

  test('the CLI removes a function', async () => {
    const ran = await fixture.run([
      ...main,
      '--',
      'fn',
      'delete',
      'callback',
      '--envId',
      fixtureEnvId,
    ]);

    expect(ran.code).toBe(0);
    expect(fixture.tencent.functions().map(({ FunctionName }) => FunctionName)).not.toContain(
      'callback',
    );
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openPgDoc, type PgDoc } from '../testing/store/pg-doc.ts';
import { testServer } from '../testing/store/postgres-server.ts';
import {
  cloudAccount,
  type DeployFixture,
  fixtureEnvId,
  fixtureSecrets,
  openDeployFixture,
} from '../testing/tools/deploy-fixture.ts';

/**
 * docs/deploy.md to the letter, in an account that nobody has used before. Each test is one step of the
 * page and goes on from the one before.
 */
const server = await testServer();
const EGRESS = '127.0.0.1';
let fixture: DeployFixture;
let database: PgDoc;
let env: Record<string, string> = {};
let url = '';

beforeAll(async () => {
  if (server === undefined) return;
  database = await openPgDoc(server);
  fixture = await openDeployFixture({ fresh: { sql: database.sql } });
  // The documents are reached from this machine too, where a developer runs the commands.
  env = { TCB_CONTEXT_CNFG: JSON.stringify({ URL: fixture.cloudbase.url }) };
});
afterAll(async () => {
  await fixture?.close();
  await database?.close();
});

/** `npm run <script> -- …`, as the script behind it, with what `.env` holds by then. */
async function npmRun(script: string, ...args: string[]) {
  const command = script === 'deploy' ? ['serverless', 'deploy'] : [];
  const ran = await fixture.run(
    ['--import', 'tsx', `scripts/${script}/main.ts`, ...command, ...args],
    env,
  );
  expect(fixtureSecrets.filter((secret) => ran.output.includes(secret))).toEqual([]);
  return ran;
}

(server === undefined ? describe.skip : describe)('the first day of an account', () => {
  test('before anything, the commands say what is missing', async () => {
    const [provisioned, doctor] = await Promise.all([npmRun('provision'), npmRun('doctor')]);

    expect([provisioned.code, doctor.code]).toEqual([1, 1]);
    expect(provisioned.output).toContain('npm run provision -- --enable-documents');
    expect(doctor.output).toContain('worker is deployed neither as fuwuhao-dev-worker');
  });

  test('2. the setup, with the keys of the owner', async () => {
    const dry = await npmRun('setup', '--dry-run');
    const ran = await npmRun('setup');

    expect([dry.code, ran.code]).toEqual([0, 0]);
    expect(dry.output.match(/^- /gm)).toHaveLength(8);
    const lines = [...ran.output.matchAll(/^([A-Z_]+)=(\S+)$/gm)];
    expect(lines.map(([, name]) => name)).toEqual(['SCF_ROLE', 'CLS_LOGSET_ID', 'CLS_TOPIC_ID']);
    const { secretId, secretKey } = fixture.tencent.access.giveKeys('fuwuhao-dev-deploy');
    env = {
      ...env,
      ...Object.fromEntries(lines.map(([, name = '', value = '']) => [name, value])),
      // From here on the owner's keys are not used any more.
      TENCENTCLOUD_SECRET_ID: secretId,
      TENCENTCLOUD_SECRET_KEY: secretKey,
    };
  });

  test('4. the collections', async () => {
    const made = await npmRun('provision', '--enable-documents');
    const checked = await npmRun('provision', '--check');

    expect([made.code, checked.code]).toEqual([0, 0]);
    expect(fixture.cloudbase.control.collections(fixtureEnvId).length).toBeGreaterThan(10);
  });

  test('5. the deploy', async () => {
    const ran = await npmRun('deploy');

    expect([ran.code, ran.stderr]).toEqual([0, expect.stringContaining('callback: created')]);
    url = /^callback: (https:\S+)$/m.exec(ran.stdout)?.[1] ?? '';
    expect(ran.stdout).toMatch(/^Calls to WeChat come from \S+: put that into API IP白名单/m);
    const roles = new Set(fixture.tencent.functions().map(({ Role }) => Role));
    expect([...roles]).toEqual(['fuwuhao-dev']);
  });

  test('6. without the address in the whitelist, the doctor says which one to put there', async () => {
    const doctor = await npmRun('doctor');

    expect(doctor.code).toBe(1);
    expect(doctor.output).toContain(`Add ${EGRESS} to the IP whitelist (API IP白名单)`);
    expect(doctor.output).toContain('开发密钥');
    await fixture.allow([EGRESS]);
  });

  test('7. the message push', async () => {
    expect(await fixture.push(url).verifyUrl()).toMatchObject({ ok: true });
  });

  test('8. the doctor is green', async () => {
    const doctor = await npmRun('doctor', '--wait', '--json');

    const findings = JSON.parse(doctor.stdout) as { name: string; state: string; why: string }[];
    expect(findings.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(doctor.code).toBe(0);
  });

  test('9. a message is answered', async () => {
    const openid = 'oFollower000000000000000000001';
    const { outcome } = await fixture.push(url).send({ type: 'text', openid, Content: 'help' });

    expect(outcome).toMatchObject({ reply: { content: expect.stringContaining('Send') } });
  });

  test('the other commands of the page work with the keys of the sub-account', async () => {
    const invoked = await npmRun('invoke', 'menu', 'get', '--stage', 'dev');
    const logs = await npmRun('logs', '--stage', 'dev', '--function', 'callback');
    const again = await npmRun('deploy');
    const ci = [await npmRun('provision', '--check'), await npmRun('doctor', '--ci')];

    expect([invoked, logs, again, ...ci].map(({ code }) => code)).toEqual([0, 0, 0, 0, 0]);
    expect(logs.output).toContain('answered');
    expect(again.calls.filter(({ action }) => /\.(Create|Update)/.test(action))).toEqual([]);
  });

  test('no call was refused, and the functions did nothing that their role does not allow', () => {
    const refused = fixture.tencent.calls.filter(({ error }) =>
      /Unauthorized|Denied/.test(error ?? ''),
    );
    const { uin } = cloudAccount;
    const worker = `qcs::scf:ap-shanghai:uin/${uin}:namespace/default/function/fuwuhao-dev-worker`;
    const documents = `qcs::tcb:ap-shanghai:uin/${uin}:env/${fixtureEnvId}`;
    const may = (action: string, resource: string) =>
      fixture.tencent.access.roleAllows('fuwuhao-dev', { action, resource });

    expect(refused).toEqual([]);
    expect(may('scf:InvokeFunction', worker)).toBe(true);
    expect(may('tcb:QueryDocument', documents)).toBe(true);
  });
});

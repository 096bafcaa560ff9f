import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Secret } from '../../shared/kernel/secret.ts';
import { createCloudApi } from '../cloud/api.ts';
import type { CloudService } from '../cloud/models/index.ts';
import { fakedTime } from '../emulator/scf/faked-time.ts';
import { startTencent, type TencentEmulator } from '../emulator/tencent/index.ts';
import { callCloud } from '../testing/tools/cloud-call.ts';
import { type SetupOptions, setUp } from './setup.ts';

const account = {
  appid: '1251234567',
  uin: '100000000001',
  secretId: 'AKIDowner',
  secretKey: 'SKowner',
};
const envId = 'env-1';
const region = 'ap-shanghai';
const places = {
  uin: account.uin,
  appid: account.appid,
  region,
  envId,
  service: 'fuwuhao',
  stage: 'prod',
};
let tencent: TencentEmulator;
beforeEach(async () => {
  // As fresh as an account can be: even the log service is closed.
  tencent = await startTencent({ account, envIds: [envId, 'env-2'], isLogServiceOpen: false });
});
afterEach(() => tencent.close());

function run(options: Partial<SetupOptions> = {}) {
  const { secretId, secretKey } = account;
  const api = createCloudApi({
    credentials: { secretId, secretKey: new Secret(secretKey) },
    region,
    origin: `http://127.0.0.1:${tencent.port}`,
  });
  return setUp({ api, places, isDryRun: false, replace: false, onStep: () => {}, ...options });
}

const states = async (report: ReturnType<typeof run>) => [
  ...new Set((await report).steps.map(({ state }) => state)),
];
const writes = () =>
  tencent.calls
    .map(({ action }) => action.split('.')[1] ?? '')
    .filter((action) => !/^(Get|List|Describe)/.test(action));

describe('npm run setup', () => {
  test('makes what is missing, and nothing the second time', async () => {
    expect(await states(run())).toEqual(['made']);
    expect(tencent.logs.isOpen).toBe(true);
    expect([...tencent.logs.topics.values()]).toMatchObject([
      { name: 'fuwuhao-prod', hasIndex: true },
    ]);
    const before = writes().length;

    expect(await states(run())).toEqual(['there']);
    expect(writes()).toHaveLength(before);
  });

  test('a dry run says all of it and changes nothing', async () => {
    const { steps } = await run({ isDryRun: true });

    expect(steps.map(({ what, state }) => `${state} ${what}`)).toEqual([
      'missing log service CLS is open',
      'missing log topic fuwuhao-prod',
      'missing policy fuwuhao-prod-functions',
      'missing role fuwuhao-prod, which SCF may take',
      'missing role fuwuhao-prod: has policy fuwuhao-prod-functions',
      'missing policy fuwuhao-prod-deploy',
      'missing sub-account fuwuhao-prod-deploy',
      'missing sub-account fuwuhao-prod-deploy: has policy fuwuhao-prod-deploy',
    ]);
    expect(writes()).toEqual([]);
  });

  test.each(['OpenClsService', 'CreateIndex', 'CreateRole', 'AttachUserPolicy'])(
    'goes on after a failure of %s',
    async (action) => {
      tencent.faults.add({ action, code: 'InternalError' });

      await expect(run()).rejects.toThrow(`${action} failed`);
      await run();
      expect(await states(run())).toEqual(['there']);
    },
  );

  test('what somebody has changed under our names stays, until --replace', async () => {
    await run();
    const policy = [...tencent.access.policies.values()].find(({ name }) =>
      name.endsWith('-deploy'),
    );
    const role = tencent.access.roles.get('fuwuhao-prod');
    if (!policy || !role) throw new Error('They were not made.');
    const wide = JSON.stringify({
      version: '2.0',
      statement: [{ effect: 'allow', action: '*', resource: '*' }],
    });
    const before = role.document;
    policy.document = wide;
    role.document = before.replace('scf.qcloud.com', 'cvm.qcloud.com');

    const found = (await run()).steps.filter(({ state }) => state === 'conflict');
    expect(found.map(({ what }) => what)).toEqual([
      'role fuwuhao-prod, which SCF may take',
      'policy fuwuhao-prod-deploy',
    ]);
    expect(policy.document).toBe(wide);

    await run({ replace: true });
    expect([policy.document === wide, role.document]).toEqual([false, before]);
    expect(await states(run())).toEqual(['there']);
  });

  test('a document that CAM gives back in another form is the same', async () => {
    await run();
    const role = tencent.access.roles.get('fuwuhao-prod');
    if (!role) throw new Error('It was not made.');
    role.document = `{"statement": [{"principal": {"service": "scf.qcloud.com"}, "effect": "allow", "action": "name/sts:AssumeRole"}], "version": "2.0"}`;

    expect(await states(run())).toEqual(['there']);
  });
});

describe('the role of the functions', () => {
  const worker = (stage: string) =>
    `qcs::scf:${region}:uin/${account.uin}:namespace/default/function/fuwuhao-${stage}-worker`;
  const env = (id: string) => `qcs::tcb:${region}:uin/${account.uin}:env/${id}`;

  test.each([
    [true, 'tcb:QueryDocument', env(envId)],
    [true, 'tcb:UpdateDocument', env(envId)],
    [true, 'tcb:InvokeFunction', env(envId)],
    [true, 'scf:InvokeFunction', worker('prod')],
    [false, 'tcb:QueryDocument', env('env-2')],
    [false, 'tcb:DestroyEnv', env(envId)],
    [false, 'tcb:ModifySecurityRule', env(envId)],
    [false, 'tcb:ExecutePGSql', env(envId)],
    [false, 'scf:InvokeFunction', worker('dev')],
    [false, 'scf:UpdateFunctionCode', worker('prod')],
    [false, 'scf:GetFunction', worker('prod')],
    [false, 'cam:CreateRole', '*'],
  ])('%s: %s on %s', async (is, action, resource) => {
    await run();

    expect(tencent.access.roleAllows('fuwuhao-prod', { action, resource })).toBe(is);
  });
});

describe('the keys of the sub-account', () => {
  const ours = { FunctionName: 'fuwuhao-prod-worker', Namespace: 'default' };
  const theirs = { FunctionName: 'shop', Namespace: 'default' };
  const code = { Handler: 'index.main', Runtime: 'Nodejs20.19', Code: { ZipFile: '' } };

  test.each<[CloudService, string, object, string?]>([
    ['scf', 'GetFunction', theirs],
    ['scf', 'DeleteFunction', theirs],
    ['scf', 'UpdateFunctionCode', theirs],
    ['scf', 'Invoke', theirs],
    ['scf', 'CreateTrigger', theirs],
    ['scf', 'GetFunction', ours, 'ap-guangzhou'],
    ['scf', 'GetFunction', { ...ours, Namespace: 'env-2' }],
    ['scf', 'CreateFunction', { ...ours, ...code, Role: 'SCF_ExecuteRole' }],
    ['scf', 'CreateFunction', { ...ours, ...code, Role: 'admin' }],
    ['scf', 'UpdateFunctionConfiguration', { ...ours, Role: 'OrganizationAdmin' }],
    ['scf', 'CreateNamespace', {}],
    ['scf', 'DeleteNamespace', { Namespace: 'default' }],
    ['scf', 'PublishLayerVersion', {}],
    ['tcb', 'DestroyEnv', { EnvId: envId }],
    ['tcb', 'CreateEnv', {}],
    ['tcb', 'DescribeTable', { EnvId: 'env-2', TableName: 'x' }],
    ['tcb', 'DeleteTable', { EnvId: envId, TableName: 'jobs' }],
    ['tcb', 'ModifyResourcePermission', { EnvId: 'env-2' }],
    ['tcb', 'ExecutePGSql', { EnvId: 'env-2', Sql: 'SELECT 1' }],
    ['tcb', 'SearchClsLog', { EnvId: 'env-2' }],
    ['cam', 'CreateRole', { RoleName: 'fuwuhao-prod' }],
    ['cam', 'UpdateAssumeRolePolicy', { RoleName: 'fuwuhao-prod' }],
    ['cam', 'AttachRolePolicy', { AttachRoleName: 'fuwuhao-prod', PolicyId: 1 }],
    ['cam', 'GetRole', { RoleName: 'admin' }],
    ['cam', 'CreatePolicy', {}],
    ['cam', 'UpdatePolicy', { PolicyId: 1 }],
    ['cam', 'AttachUserPolicy', { PolicyId: 1, AttachUin: 1 }],
    ['cam', 'AddUser', { Name: 'x' }],
    ['cam', 'CreateAccessKey', {}],
    ['cam', 'ListPolicies', {}],
    ['cls', 'OpenClsService', {}],
    ['cls', 'SearchLog', { TopicId: 'of-somebody-else' }],
    ['cls', 'DeleteTopic', { TopicId: 'of-somebody-else' }],
  ])('may not %s %s %j %s', async (service, action, parameters, place = region) => {
    await run();
    const keys = tencent.access.giveKeys('fuwuhao-prod-deploy');

    const answer = await callCloud(tencent, keys, service, action, parameters, place);

    expect(answer.Error).toMatchObject({ Code: 'UnauthorizedOperation' });
  });
});

async function command(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const main = path.resolve(import.meta.dirname, 'main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], {
    env: { PATH: process.env.PATH ?? '', ...fakedTime(process.env), ...tencent.processEnv, ...env },
  });
  const [output, complaint, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { output, complaint, code };
}

describe('the command', () => {
  const owner = {
    CLOUDBASE_ENV_ID: envId,
    TENCENTCLOUD_SECRET_ID: account.secretId,
    TENCENTCLOUD_SECRET_KEY: account.secretKey,
  };

  test('tells what belongs into .env, and no secret', async () => {
    const { output, code } = await command(['--stage', 'prod'], owner);

    const [topic] = tencent.logs.topics.values();
    expect(code).toBe(0);
    expect(output).toContain('+ role fuwuhao-prod, which SCF may take\n');
    expect(output).toContain(`SCF_ROLE=fuwuhao-prod\n`);
    expect(output).toContain(`CLS_TOPIC_ID=${topic?.id}\n`);
    expect(output).not.toContain(account.secretKey);
  });

  test('prints the same to click, without keys and without a call', async () => {
    const { output, code } = await command(['--stage', 'prod', '--print']);

    expect([code, tencent.calls]).toEqual([0, []]);
    for (const words of [
      'fuwuhao-prod-functions',
      'scf.qcloud.com',
      'qcs::cam::uin/<主账号 ID>:roleName/fuwuhao-*',
      'console.cloud.tencent.com/cam/policy',
    ]) {
      expect(output).toContain(words);
    }
  });

  test('says who must run it where the keys may not', async () => {
    await run();
    const keys = tencent.access.giveKeys('fuwuhao-prod-deploy');

    const { complaint, code } = await command(['--stage', 'dev'], {
      ...owner,
      TENCENTCLOUD_SECRET_ID: keys.secretId,
      TENCENTCLOUD_SECRET_KEY: keys.secretKey,
    });

    expect([code, complaint]).toEqual([1, expect.stringContaining('owner')]);
  });
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { zipSync } from 'fflate';
import { Secret } from '../../../../shared/kernel/secret.ts';
import { createCloudApi } from '../../../cloud/api.ts';
import type { TencentEmulator } from '../../../emulator/tencent/index.ts';
import { testAccount } from '../../../testing/tools/cloud-account.ts';
import { openTestCloud, type TestCloud } from '../../../testing/tools/test-cloud.ts';
import { planFunction } from '../plan.ts';
import type { Place, Subject } from './check.ts';
import { preflight } from './preflight.ts';

const envId = 'env-1';
let world: TestCloud;
beforeEach(async () => {
  world = await openTestCloud({
    envIds: [envId],
    environments: [
      { envId: 'env-gz', region: 'ap-guangzhou' },
      { envId: 'env-pg', kind: 'postgresql' },
      { envId: 'env-pg-doc', kind: 'pg_doc' },
    ],
  });
});
afterEach(() => world.close());

interface Options {
  readonly place?: Place;
  readonly usesDocuments?: boolean;
  readonly region?: string;
  readonly envId?: string;
  readonly keys?: { readonly secretId: string; readonly secretKey: string };
  readonly variables?: Readonly<Record<string, string>>;
  readonly checkVariables?: () => Promise<void>;
  readonly runtime?: string;
  readonly replacesAccount?: boolean;
}

function look(options: Options = {}): Promise<readonly string[]> {
  const { region = 'ap-shanghai', keys = testAccount } = options;
  const apiIn = (where: string) =>
    createCloudApi({
      credentials: { secretId: keys.secretId, secretKey: new Secret(keys.secretKey) },
      region: where,
      origin: `http://127.0.0.1:${world.tencent.port}`,
    });
  const plan = planFunction(
    {
      handler: 'index.main',
      role: 'SCF_ExecuteRole',
      runtime: options.runtime ?? 'Nodejs20.19',
      environment: { variables: options.variables ?? { CLOUDBASE_ENV_ID: envId } },
    },
    {},
  );
  const inEnvironment = options.place === 'cloudbase';
  const deployedName = (name: string) => (inEnvironment ? name : `fuwuhao-dev-${name}`);
  const subject: Subject = {
    api: apiIn(region),
    apiIn,
    region,
    service: 'fuwuhao',
    stage: 'dev',
    place: options.place ?? 'scf',
    namespace: inEnvironment ? (options.envId ?? envId) : 'default',
    deployedName,
    temporary: inEnvironment ? [] : [deployedName('deploying')],
    envId: options.envId ?? envId,
    replacesAccount: options.replacesAccount ?? false,
    usesDocuments: options.usesDocuments ?? true,
    functions: [{ name: 'menu', plan }],
    checkVariables: options.checkVariables ?? (() => Promise.resolve()),
  };
  return preflight(subject);
}

const writes = () =>
  world.tencent.calls.filter(
    ({ action, error }) => error === undefined && !/\.(Get|List|Describe)/.test(action),
  );

test('an account in which a deploy can succeed is only looked at', async () => {
  expect(await look()).toEqual([
    'Looked at before: region and quota, log service, role, environment, documents, permissions, account, runtime, variables, size of the variables.',
  ]);
  expect(writes()).toEqual([]);
});

test('documents that are on, or that the functions do not use, are no matter', async () => {
  await expect(look({ envId: 'env-pg-doc' })).resolves.toHaveLength(1);
  await expect(look({ envId: 'env-pg', usesDocuments: false })).resolves.toHaveLength(1);
});

test('in CloudBase a closed log service is a note: an environment has a log of its own', async () => {
  world.tencent.logs.isOpen = false;

  expect(await look({ place: 'cloudbase' })).toEqual([
    expect.stringMatching(/^Looked at before: /),
    expect.stringMatching(/^The log service CLS is not open\. .*npm run setup -- --stage dev/),
  ]);
});

describe('says in one sentence what is wrong, where to click, and what to run', () => {
  test.each<[string, (tencent: TencentEmulator) => void, Options, string[]]>([
    [
      'a region that does not exist',
      () => {},
      { region: 'ap-shanghia' },
      [
        'SCF has no region ap-shanghia',
        'TENCENTCLOUD_REGION',
        'https://tcb.cloud.tencent.com',
        'run this again',
      ],
    ],
    [
      'an environment in another region',
      () => {},
      { envId: 'env-gz' },
      [
        'env-gz is in ap-guangzhou and the functions would be in ap-shanghai',
        'TENCENTCLOUD_REGION=ap-guangzhou',
      ],
    ],
    [
      'no such environment',
      () => {},
      { envId: 'env-none' },
      ['There is no environment env-none', 'https://tcb.cloud.tencent.com', 'CLOUDBASE_ENV_ID'],
    ],
    [
      'a role that was never made',
      ({ access }) => access.roles.delete('SCF_ExecuteRole'),
      {},
      [
        'There is no role SCF_ExecuteRole',
        'npm run setup -- --stage dev',
        'https://console.cloud.tencent.com/cam/role',
      ],
    ],
    [
      'a role that SCF may not take',
      ({ access }) => {
        const role = access.roles.get('SCF_ExecuteRole');
        if (role) role.document = role.document.replace('scf.qcloud.com', 'cvm.qcloud.com');
      },
      {},
      ['SCF may not take the role SCF_ExecuteRole', '--replace', '角色载体'],
    ],
    [
      'a log service that nobody has opened',
      ({ logs }) => {
        logs.isOpen = false;
      },
      {},
      [
        'The log service CLS is not open',
        'npm run setup -- --stage dev',
        'https://console.cloud.tencent.com/cls',
      ],
    ],
    [
      'too many functions',
      ({ conditions }) => {
        conditions.functionQuota = 1;
      },
      {},
      [
        'SCF allows 1 functions in ap-shanghai, 0 are there, and this deploy makes 2 more',
        'https://console.cloud.tencent.com/scf',
      ],
    ],
    [
      'PostgreSQL whose documents are off, for functions that keep documents',
      () => {},
      { envId: 'env-pg' },
      [
        'built for documents of CloudBase, and those of env-pg (pg_doc) are off',
        'npm run provision -- --enable-documents',
        'https://tcb.cloud.tencent.com/dev?envId=env-pg',
        'STORE_DRIVER=postgres',
      ],
    ],
    [
      'too many functions in a CloudBase environment',
      ({ conditions }) => {
        conditions.functionQuota = 0;
      },
      { place: 'cloudbase' },
      [
        'SCF allows 0 functions in the environment env-1, 0 are there, and this deploy makes 1 more:',
        'npm run tcb -- fn delete NAME',
      ],
    ],
    [
      'a role that was never made, for functions in CloudBase',
      ({ access }) => access.roles.delete('SCF_ExecuteRole'),
      { place: 'cloudbase' },
      ['There is no role SCF_ExecuteRole'],
    ],
    [
      'too many bytes of variables',
      () => {},
      { variables: { LONG: '服'.repeat(1400) } },
      ['SCF takes 4096 bytes', 'menu (4204 bytes)', '.env'],
    ],
    [
      'variables that cannot be right',
      () => {},
      { checkVariables: () => Promise.reject(new Error('WECHAT_TOKEN must be 3 to 32')) },
      ['WECHAT_TOKEN must be 3 to 32'],
    ],
  ])('%s', async (_, arrange, options, words) => {
    arrange(world.tencent);

    const failure = await look(options).then(
      () => '',
      (error: Error) => error.message,
    );

    const [heading, ...list] = failure.split('\n');
    expect(heading).toBe('The deploy would fail. Nothing was changed.');
    expect(list).toHaveLength(1);
    for (const word of words) expect(list[0]).toContain(word);
    expect(writes()).toEqual([]);
  });

  test('all that is wrong at once, in one list', async () => {
    world.tencent.logs.isOpen = false;
    world.tencent.access.roles.delete('SCF_ExecuteRole');

    await expect(look({ envId: 'env-none' })).rejects.toThrow(
      /Nothing was changed\.\n- The log service.*\n- There is no role.*\n- There is no environment/,
    );
  });

  test('keys that may do too little', async () => {
    const { access } = world.tencent;
    access.users.set('narrow', { uin: 1, name: 'narrow', policies: new Set([1]), keys: undefined });
    access.policies.set(1, {
      id: 1,
      name: 'narrow',
      description: '',
      document: JSON.stringify({
        version: '2.0',
        statement: [
          { effect: 'allow', action: ['scf:Get*', 'scf:List*', 'tcb:*'], resource: ['*'] },
        ],
      }),
    });
    const keys = access.giveKeys('narrow');

    await expect(look({ keys })).rejects.toThrow(
      /^The deploy would fail\. Nothing was changed\.\n- These keys may not do scf:DeleteFunction, scf:UpdateFunctionConfiguration, scf:DeleteTrigger: `npm run setup.*cam\/policy[^\n]*$/,
    );
  });

  test('keys that may do too little in a CloudBase environment', async () => {
    const { access } = world.tencent;
    access.users.set('narrow', { uin: 1, name: 'narrow', policies: new Set([1]), keys: undefined });
    const statement = [
      { effect: 'allow', action: ['scf:Get*', 'tcb:DescribeEnvs'], resource: ['*'] },
    ];
    const document = JSON.stringify({ version: '2.0', statement });
    access.policies.set(1, { id: 1, name: 'narrow', description: '', document });

    await expect(look({ place: 'cloudbase', keys: access.giveKeys('narrow') })).rejects.toThrow(
      'These keys may not do scf:UpdateFunctionConfiguration, scf:DeleteTrigger, tcb:DescribeHTTPServiceRoute: ',
    );
  });

  test('keys that may do all of it but look at the role', async () => {
    const { access } = world.tencent;
    access.users.set('no-cam', { uin: 1, name: 'no-cam', policies: new Set([1]), keys: undefined });
    const statement = [{ effect: 'allow', action: ['scf:*', 'tcb:*', 'cls:*'], resource: ['*'] }];
    const document = JSON.stringify({ version: '2.0', statement });
    access.policies.set(1, { id: 1, name: 'no-cam', description: '', document });

    expect(await look({ keys: access.giveKeys('no-cam') })).toContain(
      'role: not looked at, because these keys lack cam:GetRole.',
    );
  });

  test('keys that are wrong, once', async () => {
    const keys = { secretId: testAccount.secretId, secretKey: 'wrong' };

    await expect(look({ keys })).rejects.toThrow(/^\w+ failed: AuthFailure\.SignatureFailure\./);
  });

  test.each<[Place, string, string, string]>([
    ['scf', 'fuwuhao-dev-menu', 'default', 'another stage'],
    ['cloudbase', 'menu', envId, 'another environment'],
  ])(
    'a function that runs on another runtime (%s)',
    async (place, FunctionName, Namespace, way) => {
      const id = { FunctionName, Namespace };
      const code = zipSync({ 'index.js': Buffer.from('exports.main = () => 1;') });
      await world.cloud.scf('CreateFunction', {
        ...id,
        Runtime: 'Nodejs16.13',
        Handler: 'index.main',
        Code: { ZipFile: Buffer.from(code).toString('base64') },
      });

      await expect(look({ place })).rejects.toThrow(
        `menu runs on Nodejs16.13, and SCF cannot change that to Nodejs20.19: keep it by SCF_RUNTIME=Nodejs16.13 in .env, or move to ${way}`,
      );
    },
  );
});

describe('functions that are there for another account', () => {
  const variables = { CLOUDBASE_ENV_ID: envId, WECHAT_APPID: 'wx2222222222222222' };
  const deployed = (id: { readonly FunctionName: string; readonly Namespace: string }) =>
    world.cloud.scf('CreateFunction', {
      ...id,
      Runtime: 'Nodejs20.19',
      Handler: 'index.main',
      Code: {
        ZipFile: Buffer.from(
          zipSync({ 'index.js': Buffer.from('exports.main = () => 1;') }),
        ).toString('base64'),
      },
      Environment: { Variables: [{ Key: 'WECHAT_APPID', Value: 'wx1111111111111111' }] },
    });

  test.each<[Place, string, string, string]>([
    ['scf', 'fuwuhao-dev-menu', 'default', 'another name in serverless.yml'],
    ['cloudbase', 'menu', envId, 'an environment of its own'],
  ])('are not replaced (%s)', async (place, FunctionName, Namespace, way) => {
    await deployed({ FunctionName, Namespace });

    const looking = look({ place, variables });

    await expect(looking).rejects.toThrow(/^The deploy would fail\. Nothing was changed\./);
    await expect(looking).rejects.toThrow(
      /menu is deployed .* for the account wx1{16}, and would be replaced by one for wx2{16}/,
    );
    await expect(looking).rejects.toThrow(way);
  });

  test('are replaced when that is asked for', async () => {
    await deployed({ FunctionName: 'fuwuhao-dev-menu', Namespace: 'default' });

    await expect(look({ variables, replacesAccount: true })).resolves.toHaveLength(1);
  });
});

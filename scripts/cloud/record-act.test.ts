import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Secret } from '../../shared/kernel/secret.ts';
import { startTencent, type TencentEmulator } from '../emulator/tencent/index.ts';
import { testAccount } from '../testing/tools/cloud-account.ts';
import { deploySmallFunction } from '../testing/tools/small-function.ts';
import { createCloudApi } from './api.ts';
import { recordAct } from './record-act.ts';

let tencent: TencentEmulator;
beforeEach(async () => {
  tencent = await startTencent({ account: testAccount });
});
afterEach(() => tencent.close());

const act = { command: 'deploy', subject: '20261128-120000-0a1b2c3d' } as const;
const worker = { FunctionName: 'fuwuhao-dev-worker', Namespace: 'default' };

async function record(): Promise<readonly string[]> {
  const warnings: string[] = [];
  const { secretId, secretKey } = testAccount;
  const api = createCloudApi({
    credentials: { secretId, secretKey: new Secret(secretKey) },
    region: 'ap-shanghai',
    origin: `http://127.0.0.1:${tencent.port}`,
  });
  await recordAct(
    act,
    async () => ({ api, worker }),
    (line) => warnings.push(line),
  );
  return warnings;
}

const deployWorker = (code: string) =>
  deploySmallFunction(tencent, testAccount, { name: worker.FunctionName, code });

test('the worker is told the command and the number of the keys in CAM, and no key', async () => {
  await deployWorker('exports.main = async () => ({ ok: true, data: null });');

  expect(await record()).toEqual([]);
  const sent = tencent.calls.find(({ action }) => action === 'scf.Invoke')?.parameters;
  expect(JSON.parse(String(sent?.ClientContext))).toEqual({
    action: 'auditDeploy',
    payload: { ...act, deployer: testAccount.uin },
  });
  expect(JSON.stringify(sent)).not.toContain(testAccount.secretId);
});

test.each([
  [
    'that refuses',
    'exports.main = async () => ({ ok: false, error: { message: "There is no action" } });',
    'There is no action',
  ],
  ['that fails', 'exports.main = async () => { throw new Error("no store"); };', 'no store'],
  ['that answers otherwise', 'exports.main = async () => "hello";', 'refused it'],
])('a worker %s is a warning, since the functions stand', async (_, code, words) => {
  await deployWorker(code);

  expect(await record()).toEqual([
    expect.stringMatching(
      new RegExp(`^WARNING: this deploy is not in the audit trail: .*${words}`),
    ),
  ]);
});

test('before the first deploy there is no worker, and no trail that could lack anything', async () => {
  expect(await record()).toEqual([]);
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { zipSync } from 'fflate';
import type { CloudRequest } from '../../../cloud/models/index.ts';
import { openTestCloud, type TestCloud } from '../../../testing/tools/test-cloud.ts';

type Create = CloudRequest<'scf', 'CreateFunction'>;
type Configure = CloudRequest<'scf', 'UpdateFunctionConfiguration'>;

let world: TestCloud;
const ZipFile = Buffer.from(
  zipSync({ 'index.js': Buffer.from('exports.main = () => 1;') }),
).toString('base64');
const id = { FunctionName: 'made', Namespace: 'default' };
const layer = [{ LayerName: 'tools', LayerVersion: 1 }];

beforeAll(async () => {
  world = await openTestCloud({ activationMs: 0 });
  await create(id.FunctionName, {});
});
afterAll(() => world.close());

function create(FunctionName: string, more: Partial<Create>) {
  return world.cloud.scf('CreateFunction', {
    ...id,
    FunctionName,
    Runtime: 'Nodejs24.11',
    Handler: 'index.main',
    Code: { ZipFile },
    ...more,
  });
}

const configure = (more: Partial<Configure>) =>
  world.cloud.scf('UpdateFunctionConfiguration', { ...id, ...more });

describe('what other tools say of a function is taken', () => {
  test.each<[string, Partial<Create>]>([
    ['with-topic', { AutoCreateClsTopic: 'TRUE', AutoDeployClsTopicIndex: 'TRUE' }],
    ['without-topic', { AutoCreateClsTopic: 'FALSE' }],
    ['without-layers', { Layers: [] }],
  ])('when it is made, %s', async (name, more) => {
    await create(name, more);

    const found = await world.cloud.scf('GetFunction', { ...id, FunctionName: name });
    expect(found).toMatchObject({ FunctionName: name, Status: 'Active' });
  });

  test('when it changes: no layers, and no version of it', async () => {
    await configure({ Layers: [], Publish: 'FALSE', Timeout: 7 });
    await world.cloud.scf('UpdateFunctionCode', { ...id, ZipFile, Publish: 'FALSE' });

    expect(await world.cloud.scf('GetFunction', id)).toMatchObject({ Timeout: 7 });
  });
});

describe('what the account does not have, or the emulator does not do, is refused', () => {
  test.each<[string, string, () => Promise<unknown>]>([
    [
      'a layer when it is made',
      'ResourceNotFound.LayerVersion',
      () => create('layered', { Layers: layer }),
    ],
    ['a layer', 'ResourceNotFound.LayerVersion', () => configure({ Layers: layer })],
    ['a version', 'UnsupportedOperation', () => configure({ Publish: 'TRUE' })],
    [
      'a version of the code',
      'UnsupportedOperation',
      () => world.cloud.scf('UpdateFunctionCode', { ...id, ZipFile, Publish: 'TRUE' }),
    ],
    [
      'a word that is neither TRUE nor FALSE',
      'InvalidParameterValue.AutoCreateClsTopic',
      () => create('odd', { AutoCreateClsTopic: 'yes' }),
    ],
  ])('%s', async (_, code, call) => {
    await expect(call()).rejects.toMatchObject({ code });
  });

  test('and leaves nothing behind', () => {
    const names = world.tencent.functions().map(({ FunctionName }) => FunctionName);

    expect(names).not.toContain('layered');
    expect(names).not.toContain('odd');
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseCloudbaserc, readCloudbaseFunctions, withDefaults } from './cloudbaserc.ts';

const root = path.resolve(import.meta.dirname, '../../..');

const fn = (more: object = {}) => ({
  name: 'callback',
  handler: 'index.main',
  runtime: 'Nodejs24.11',
  memorySize: 256,
  timeout: 10,
  installDependency: false,
  envVariables: {},
  ...more,
});
const file = (functions: readonly object[], more: object = {}) =>
  JSON.stringify({
    version: '2.0',
    envId: '{{env.E}}',
    functionRoot: './dist',
    functions,
    ...more,
  });

describe('what functions have in common', () => {
  test('is filled in, and what a function says wins, object by object', () => {
    const publicNetConfig = { publicNetStatus: 'ENABLE', eipConfig: { eipStatus: 'ENABLE' } };
    const [first, second] = parseCloudbaserc(
      file(
        [
          fn({ memorySize: undefined }),
          fn({ name: 'metrics', publicNetConfig: { eipConfig: { eipStatus: 'DISABLE' } } }),
        ],
        { functionDefaultConfig: { publicNetConfig, memorySize: 512 } },
      ),
      {},
    );

    expect(first).toMatchObject({ memorySize: 512, publicNetConfig });
    expect(second).toMatchObject({
      memorySize: 256,
      publicNetConfig: { publicNetStatus: 'ENABLE', eipConfig: { eipStatus: 'DISABLE' } },
    });
  });

  test('is checked where it stands', () => {
    const json = file([fn()], { functionDefaultConfig: { timeoutt: 3 } });

    expect(() => parseCloudbaserc(json, {})).toThrow('functionDefaultConfig.timeoutt');
  });
});

test.each<[string, object, string]>([
  ['a typo', { memorysize: 1 }, 'functions.0.memorysize'],
  ['a typo deeper down', { publicNetConfig: { publicNetStatus: 'ENABLE', eip: {} } }, 'eip'],
  ['an old runtime', { runtime: 'Nodejs18.15' }, 'Node.js 20 or newer'],
  ['an installation in the cloud', { installDependency: true }, 'installDependency'],
  ['a trigger of another kind', { triggers: [{ name: 'a', type: 'cos', config: '' }] }, 'type'],
  ['a path that is none', { path: 'callback' }, '/callback'],
  ['half a variable', { description: 'of {{env.STAGE}}' }, 'functions.0.description: a variable'],
])('%s is refused', (_, more, words) => {
  expect(() => parseCloudbaserc(file([fn(more)]), {})).toThrow(words);
});

test('what the CLI knows is taken', () => {
  const all = {
    type: 'HTTP',
    instanceConcurrencyConfig: { dynamicEnabled: 'FALSE', maxConcurrency: 20 },
    layers: [{ name: 'fonts', version: 2 }],
    vpc: { vpcId: 'vpc-1', subnetId: 'subnet-1' },
    publicNetConfig: { publicNetStatus: 'ENABLE', eipConfig: { eipStatus: 'ENABLE' } },
    ignoreSysLog: true,
    deadLetterConfig: { type: 'Topic', name: 'dead' },
    initTimeout: 30,
    asyncRunEnable: 'TRUE',
    tags: [{ key: 'stage', value: 'prod' }],
  };

  expect(parseCloudbaserc(file([fn(all)]), {})).toEqual([fn(all)]);
});

test('variables are filled in everywhere, and the runtime has a default', () => {
  const env = withDefaults(root, { WECHAT_APPID: 'wx1', SCF_RUNTIME: '' });
  const [callback] = readCloudbaseFunctions(root, env, ['callback']);

  expect(callback).toMatchObject({ runtime: 'Nodejs24.11', envVariables: { WECHAT_APPID: 'wx1' } });
  const old = withDefaults(root, { SCF_RUNTIME: 'Nodejs20.19' });
  const runtimes = readCloudbaseFunctions(root, old, []).map(({ runtime }) => runtime);
  expect(new Set(runtimes)).toEqual(new Set(['Nodejs20.19']));
});

test('no function of the file says again what all have in common', () => {
  const { functionDefaultConfig, functions } = JSON.parse(
    readFileSync(path.join(root, 'cloudbaserc.json'), 'utf8'),
  ) as { functionDefaultConfig: object; functions: readonly object[] };
  const again = functions.flatMap((each) =>
    Object.entries(each).filter(
      ([key, value]) =>
        JSON.stringify(functionDefaultConfig[key as never]) === JSON.stringify(value),
    ),
  );

  expect(again).toEqual([]);
});

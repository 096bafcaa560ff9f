import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { zipSync } from 'fflate';
import { openTestCloud, type TestCloud } from '../../testing/tools/test-cloud.ts';
import { type Deployment, deployFunction, isDeployed } from './deploy-function.ts';
import { type FunctionConfig, planFunction } from './plan.ts';

let world: TestCloud;
beforeEach(async () => {
  world = await openTestCloud();
});
afterEach(() => world.close());

const config: FunctionConfig = {
  handler: 'index.main',
  description: 'Answers',
  url: true,
  environment: { variables: { GREETING: 'hello' } },
  events: [{ timer: { name: 'minute', parameters: { cronExpression: '0 * * * * * *' } } }],
};

/** So that the same source is the same package. */
const LONG_AGO = new Date(1980, 0, 1);

function deployment(code = 'first', changes: Partial<FunctionConfig> = {}): Deployment {
  const source = `exports.main = async () => ${JSON.stringify(code)};\n`;
  return {
    name: 'fuwuhao-dev-menu',
    plan: planFunction({ ...config, ...changes }, {}),
    zip: Buffer.from(zipSync({ 'index.js': Buffer.from(source) }, { mtime: LONG_AGO })),
    tags: { Application: 'fuwuhao', Stage: 'dev' },
  };
}

const deploy = (wanted: Deployment) => deployFunction(world.cloud, wanted);
const changes = () => world.calls().filter((action) => !/^(Get|List)/.test(action));
const running = async () => {
  const answer = await world.cloud.scf('Invoke', { FunctionName: 'fuwuhao-dev-menu' });
  return JSON.parse(answer.Result?.RetMsg ?? '') as unknown;
};

describe('a function', () => {
  test('is made with its code in the request, and then left as it is', async () => {
    expect(await deploy(deployment())).toBe('created, address created, timer minute created');
    expect(changes()).toEqual(['CreateFunction', 'CreateTrigger', 'CreateTrigger']);
    expect(await isDeployed(world.cloud, deployment())).toBe(true);

    expect(await deploy(deployment())).toBe('unchanged');
    expect(changes()).toEqual([]);
    expect(await running()).toBe('first');
  });

  test.each<[string, Deployment, string, string[]]>([
    [
      'a variable',
      deployment('first', { environment: { variables: { GREETING: 'hi' } } }),
      'settings updated',
      ['UpdateFunctionConfiguration'],
    ],
    [
      'code',
      deployment('second'),
      'code updated',
      ['UpdateFunctionConfiguration', 'UpdateFunctionCode', 'UpdateFunctionConfiguration'],
    ],
    [
      'retries',
      deployment('first', { asyncInvoke: { maxRetries: 0 } }),
      'retries changed',
      ['UpdateFunctionEventInvokeConfig'],
    ],
    ['a timer', deployment('first', { events: [] }), 'timer minute deleted', ['DeleteTrigger']],
  ])('takes other %s and nothing else', async (_, wanted, told, called) => {
    await deploy(deployment());
    changes();

    expect(await isDeployed(world.cloud, wanted)).toBe(false);
    expect(await deploy(wanted)).toBe(told);
    expect(changes()).toEqual(called);
    expect(await isDeployed(world.cloud, wanted)).toBe(true);
  });

  test('code is sent again when it is told to', async () => {
    await deploy(deployment());
    expect(await isDeployed(world.cloud, { ...deployment(), isForced: true })).toBe(false);
    expect(await deploy({ ...deployment(), isForced: true })).toBe('code updated');
  });

  test('a package that no request holds goes through COS', async () => {
    const wanted = deployment();
    const zip = Buffer.from(
      zipSync(
        {
          'index.js': Buffer.from('exports.main = async () => "large";'),
          large: randomBytes(21e6),
        },
        { level: 0 },
      ),
    );

    await deploy({ ...wanted, zip });

    expect(world.tencent.buckets.all().map(({ key }) => key)).toEqual([
      expect.stringMatching(/^fuwuhao-dev-menu\/[0-9a-f]{32}\.zip$/),
    ]);
    expect(await running()).toBe('large');
  });
});

describe('an HTTP function', () => {
  const server = `
    require('node:http').createServer((request, response) => response.end('served ' + request.url))
      .listen(process.env.PORT ?? 9000);`;
  const script = '#!/bin/sh\nexec node server.js\n';

  function httpDeployment(changes: Partial<FunctionConfig> = {}): Deployment {
    const files = { scf_bootstrap: Buffer.from(script), 'server.js': Buffer.from(server) };
    return {
      ...deployment('first', { type: 'http', concurrency: 20, ...changes }),
      zip: Buffer.from(zipSync(files, { mtime: LONG_AGO })),
    };
  }

  test('is made with its concurrency and takes requests at its address', async () => {
    await deploy(httpDeployment());

    const found = await world.cloud.scf('GetFunction', { FunctionName: 'fuwuhao-dev-menu' });
    expect(found.Type).toBe('HTTP');
    expect(found.InstanceConcurrencyConfig).toMatchObject({ MaxConcurrency: 20 });
    const { url } = world.tencent.scf('default');
    const response = await fetch(`${url}/fuwuhao-dev-menu/a?b=1`);
    expect(await response.text()).toBe('served /a?b=1');
    expect(await isDeployed(world.cloud, httpDeployment())).toBe(true);
  });

  test('takes another concurrency, and nothing else is sent', async () => {
    await deploy(httpDeployment());
    changes();

    expect(await deploy(httpDeployment({ concurrency: 50 }))).toBe('settings updated');
    expect(changes()).toEqual(['UpdateFunctionConfiguration']);
  });

  test('cannot be made of an event function, and says what to do', async () => {
    await deploy(deployment());

    await expect(deploy(httpDeployment())).rejects.toThrow(
      'It is of the type Event and SCF cannot change that to HTTP: deploy another stage',
    );
    expect(() => deployment('first', { concurrency: 2 })).toThrow('without `type: http`');
  });
});

describe('what goes wrong on the way', () => {
  test('a deploy that ended between code and settings is never taken for done', async () => {
    await deploy(deployment('first'));
    world.tencent.faults.add({ action: 'UpdateFunctionCode', code: 'InternalError' });
    await expect(deploy(deployment('second'))).rejects.toThrow('InternalError');
    expect(await isDeployed(world.cloud, deployment('first'))).toBe(false);

    let configurations = 0;
    world.tencent.faults.add({
      action: 'UpdateFunctionConfiguration',
      code: 'InternalError',
      when: () => {
        configurations += 1;
        return configurations === 1;
      },
    });
    // The mark is gone already, so the code comes first now; the settings after it fail.
    await expect(deploy(deployment('second'))).rejects.toThrow('InternalError');
    expect(await running()).toBe('second');
    expect(await isDeployed(world.cloud, deployment('first'))).toBe(false);

    expect(await deploy(deployment('first'))).toContain('code updated');
    expect(await running()).toBe('first');
  });

  test.each(['FailedOperation.FunctionStatusError', 'ResourceInUse'])(
    'a cloud that is busy (%s) is asked again',
    async (code) => {
      await deploy(deployment());
      world.tencent.faults.add({ action: 'UpdateFunctionCode', code, times: 2 });

      expect(await deploy(deployment('second'))).toBe('code updated');
      expect(await running()).toBe('second');
    },
  );

  test.each<[string, (world: TestCloud) => void, RegExp]>([
    [
      'an owner who has not proved who he is',
      ({ tencent }) => {
        tencent.conditions.hasRealName = false;
      },
      /实名认证.*https:\/\/console\.cloud\.tencent\.com\/developer\/auth; then run this again/,
    ],
    [
      'an account in arrears',
      ({ tencent }) => {
        tencent.conditions.isInArrears = true;
      },
      /in arrears.*pay at https:\/\/console\.cloud\.tencent\.com\/expense\/recharge, then run this again/,
    ],
    [
      'a closed log service',
      ({ tencent }) => {
        tencent.logs.isOpen = false;
      },
      /SCF says CreateFailed.*UnOpenedService.*`npm run setup`, or at https:\/\/console\.cloud\.tencent\.com\/cls; then run this again/,
    ],
    [
      'a quota that is used up',
      ({ tencent }) => {
        tencent.conditions.functionQuota = 0;
      },
      /LimitExceeded\.Function.*https:\/\/console\.cloud\.tencent\.com\/scf.*then run this again/,
    ],
  ])('%s is said, and what to do; then the same deploy goes well', async (_, arrange, words) => {
    arrange(world);

    await expect(deploy(deployment())).rejects.toThrow(words);

    Object.assign(world.tencent.conditions, {
      hasRealName: true,
      isInArrears: false,
      functionQuota: 50,
    });
    world.tencent.logs.isOpen = true;
    expect(await deploy(deployment())).toContain('created');
  });

  test('a role that is not there is said, and how to make it', async () => {
    await expect(deploy(deployment('first', { role: 'fuwuhao-none' }))).rejects.toThrow(
      /no role fuwuhao-none.*npm run setup/,
    );
  });

  test('a change that SCF could not carry out is a failure with its reason', async () => {
    await deploy(deployment());
    world.tencent.conditions.endIn({
      Status: 'UpdateFailed',
      ErrorCode: 'InternalError.System',
      ErrorMessage: 'The code could not be fetched.',
      FunctionName: 'fuwuhao-dev-menu',
    });

    await expect(deploy(deployment('second'))).rejects.toThrow(
      /SCF says UpdateFailed.*InternalError\.System.*could not be fetched/,
    );
    expect(await running()).toBe('first');
    expect(await deploy(deployment('second'))).toContain('code updated');
    expect(await running()).toBe('second');
  });

  test('a function that falls back for seconds after it was active is waited for', async () => {
    await deploy(deployment());
    world.tencent.conditions.relapses = 3;

    expect(await deploy(deployment('second'))).toBe('code updated');
    expect(await running()).toBe('second');
  });

  test('an address whose settings the cloud does not change is a warning', async () => {
    const withCors = deployment('first', { url: { cors: {} } });
    await deploy(deployment());
    world.tencent.conditions.changesAddresses = false;

    expect(await deploy(withCors)).toMatch(
      /^WARNING: the address works but keeps its settings.*UnsupportedOperation\.Trigger.*console/,
    );
    world.tencent.faults.add({ action: 'UpdateTrigger', code: 'UnsupportedOperation.Trigger' });
    const timer = { name: 'minute', parameters: { cronExpression: '0 0 * * * * *' } };
    await expect(deploy(deployment('first', { events: [{ timer }] }))).rejects.toThrow(
      'UnsupportedOperation.Trigger',
    );
  });
});

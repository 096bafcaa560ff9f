import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { zipSync } from 'fflate';
import { openTestCloud, type TestCloud } from '../../testing/tools/test-cloud.ts';
import { deployFunction } from './deploy-function.ts';
import { findLeftovers } from './inventory.ts';
import { planFunction } from './plan.ts';

let world: TestCloud;
beforeEach(async () => {
  world = await openTestCloud();
});
afterEach(() => world.close());

test('leftovers are what is deployed of this service and stage, and stands in no serverless.yml', async () => {
  const zip = Buffer.from(zipSync({ 'index.js': Buffer.from('exports.main = () => 1;') }));
  const plan = planFunction({ handler: 'index.main' }, {});
  const deploy = (name: string, Stage: string, Application = 'fuwuhao') =>
    deployFunction(world.cloud, { name, plan, zip, tags: { Application, Stage } });
  await deploy('fuwuhao-dev-menu', 'dev');
  await deploy('fuwuhao-dev-old-name', 'dev');
  await deploy('fuwuhao-dev-deploying', 'dev');
  // The stage `dev-eu` begins with the same letters, and so does what somebody else made by hand.
  await deploy('fuwuhao-dev-eu-menu', 'dev-eu');
  await deploy('fuwuhao-dev-by-hand', 'dev', 'shop');
  for (let at = 0; at < 25; at += 1) await deploy(`other-${at}-menu`, 'dev', 'other');

  const found = await findLeftovers(world.cloud, {
    root: '',
    stage: 'dev',
    region: 'ap-shanghai',
    bucket: '',
    name: 'fuwuhao',
    prefix: 'fuwuhao-dev',
    tags: { Application: 'fuwuhao', Stage: 'dev' },
    provider: {},
    functions: { menu: { handler: 'index.main' } },
  });

  expect(found).toEqual(['fuwuhao-dev-old-name']);
});

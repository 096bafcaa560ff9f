import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  type DeployFixture,
  fixtureEnvId,
  openDeployFixture,
} from '../testing/tools/deploy-fixture.ts';

/** The commands that deploy, in the folder of a bot alone, against the emulated cloud. */
let fixture: DeployFixture;
const follower = 'oFollower000000000000000000001';

beforeAll(async () => {
  fixture = await openDeployFixture({ isBot: true });
});
afterAll(() => fixture.close());

const fuwuhao = (...args: string[]) =>
  fixture.run(['node_modules/fuwuhao/scripts/run.mjs', ...args]);

async function help(url: string): Promise<unknown> {
  const { outcome } = await fixture
    .push(url)
    .send({ type: 'text', openid: follower, Content: 'help' });
  return 'reply' in outcome ? outcome.reply : outcome;
}
const answered = expect.objectContaining({ content: expect.stringContaining('Send') });

test('npm run deploy brings up the account of the folder on SCF', async () => {
  const ran = await fuwuhao('deploy');

  expect([ran.code, ran.stderr]).toEqual([0, expect.stringContaining('callback: created')]);
  const url = /^callback: (https:\S+)$/m.exec(ran.stdout)?.[1] ?? '';
  expect(await help(url)).toEqual(answered);
});

test('npm run deploy:tcb deploys it into CloudBase', async () => {
  const ran = await fuwuhao('deploy:tcb');

  expect([ran.code, ran.code === 0 ? '' : ran.output]).toEqual([0, '']);
  expect(await help(`https://${fixtureEnvId}.ap-shanghai.app.tcloudbase.com/callback`)).toEqual(
    answered,
  );
});

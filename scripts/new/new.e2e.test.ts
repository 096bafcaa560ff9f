import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildFunctions } from '../build/build.ts';
import type { PushAccount } from '../emulator/wechat/push/account.ts';
import { createPush } from '../emulator/wechat/push/push.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'new-'));
const bot = path.join(folder, 'my-bot');
const running: ChildProcess[] = [];
// On a developer's machine, where files are written that in CI must be there.
const env = { ...process.env, CI: '' };
const inBot = (name: string) => path.join(bot, name);

/** A command as npm runs it there: the program `fuwuhao`, with nothing of this checkout around it. */
async function fuwuhao(...args: string[]): Promise<string> {
  const file = inBot('node_modules/.bin/fuwuhao');
  const { stdout, stderr } = await promisify(execFile)(file, args, { cwd: bot, env });
  return stdout + stderr;
}

const account = `import { Router, session, variable } from 'fuwuhao';
import * as v from 'valibot';
import { greeting } from './greeting.ts';

const visits = session({
  name: 'visits',
  schema: v.object({ count: v.number() }),
  initial: { count: 0 },
  expiresAfterMinutes: 60,
});

export const account = new Router({ SHOP: variable.text('Name of the shop', { default: '茶馆' }) })
  .text('ping', (ctx) => ctx.reply(\`pong from \${ctx.env.SHOP}\`))
  .text(
    'again',
    visits.with(async (ctx, state) => {
      state.count += 1;
      ctx.reply(String(state.count));
    }),
  )
  .event('subscribe', (ctx) => ctx.reply(greeting));
`;
const accountTest = `import { talk } from 'fuwuhao';
import { expect, test } from 'fuwuhao/testing';
import { account } from './account.ts';

test('answers', async () => {
  expect(await talk(account, { type: 'text', content: 'ping' })).toMatchObject({
    content: 'pong from 茶馆',
  });
});
`;

beforeAll(async () => {
  const made = [path.join(root, 'scripts/run.mjs'), 'new', bot, '--json'];
  // npm has all that it needs on this machine.
  const offline = { ...env, npm_config_offline: 'true' };
  await promisify(execFile)(process.execPath, made, { cwd: root, env: offline });
  // Whatever the account of this checkout is, this is what its author makes of it.
  writeFileSync(inBot('src/account.ts'), account);
  writeFileSync(inBot('src/account.test.ts'), accountTest);
  writeFileSync(inBot('src/greeting.ts'), "export const greeting = '欢迎！';\n");
});
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

test('npm run check: variables, types, lint and tests of the folder, which holds the files of its author alone', async () => {
  const output = await fuwuhao('check');

  expect(output).toContain('Written: serverless.yml, cloudbaserc.json, .env.example.');
  expect(output).toMatch(/^Tests: +2 passed, 2 total$/m);
  expect(readFileSync(inBot('serverless.yml'), 'utf8')).toContain('\nservice: my-bot\n');
  expect(readFileSync(inBot('.env.example'), 'utf8')).toContain('# Name of the shop\nSHOP=茶馆\n');
});

test('npm start answers by the account of the folder, and runs at once what is saved there', async () => {
  const child = spawn(inBot('node_modules/.bin/fuwuhao'), ['start', '--json', '--port', '0'], {
    ...{ cwd: bot, env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  const errors = createInterface({ input: child.stderr });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`npm start ended with ${code}.`);
  });
  const isReady = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>;
  const [line] = await Promise.race([isReady, ended]);
  const ready = JSON.parse(line) as { readonly callback: string; readonly account: PushAccount };
  const push = createPush({
    account: ready.account,
    callbackUrl: ready.callback,
    now: Date.now,
  });
  const answerTo = async (Content: string) =>
    (await push.send({ openid: 'oAlice', type: 'text', Content })).outcome;

  expect(await answerTo('ping')).toMatchObject({ reply: { content: 'pong from 茶馆' } });

  const isSwapped = (async () => {
    for await (const said of errors) if (said.includes('callback')) return;
  })();
  writeFileSync(inBot('src/account.ts'), account.replace("'ping'", "'ding'"));
  await isSwapped;
  expect(await answerTo('ding')).toMatchObject({ reply: { content: 'pong from 茶馆' } });
  child.kill('SIGTERM');
  await expect(ended).rejects.toThrow('npm start ended with 0.');
  writeFileSync(inBot('src/account.ts'), account);
});

test('npm run build makes the bundles that a checkout with this account would be deployed as', async () => {
  await fuwuhao('build', 'callback', 'worker', '--sbom');

  const outDir = path.join(folder, 'built');
  const only = ['callback', 'worker'];
  await buildFunctions({ root, account: inBot('src/account.ts'), outDir, only });
  for (const name of only) {
    for (const file of readdirSync(path.join(outDir, name))) {
      const [ours, theirs] = [outDir, inBot('dist')].map((dist) =>
        readFileSync(path.join(dist, name, file)),
      );
      expect([name, file, theirs?.equals(ours ?? Buffer.of())]).toEqual([name, file, true]);
    }
  }
  const sbom = JSON.parse(readFileSync(inBot('dist/sbom.json'), 'utf8')) as {
    readonly components: readonly { readonly name: string }[];
  };
  expect(sbom.components.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['callback', 'worker', 'fuwuhao', '@cloudbase/node-sdk']),
  );
});

test('what does not build is named as the author knows it', async () => {
  writeFileSync(inBot('src/account.ts'), `${account}\nexport const = 1;\n`);

  await expect(fuwuhao('build', 'callback')).rejects.toThrow(/^ +src\/account\.ts:\d+:\d+:$/m);
  writeFileSync(inBot('src/account.ts'), account);
});

test('a command of the checkout says that it is one', async () => {
  await expect(fuwuhao('soak')).rejects.toThrow('"soak" is a command of a checkout of fuwuhao');
});

test('npm run new refuses a folder with something in it, and one in fuwuhao itself', async () => {
  const made = (name: string) =>
    promisify(execFile)(process.execPath, [path.join(root, 'scripts/run.mjs'), 'new', name]);

  await expect(made(bot)).rejects.toThrow('my-bot is not empty: name a new folder.');
  await expect(made(path.join(root, 'scripts/new'))).rejects.toThrow('name a');
});

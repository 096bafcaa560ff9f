import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freePort } from '../free-port.ts';
import { type Emulation, startEmulation } from './emulation.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'inspect-'));
const account = path.join(folder, 'account.ts');
let port: number;
let emulation: Emulation;

beforeAll(async () => {
  port = await freePort();
  writeFileSync(
    account,
    `import { Router } from '${path.join(root, 'shared/index.ts')}';
    export const account = new Router().on('text', async (ctx) => ctx.reply(ctx.message.content));`,
  );
  emulation = await startEmulation({
    root,
    account,
    port: 0,
    mode: 'safe',
    timers: 'hand',
    reloads: true,
    inspectPort: port,
  });
});

afterAll(async () => {
  await emulation.close();
  rmSync(folder, { recursive: true });
});

interface Target {
  readonly type: string;
  /** The file that the process runs. */
  readonly url: string;
  readonly webSocketDebuggerUrl: string;
}

const targets = async () =>
  (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as readonly Target[];
const say = (Content: string) => emulation.push.send({ openid: 'oAlice', type: 'text', Content });

test('a debugger finds one process, which runs on between messages, and the sources of its code', async () => {
  const said = await Promise.all([say('one'), say('two'), say('three')]);

  const [target, ...others] = await targets();
  const file = fileURLToPath(target?.url ?? '');
  const code = readFileSync(file, 'utf8');
  const link = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(code)?.[1] ?? '';
  const map = JSON.parse(readFileSync(path.join(path.dirname(file), link), 'utf8')) as {
    readonly sources: readonly string[];
  };

  expect(said.map(({ outcome }) => outcome.kind)).toEqual(['reply', 'reply', 'reply']);
  expect(others).toEqual([]);
  expect(target?.webSocketDebuggerUrl).toContain(`127.0.0.1:${port}`);
  expect(map.sources).toContain(account);
  expect(map.sources).toContain(path.join(root, 'shared/account/router.ts'));
  expect(emulation.scf.instances().filter((each) => each.function === 'callback')).toHaveLength(1);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { localTime } from '../project/local-time.ts';
import { keepRunning } from '../project/running.ts';
import { invoke } from './invoke.ts';

const servers: Server[] = [];
const forget: (() => void)[] = [];

afterEach(async () => {
  for (const each of forget.splice(0)) each();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A control endpoint that always answers the same. */
const setUp = (answer: unknown) => setUpInTurn([answer]);

/** One that gives these answers in turn, and then the last one again. */
async function setUpInTurn(answers: readonly unknown[]) {
  const seen: unknown[] = [];
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      seen.push([request.method, request.url, request.headers['content-type'], body]);
      const answer = answers[Math.min(seen.length, answers.length) - 1];
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  forget.push(keepRunning({ port, page: `http://127.0.0.1:${port}/KEY/`, root: '/elsewhere' }));
  return { seen, run: (...args: string[]) => run('--port', String(port), ...args) };
}

async function run(...args: string[]) {
  const printed: string[] = [];
  const complaints: string[] = [];
  const exitCode = await invoke(args, ['mass-send', 'material', 'menu', 'console'], {
    language: 'en',
    print: (text) => printed.push(text),
    progress: (text) => printed.push(text),
    pause: async () => {},
    complain: (text) => complaints.push(stripVTControlCharacters(text)),
  });
  return { exitCode, printed: printed.join('\n'), complaints: complaints.join('\n') };
}

const ok = (data: unknown) => ({ ok: true, data, requestId: 'r' });

describe('npm run invoke', () => {
  test('sends the function, the action and the payload', async () => {
    const { run, seen } = await setUp(ok(null));

    const { exitCode, printed } = await run('menu', 'create', '{"button":[]}');
    await run('menu', 'get');

    expect([exitCode, printed]).toEqual([0, 'Done.']);
    const [method, url, type] = ['POST', '/KEY/emulator/invoke', 'application/json'];
    expect(seen).toEqual([
      [
        method,
        url,
        type,
        { function: 'menu', event: { action: 'create', payload: { button: [] } } },
      ],
      [method, url, type, { function: 'menu', event: { action: 'get' } }],
    ]);
  });

  test('reads a payload from a file, and the files that it names', async () => {
    const { run, seen } = await setUp(ok(null));

    await run('material', 'add', '@examples/image.json');

    expect(seen).toMatchObject([
      [
        'POST',
        '/KEY/emulator/invoke',
        'application/json',
        {
          event: {
            payload: {
              type: 'image',
              file: { name: 'cover.png', base64: expect.stringMatching(/^iVBORw0KGgo/) },
            },
          },
        },
      ],
    ]);
  });

  describe('takes the bytes of a file as what they are', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'invoke-'));
    afterAll(() => rmSync(folder, { recursive: true }));
    const file = (bytes: Uint8Array) => {
      const name = path.join(folder, 'menu.json');
      writeFileSync(name, bytes);
      return `@${name}`;
    };

    test('UTF-8 with a byte order mark is taken', async () => {
      const { run, seen } = await setUp(ok(null));

      await run('menu', 'create', file(Buffer.from('\ufeff{"button":[]}')));

      expect(seen).toMatchObject([[{}, {}, {}, { event: { payload: { button: [] } } }]]);
    });

    test('another encoding is refused before anything is sent, and named', async () => {
      const { run, seen } = await setUp(ok(null));
      const gbk = Buffer.from('7b2262757474 6f6e223a22b2cbb5a5227d'.replaceAll(' ', ''), 'hex');

      const { exitCode, complaints } = await run('menu', 'create', file(gbk));

      expect(exitCode).toBe(2);
      expect(complaints).toMatch(/menu\.json is not UTF-8: it looks like GBK/);
      expect(seen).toEqual([]);
    });

    test('an argument of another encoding is refused', async () => {
      const { run, seen } = await setUp(ok(null));

      const { exitCode, complaints } = await run('menu', 'create', '{"button":"��"}');

      expect(exitCode).toBe(2);
      expect(complaints).toContain('The payload is not UTF-8');
      expect(seen).toEqual([]);
    });
  });

  test('makes the secret of an invitation here, and shows its link once', async () => {
    const { run, seen } = await setUp(ok({ name: '小李', role: 'manage' }));

    const { printed } = await run('console', 'invite', '{"name": "小李", "role": "manage"}');

    const [link, secret] =
      /http:\/\/localhost:\d+\/console\/#invite=([\w-]{43})/.exec(printed) ?? [];
    expect(link).toBeDefined();
    expect(JSON.stringify(seen)).toContain(`"name":"小李","role":"manage","secret":"${secret}"`);
  });

  test('prints lists as tables, with Chinese in line and inner lists set in', async () => {
    const { run } = await setUp(
      ok({
        menu: {
          menuid: '7',
          button: [
            { type: 'click', name: '歌曲', key: 'SONG' },
            { name: '更多', sub_button: [{ type: 'view', name: 'Shop', url: 'https://a.cn' }] },
          ],
        },
      }),
    );

    expect((await run('menu', 'get')).printed).toBe(
      [
        'menu.menuid  7',
        '',
        'menu.button:',
        'type    name  key   url',
        'click   歌曲  SONG',
        '        更多',
        '  view  Shop        https://a.cn',
      ].join('\n'),
    );
  });

  test('prints a single inner row in the line of its outer one, unless both have the same fields', async () => {
    const { run } = await setUp(
      ok({ items: [{ media_id: 'm', content: { news_item: [{ title: '春' }] } }] }),
    );

    expect((await run('material', 'listDrafts')).printed).toBe(
      ['items:', 'media_id  title', 'm         春'].join('\n'),
    );
  });

  test('prints times as times, and long texts and control characters safely', async () => {
    const { run } = await setUp(
      ok({
        items: [{ name: `\u001b[2J${'长'.repeat(50)}`, update_time: 1_767_225_600 }],
        total: 1,
        cursor: null,
      }),
    );

    const { printed } = await run('material', 'list');

    expect(printed).toContain(localTime(1_767_225_600_000));
    expect(printed).toContain('�[2J长');
    expect(printed).toContain('长…');
    expect(printed).not.toContain('\u001b');
    expect(printed).toMatch(/^total +1\ncursor +null\n\nitems:/);
  });

  test.each([
    ['ms', 1_795_909_060_463],
    ['ISO 8601 in UTC', '2026-11-28T23:37:40.463Z'],
  ])('prints a time in %s as one of the local zone', async (_, startedAt) => {
    const { run } = await setUp(ok({ startedAt, followers: 1_000_000 }));

    const { printed } = await run('menu', 'get');

    const [, time = ''] = /^startedAt +(\S+)\nfollowers +1000000$/.exec(printed) ?? [];
    expect(time).toMatch(/^2026-11-2[89]T\d\d:\d\d:40[+-]\d\d:\d\d$/);
    expect(Date.parse(time)).toBe(1_795_909_060_000);
    expect(new Date(time).getHours()).toBe(Number(time.slice(11, 13)));
  });

  test('a list that is too wide is a table still, and names what it leaves out', async () => {
    const row = (id: string) => ({
      id,
      state: 'done',
      words: 'w'.repeat(40),
      more: 'm'.repeat(40),
      last: 'l'.repeat(40),
      small: 1,
    });
    const { run } = await setUp(ok({ massSends: [row('m1'), row('m2')] }));

    const lines = (await run('mass-send', 'list')).printed.split('\n');

    expect(lines.map((line) => line.split(/ {2,}/).length)).toEqual([1, 5, 5, 5, 1]);
    expect(lines[1]).toMatch(/^id +state +words +more +last$/);
    expect(lines[4]).toBe('(--json has more: small)');
  });

  test('--help after a function lists its actions, and after an action its payload', async () => {
    const list = await run('menu', '--help');
    const one = await run('qrcode', 'create', '--help');
    const short = await run('qrcode', '--help');

    expect(list.printed).toMatch(/^ {2}create +Replaces the default menu\.$/m);
    expect(one.printed).toMatch(/^Usage: npm run invoke -- qrcode create/);
    expect(one.printed).toMatch(/^ {2}days +number +1\.\.30, default 30$/m);
    expect(one.printed).toContain(`  npm run invoke -- qrcode create '{"scene":"shop-12"`);
    expect(short.printed).toMatch(/^ {2}stats +How many/m);
    expect([list, one, short].map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect(await run('menus', '--help')).toMatchObject({ exitCode: 2 });
  });

  test('prints an empty list, and lines in place of the lists that they describe', async () => {
    const empty = await setUp(ok({ items: [] }));
    expect((await empty.run('material', 'list')).printed).toBe('items:\n(none)');
    const diff = { identical: false, changes: [{ change: 'added' }], lines: ['+ button[0]'] };

    const { run } = await setUp(ok(diff));

    expect((await run('menu', 'diff')).printed).toBe('identical  false\n\n+ button[0]');
  });

  test('--json prints the whole outcome', async () => {
    const { run } = await setUp(ok({ a: 1 }));

    expect((await run('menu', 'get', '--json')).printed).toBe(JSON.stringify(ok({ a: 1 })));
  });

  test('--dry-run goes into the payload', async () => {
    const { run, seen } = await setUp(ok(null));

    await run('mass-send', 'submit', '{"requestId":"a"}', '--dry-run');
    const none = await run('mass-send', 'submit', '--dry-run');

    expect(seen.flat().at(-1)).toMatchObject({
      event: { payload: { requestId: 'a', dryRun: true } },
    });
    expect(none).toMatchObject({
      exitCode: 2,
      complaints: expect.stringContaining('--dry-run needs a payload'),
    });
  });

  test('--watch repeats the action until its work is over, shows a bar, and fails if that did not end well', async () => {
    const at = (state: string, progress: number, isOver = false) =>
      ok({ state, progress, isOver, lines: ['Batches: 1 done.'] });
    const { run } = await setUpInTurn([
      at('sending', 0.2),
      at('sending', 0.5),
      at('done', 1, true),
    ]);
    const stopped = await setUpInTurn([at('stopped', 1, true)]);
    const other = await setUpInTurn([ok({ a: 1 })]);

    const watched = await run('mass-send', 'status', '{"id":"m"}', '--watch');

    expect(watched.exitCode).toBe(0);
    expect(watched.printed.split('\n').slice(0, 3)).toEqual([
      `[${'#'.repeat(6)}${'-'.repeat(24)}]  20 %  sending`,
      `[${'#'.repeat(15)}${'-'.repeat(15)}]  50 %  sending`,
      `[${'#'.repeat(30)}] 100 %  done`,
    ]);
    expect(watched.printed).toContain('Batches: 1 done.');
    expect((await stopped.run('mass-send', 'status', '--watch')).exitCode).toBe(1);
    expect(await other.run('menu', 'get', '--watch')).toMatchObject({
      exitCode: 1,
      complaints: expect.stringContaining('--watch has nothing to show'),
    });
  });

  test('a payload that is not valid leads to the help of its action', async () => {
    const error = { code: 'invalid', message: 'The menu …', details: { issues: [{}] } };
    const { run } = await setUp({ ok: false, error });

    const { exitCode, complaints } = await run('menu', 'create', '{"a": 1}');

    expect(exitCode).toBe(1);
    expect(complaints).toBe(
      'invalid: The menu …\nWhat it takes: npm run invoke -- menu create --help',
    );
  });

  test('a failure is told, by the exit code too', async () => {
    const failure = { ok: false, error: { code: 'invalid', message: 'The menu …', details: {} } };
    const { run } = await setUp(failure);

    expect(await run('menu', 'create')).toEqual({
      exitCode: 1,
      printed: '',
      complaints: 'invalid: The menu …',
    });
    expect(await run('menu', 'create', '--json')).toEqual({
      exitCode: 1,
      printed: JSON.stringify(failure),
      complaints: '',
    });
  });

  test.each([
    ['no function', [], /Name a function\. Functions: mass-send, material, menu/],
    [
      'an unknown function',
      ['menus', 'get'],
      /no function "menus". Functions: mass-send, material, menu/,
    ],
    ['no action', ['menu'], /Name an action of menu/],
    ['two payloads', ['menu', 'create', '{}', '{}'], /An action takes one payload/],
    ['an unknown option', ['menu', 'get', '--jsn'], /--jsn/],
    ['a port that is none', ['menu', 'get', '--port', 'x'], /--port must be a number/],
  ])('%s is a mistake that the help follows', async (_, args, message) => {
    const { exitCode, printed, complaints } = await run(...args);

    expect([exitCode, printed]).toEqual([2, '']);
    expect(complaints).toMatch(message);
    expect(complaints).toContain('Usage: npm run invoke');
  });

  test.each([
    ['no JSON', ['menu', 'create', '{'], /no JSON/],
    [
      'a CSV as the payload',
      ['menu', 'create', '@examples/customers.csv'],
      /'\{"file": "@[^"]+\.csv"\}'/,
    ],
    ['a file that is not there', ['menu', 'create', '@none.json'], /none.json cannot be read/],
    ['an attachment that is not there', ['material', 'add', '{"file":"@none"}'], /none cannot be/],
  ])('%s is told alone: the usage would only hide it', async (_, args, message) => {
    const { exitCode, printed, complaints } = await run(...args);

    expect([exitCode, printed]).toEqual([2, '']);
    expect(complaints).toMatch(message);
    expect(complaints).not.toContain('Usage');
  });

  test('a file too large for an invocation is told how it goes all the same', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'invoke-'));
    const file = path.join(folder, 'ten-megabytes.png');
    writeFileSync(file, Buffer.alloc(10 * 1024 * 1024));
    try {
      const { exitCode, complaints } = await run('material', 'add', `{"file": "@${file}"}`);

      expect(exitCode).toBe(2);
      expect(complaints).toMatch(/an invocation takes 6291456;.*"file": \{"url": .*\{"fileId": /);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('--help lists the functions', async () => {
    const { exitCode, printed } = await run('--help');

    expect(exitCode).toBe(0);
    expect(printed).toContain('Functions: mass-send, material, menu, console.');
  });

  test('says what to do when npm start is not there, or is not what answers', async () => {
    const { run: runThere } = await setUp('<html>');

    const other = await runThere('menu', 'get');
    const absent = await run('--port', '1', 'menu', 'get');

    expect(other).toMatchObject({
      exitCode: 1,
      complaints: expect.stringContaining('Another program than `npm'),
    });
    expect(absent).toMatchObject({
      exitCode: 1,
      complaints: expect.stringContaining('Run `npm st'),
    });
  });
});

describe('npm run invoke -- … --url', () => {
  const KEY = 'k'.repeat(32);
  const before = process.env.INVOKE_KEY;
  beforeEach(() => {
    process.env.INVOKE_KEY = KEY;
  });
  afterEach(() => {
    if (before === undefined) delete process.env.INVOKE_KEY;
    else process.env.INVOKE_KEY = before;
  });

  async function container(status: number, answer: unknown) {
    const seen: unknown[] = [];
    const server = createServer((request, response) => {
      void json(request).then((body) => {
        seen.push([request.method, request.url, request.headers.authorization, body]);
        response.writeHead(status);
        response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return { seen, url: `http://127.0.0.1:${port}` };
  }

  test('invokes the function in the container, with its key', async () => {
    const { seen, url } = await container(200, ok({ menu: {} }));

    const { exitCode } = await run('menu', 'get', '--url', `${url}/`, '--json');

    expect(exitCode).toBe(0);
    expect(seen).toEqual([['POST', '/.functions/menu', `Bearer ${KEY}`, { action: 'get' }]]);
  });

  test.each([
    [401, '', 'INVOKE_KEY is another one there.'],
    [403, 'INVOKE_KEY is not set, so no function can be invoked here.', 'INVOKE_KEY is not set'],
    [404, 'There is no function of this name.', 'There is no function of this name'],
  ])('says what is wrong at HTTP %d, and never the key', async (status, answer, why) => {
    const { url } = await container(status, answer);

    const { exitCode, complaints } = await run('menu', 'get', '--url', url);

    expect(exitCode).toBe(1);
    expect(complaints).toContain(why);
    expect(complaints).not.toContain(KEY);
  });

  test('takes an address, and no port beside it', async () => {
    expect((await run('menu', 'get', '--url', 'callback')).exitCode).toBe(2);
    expect((await run('menu', 'get', '--url', 'http://x', '--port', '1')).exitCode).toBe(2);
  });
});

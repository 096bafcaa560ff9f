import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fakedTime } from '../../scripts/emulator/scf/faked-time.ts';
import { type Emulation, startEmulation } from '../../scripts/start/emulation.ts';
import { fixtureAccount } from '../../scripts/testing/tools/fixture-build.ts';

/** Each client file as a business system runs it: in its own runtime, against the shipped functions. */
const folder = import.meta.dirname;
const root = path.resolve(folder, '../..');
const built = mkdtempSync(path.join(tmpdir(), 'clients-'));
const at = (file: string) => path.join(folder, file);

interface Language {
  readonly name: string;
  /** What must be installed, each with the arguments by which it shows that it runs. */
  readonly needs: readonly (readonly string[])[];
  /** Turns the file into what `run` starts. */
  readonly build?: readonly string[];
  readonly run: readonly [string, ...string[]];
  /** It asks the kernel for the time: `faketime` moves the clock of the C library alone. */
  readonly hasOwnClock?: true;
  /** What opening a token needs and a plain installation may lack. */
  readonly tokenNeeds?: { readonly probe: readonly string[]; readonly otherwise: string };
}

const languages: readonly Language[] = [
  {
    name: 'Python',
    needs: [['python3', '--version']],
    run: ['python3', at('fuwuhao.py')],
    tokenNeeds: {
      probe: ['python3', '-c', 'import cryptography'],
      otherwise: 'invalid: A token is opened by AES-GCM: pip install cryptography',
    },
  },
  {
    name: 'Go',
    needs: [['go', 'version']],
    build: ['go', 'build', '-o', path.join(built, 'go-client'), at('fuwuhao.go')],
    run: [path.join(built, 'go-client')],
    hasOwnClock: true,
  },
  {
    name: 'Java',
    needs: [
      ['java', '-version'],
      ['javac', '-version'],
    ],
    build: ['javac', '-d', built, at('Fuwuhao.java')],
    run: ['java', '-cp', built, 'Fuwuhao'],
  },
  { name: 'PHP', needs: [['php', '--version']], run: ['php', at('fuwuhao.php')] },
];

const works = ([tool = '', ...args]: readonly string[]) => spawnSync(tool, args).status === 0;

let emulation: Emulation;
const secret = randomBytes(32).toString('base64url');

beforeAll(async () => {
  emulation = await startEmulation({
    root,
    account: fixtureAccount,
    port: 0,
    mode: 'safe',
    timers: 'hand',
    onLog() {},
  });
  const allow = ['menu.*', 'customerService.send', 'token:read'];
  const terms = { id: 'crm', allow, perSecond: 100, burst: 200, secret };
  const added = await emulation.scf.invoke('proxy-client', { action: 'add', payload: terms });
  expect(added).toMatchObject({ result: { ok: true } });
});
afterAll(async () => {
  rmSync(built, { recursive: true });
  await emulation.close();
});

for (const language of languages) {
  const reason = whyNotRun(language);
  if (reason === undefined) describe(language.name, () => testClient(language));
  else {
    const words = `${language.name}: the client is not run, since ${reason}`;
    console.warn(words);
    test.skip(words, () => {});
  }
}

function whyNotRun({ needs, hasOwnClock }: Language): string | undefined {
  const missing = needs.filter((probe) => !works(probe)).map(([tool]) => tool);
  if (missing.length > 0) return `${missing.join(' and ')} is not installed`;
  return hasOwnClock && process.env.FAKETIME ? 'faketime cannot move its clock' : undefined;
}

function testClient({ build, run: [command, ...first], tokenNeeds }: Language): void {
  beforeAll(() => {
    if (!build) return;
    const [compiler = '', ...args] = build;
    const { status, stderr } = spawnSync(compiler, args, { encoding: 'utf8' });
    expect({ status, words: status === 0 ? '' : stderr }).toEqual({ status: 0, words: '' });
  }, 180_000);

  function run(args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
    const client = { PROXY: emulation.urls.proxy, CLIENT: 'crm', SECRET: secret };
    const env = { ...process.env, LC_ALL: 'C.UTF-8', ...fakedTime(process.env), ...client };
    const options = { env: { ...env, ...variables } };
    return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
      execFile(command, [...first, ...args], options, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, stdout, stderr }),
      );
    });
  }

  test('signs the vector of the page', async () => {
    const { stdout } = await run(['--vector'], { PROXY: '', CLIENT: '', SECRET: '' });

    const lines = stdout.trim().split(/\r?\n/);
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      'x-fuwuhao-auth',
      'fuwuhao-signature',
    ]);
    const page = readFileSync(path.join(root, 'docs/proxy.md'), 'utf8').split('\n');
    for (const line of lines) expect(page).toContain(line);
  });

  test('calls, and WeChat answers', async () => {
    const menu = '{"button":[{"type":"click","name":"今日歌曲","key":"SONG"}]}';

    const created = await run(['POST', '/cgi-bin/menu/create', menu]);
    const read = await run(['GET', '/cgi-bin/menu/get']);

    expect([created.stderr, JSON.parse(created.stdout)]).toMatchObject(['', { errcode: 0 }]);
    expect(JSON.parse(read.stdout)).toMatchObject({ menu: { button: [{ name: '今日歌曲' }] } });
  });

  test('sends once by one key, however often it is tried', async () => {
    const openid = `o${randomBytes(8).toString('hex')}`;
    emulation.wechatApi.followers.note({ openid, type: 'text', Content: 'hi' });
    const message = JSON.stringify({ touser: openid, msgtype: 'text', text: { content: '你好' } });
    const args = ['POST', '/cgi-bin/message/custom/send', message, `order-${openid}`];

    const answers = [await run(args), await run(args)];

    expect(answers.map(({ stdout }) => JSON.parse(stdout))).toMatchObject([
      { errcode: 0 },
      { errcode: 0 },
    ]);
    expect(emulation.wechatApi.sentTo(openid)).toMatchObject([
      { message: { text: { content: '你好' } } },
    ]);
  });

  test('takes the token and has it confirmed, without showing it', async () => {
    const { stdout, stderr } = await run(['--token']);

    if (tokenNeeds && !works(tokenNeeds.probe)) expect(stderr.trim()).toBe(tokenNeeds.otherwise);
    else expect(JSON.parse(stdout)).toEqual({ expiresAt: expect.any(Number), isGood: true });
  });

  test.each<[string, string[], Record<string, string>, string]>([
    [
      'an errcode',
      ['POST', '/cgi-bin/menu/create', '{"button":[]}'],
      {},
      'wechat: WeChat answered 4',
    ],
    ['what it may not', ['GET', '/cgi-bin/draft/count'], {}, 'forbidden: '],
    ['another secret', ['GET', '/cgi-bin/menu/get'], { SECRET: 'x'.repeat(43) }, 'unauthorized: '],
    ['an empty secret', ['GET', '/cgi-bin/menu/get'], { SECRET: '' }, 'invalid: SECRET must be'],
    ['no client', ['GET', '/cgi-bin/menu/get'], { CLIENT: '' }, 'invalid: CLIENT is empty'],
    ['no URL', ['GET', '/cgi-bin/menu/get'], { PROXY: 'p.example.com' }, 'invalid: PROXY must be'],
    ['nothing there', ['GET', '/cgi-bin/menu/get'], { PROXY: 'http://127.0.0.1:9' }, 'network: '],
    ['no arguments', [], {}, 'invalid: Usage'],
  ])('says what is wrong: %s', async (_, args, variables, words) => {
    const { code, stdout, stderr } = await run(args, variables);

    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(new RegExp(`^${words}[^\\n]*\\n$`)),
    });
    expect(stderr).not.toContain(secret);
  });

  test.each<[string, number, Record<string, string>, string]>([
    ['success that the proxy did not sign', 200, {}, 'unauthentic: '],
    [
      'success with a signature that does not fit',
      200,
      { 'fuwuhao-signature': `v2 ${'0'.repeat(64)}` },
      'unauthentic: ',
    ],
    ['a gateway that has another page', 404, {}, 'upstream: HTTP 404 is not'],
    [
      'a way to another host',
      302,
      { location: 'http://127.0.0.1:9/' },
      'upstream: HTTP 302 is not',
    ],
  ])('believes nothing else: %s', async (_, status, headers, words) => {
    const server = createServer((_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end('{"errcode":0,"errmsg":"ok"}');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;

    const { code, stderr } = await run(['GET', '/cgi-bin/menu/get'], {
      PROXY: `http://127.0.0.1:${port}`,
    });
    server.closeAllConnections();
    server.close();

    expect([code, stderr.startsWith(words) ? words : stderr]).toEqual([1, words]);
  });
}

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openProxyFixture, secretOf } from '../testing/proxy/proxy-fixture.ts';
import { buildProxySdk } from './proxy-sdk.ts';

const root = path.resolve(import.meta.dirname, '../..');
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'client-'));
  await buildProxySdk({ outDir: folder });
  mkdirSync(path.join(folder, 'node_modules'));
  symlinkSync(path.join(folder, 'client'), path.join(folder, 'node_modules/fuwuhao'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('imports nothing and names no module of Node but the one that Node 18 needs', () => {
  const code = readFileSync(path.join(folder, 'client/index.js'), 'utf8');

  expect(
    code.match(/^\s*import\b.*$|\brequire\(|\bimport\(.*?\)|\bBuffer\b|\bprocess\b/gm),
  ).toEqual(['import(NODE_CRYPTO)']);
  expect(code.match(/node:\w+/g)).toEqual(['node:crypto']);
});

test('is what the package exports', () => {
  const { exports } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

  expect(exports['./client']).toEqual({
    types: './dist/client/types/proxy-sdk/index.d.ts',
    default: './dist/client/index.js',
  });
});

test.each([
  ['as it is', []],
  // The flag for this, --no-experimental-global-webcrypto, is gone since Node 23.
  [
    'without a global WebCrypto, as on Node 18',
    ['--import', 'data:text/javascript,delete globalThis.crypto'],
  ],
])('runs in plain Node %s, against a proxy', async (_, flags) => {
  const proxy = openProxyFixture();
  await proxy.add('crm', { allow: ['*', 'token:read'] });
  const over = proxy.fetchOver([proxy.instance()]);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = 'GET', headers } = request;
      const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
      const init = { method, headers: headers as Record<string, string>, ...body };
      void over(`http://p0${request.url}`, init).then(async (answer) => {
        response.writeHead(answer.status, Object.fromEntries(answer.headers));
        response.end(Buffer.from(await answer.arrayBuffer()));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const script = path.join(folder, 'use.mjs');
  writeFileSync(
    script,
    `import { connect } from 'fuwuhao/client';
    const api = connect({ urls: ['http://127.0.0.1:9', 'http://127.0.0.1:${port}'], client: 'crm',
      secret: '${secretOf('crm')}', now: () => ${proxy.clock.now()} });
    await api.call('menu.create', { button: [{ type: 'click', name: '歌', key: 'S' }] });
    const { menu } = await api.call('menu.get');
    console.log(JSON.stringify({ name: menu.button[0].name, token: await api.token() }));`,
  );

  const { execFile } = await import('node:child_process');
  const printed = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, [...flags, script], (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
  });
  server.closeAllConnections();
  server.close();

  expect(JSON.parse(printed)).toEqual({ name: '歌', token: proxy.tokens()[0] });
});

test('its types are whole: a strict project finds what is there, and only that', () => {
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(
    path.join(folder, 'use.ts'),
    `import { connect, ProxyError } from 'fuwuhao/client';
    const api = connect({ urls: ['https://example.com'], client: 'crm', secret: 's' });
    const menu: string | undefined = (await api.call('menu.get')).menu.menuid;
    // @ts-expect-error a menu needs its buttons
    await api.call('menu.create', {});
    // @ts-expect-error there is no such endpoint
    await api.call('menu.make', { button: [] });
    const file = await api.call('qrcode.show', { ticket: 't' });
    const bytes: Uint8Array = await file.bytes();
    export const all = [menu, bytes, new ProxyError('', { code: 'x', status: 0 }).errcode];`,
  );
  symlinkSync(path.join(root, 'node_modules/@types'), path.join(folder, 'node_modules/@types'));
  symlinkSync(
    path.join(root, 'node_modules/undici-types'),
    path.join(folder, 'node_modules/undici-types'),
  );
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const options =
    '--noEmit --strict --module nodenext --target es2022 --types node use.ts --skipLibCheck false';

  const check = () =>
    execFileSync(process.execPath, [compiler, ...options.split(' ')], {
      cwd: folder,
      encoding: 'utf8',
    });

  expect(check()).toBe('');
});

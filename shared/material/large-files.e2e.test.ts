import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MaterialInvocation } from '../../functions/material/index.ts';
import { type CloudbaseEmulator, startCloudbase } from '../../scripts/emulator/cloudbase/index.ts';
import { testAccount } from '../../scripts/testing/test-account.ts';
import { builtFunction } from '../../scripts/testing/tools/fixture-build.ts';
import { collections } from '../app/collections.ts';
import type { ActionResult } from '../kernel/action.ts';
import { systemClock } from '../kernel/clock.ts';
import { Secret } from '../kernel/secret.ts';
import { createCloudbaseFiles } from '../store/cloudbase-files.ts';
import { inBase64, jpg } from './samples.test-data.ts';

const root = path.resolve(import.meta.dirname, '../..');
const MB = 1024 * 1024;
/** The file, a copy while it grows, and what sockets and the collector hold for a while. */
const MAX_RISE_BYTES = 64 * MB;

const keys = { envId: 'env-large', secretId: 'AKIDlarge', secretKey: 'SKlargeSecret' };
const picture = jpg(10 * MB);
let cloudbase: CloudbaseEmulator;
let wechat: Server;
/** Bytes of each upload that came in whole. */
let uploads: number[] = [];

beforeAll(async () => {
  cloudbase = await startCloudbase({ environments: [keys] });
  for (const { name, indexes = [] } of collections) {
    cloudbase.control.createCollection(keys.envId, { name, indexes });
  }
  wechat = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => wechat.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  wechat.closeAllConnections();
  await new Promise((resolve) => wechat.close(resolve));
  await cloudbase.close();
});

/** As much of WeChat as it takes; the type or the id `broken` breaks the connection half-way. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://wechat');
  const isBroken = searchParams.get('type') === 'voice';
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      if (isBroken && chunks.length === 3) request.destroy();
    }
  } catch {
    return;
  }
  const body = Buffer.concat(chunks);
  switch (pathname) {
    case '/cgi-bin/stable_token':
      response.end(JSON.stringify({ access_token: 'T'.repeat(136), expires_in: 7200 }));
      break;
    case '/cgi-bin/material/add_material':
      uploads.push(body.length);
      response.end(JSON.stringify({ media_id: 'P' }));
      break;
    default:
      response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': picture.length });
      if (body.includes('broken'))
        response.write(picture.subarray(0, 5 * MB), () => response.destroy());
      else response.end(picture);
  }
}

const files = () =>
  createCloudbaseFiles({
    envId: keys.envId,
    serviceUrl: cloudbase.url,
    credentials: () => ({ secretId: keys.secretId, secretKey: new Secret(keys.secretKey) }),
    clock: systemClock,
    driver: () => import('../store/sdk/node-sdk.ts'),
  });

/** In one instance of the function, from the bundle that is deployed. */
async function invokeAll(events: readonly MaterialInvocation[]) {
  const { port } = wechat.address() as AddressInfo;
  const script = path.join(root, 'scripts/testing/tools/large-files.ts');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      ...['--expose-gc', '--import', 'tsx', script],
      ...[builtFunction('material'), JSON.stringify(events)],
    ],
    {
      cwd: root,
      maxBuffer: 64 * MB,
      env: {
        ...process.env,
        WECHAT_APPID: testAccount.appid,
        WECHAT_APPSECRET: testAccount.secret,
        WECHAT_API_BASE_URL: `http://127.0.0.1:${port}`,
        CLOUDBASE_ENV_ID: keys.envId,
        TENCENTCLOUD_SECRETID: keys.secretId,
        TENCENTCLOUD_SECRETKEY: keys.secretKey,
        TCB_CONTEXT_CNFG: JSON.stringify({ URL: cloudbase.url }),
        LOG_LEVEL: 'error',
      },
    },
  );
  return stdout
    .trim()
    .split('\n')
    .filter((line) => line.startsWith('{"outcome"'))
    .map((line) => JSON.parse(line) as { outcome: ActionResult; riseBytes: number });
}

describe('a file of 10 MB', () => {
  test('goes from the storage to WeChat and back within bounded memory', async () => {
    uploads = [];
    const fileId = await files().write('from/large.jpg', picture);
    const upload = { action: 'add', payload: { type: 'image', file: { fileId } } } as const;
    const download = { action: 'get', payload: { media_id: 'P' } } as const;

    // A small one first: the SDK and the token are not what is measured.
    const small = { type: 'image', file: inBase64(jpg(), 'small.jpg') } as const;
    const results = await invokeAll([{ action: 'add', payload: small }, upload, download]);

    const [, up, down] = results;
    expect(up?.outcome).toMatchObject({ ok: true, data: { media_id: 'P' } });
    expect(uploads).toHaveLength(2);
    expect(uploads[1]).toBeGreaterThan(picture.length);
    expect(down?.outcome).toMatchObject({ ok: true, data: { bytes: picture.length } });
    const stored = down?.outcome as { readonly data?: { readonly fileId?: string } } | undefined;
    const chunks: Uint8Array[] = [];
    for await (const chunk of files().read(stored?.data?.fileId ?? '')) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(picture)).toBe(true);
    const rises = [up, down].map((result) => result?.riseBytes ?? Number.POSITIVE_INFINITY);
    process.stdout.write(
      `10 MB: memory rose by ${rises.map((bytes) => (bytes / MB).toFixed(1)).join(' MB up, ')} MB down.\n`,
    );
    for (const rise of rises) expect(rise).toBeLessThan(MAX_RISE_BYTES);
  });

  test('a connection that breaks half-way is a clean error and leaves nothing half-made', async () => {
    uploads = [];
    const voice = Buffer.concat([Buffer.from('ID3'), Buffer.alloc(2 * MB - 3)]);
    const fileId = await files().write('from/voice.mp3', voice);

    const results = await invokeAll([
      { action: 'add', payload: { type: 'voice', file: { fileId } } },
      { action: 'get', payload: { media_id: 'broken' } },
    ]);

    expect(results.map(({ outcome }) => outcome)).toMatchObject([
      { ok: false, error: { code: 'upstream', details: { endpoint: 'material.add' } } },
      { ok: false, error: { code: 'upstream', details: { endpoint: 'material.get' } } },
    ]);
    expect(uploads).toEqual([]);
  });
});

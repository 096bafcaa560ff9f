import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildSdk, sdkDrivers } from '../../scripts/build/sdk-bundle.ts';
import { type CloudbaseEmulator, startCloudbase } from '../../scripts/emulator/cloudbase/index.ts';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { systemClock } from '../kernel/clock.ts';
import { Secret } from '../kernel/secret.ts';
import { type CloudbaseFilesOptions, createCloudbaseFiles } from './cloudbase-files.ts';
import type { Driver } from './sdk/driver.ts';

const keys = { envId: 'env-files', secretId: 'AKIDfiles', secretKey: 'SKfilesSecret' };
let emulator: CloudbaseEmulator;

beforeAll(async () => {
  emulator = await startCloudbase({ environments: [keys] });
});
afterAll(() => emulator.close());

const folder = mkdtempSync(path.join(tmpdir(), 'files-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(sdkDrivers)('the storage by %s, as it is shipped', (name) => {
  const file = path.join(folder, `${name}.cjs`);
  const driver = async () => (await import(pathToFileURL(file).href)) as Driver;

  beforeAll(async () => writeFileSync(file, (await buildSdk(name)).code));

  const open = (options: Partial<CloudbaseFilesOptions> = {}) =>
    createCloudbaseFiles({
      envId: keys.envId,
      serviceUrl: emulator.url,
      credentials: () => ({ secretId: keys.secretId, secretKey: new Secret(keys.secretKey) }),
      clock: systemClock,
      driver,
      ...options,
    });

  test('keeps any bytes, under an id', async () => {
    const files = open();
    const bytes = Buffer.from([0, 13, 10, 13, 10, 45, 45, 255, 0]);

    const fileId = await files.write('wechat/3f2a.jpg', bytes);

    expect(fileId).toMatch(/^cloud:\/\/env-files\..*\/wechat\/3f2a\.jpg$/);
    expect(await readAll(files.read(fileId))).toEqual(bytes);
  });

  test('writes again over what is there, up to 10 MB', async () => {
    const files = open();
    const bytes = Buffer.alloc(10 * 1024 * 1024, 7);

    const first = await files.write('wechat/large.mp4', Buffer.from('old'));
    const second = await files.write('wechat/large.mp4', bytes);

    expect(second).toBe(first);
    expect((await readAll(files.read(first))).equals(bytes)).toBe(true);
  });

  test('a reader can stop', async () => {
    const files = open();
    const fileId = await files.write('wechat/stop.bin', Buffer.alloc(1024 * 1024));

    for await (const chunk of files.read(fileId)) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
  });

  test.each([
    ['an id that names no file', 'cloud://env-files.636c-env-files-1250000000/none'],
    ['an id of another environment, if it is meant', 'cloud://other.636c-other-1250000000/a'],
    ['no id', 'none'],
  ])('%s is not found', async (_name, fileId) => {
    const reading = readAll(open().read(fileId, { isElsewhere: true }));
    await expect(reading).rejects.toMatchObject({ code: 'not_found' });
  });

  test.each(['cloud://other.636c-other-1250000000/a', 'cloud://env-files-2.636c/a', 'none', ''])(
    '%j is refused, because it is of another environment',
    async (fileId) => {
      await expect(readAll(open().read(fileId))).rejects.toMatchObject({ code: 'invalid' });
    },
  );

  test('refused and missing credentials say so', async () => {
    const wrong = open({ credentials: () => ({ secretId: 'x', secretKey: new Secret('y') }) });
    const none = open({ credentials: () => undefined });

    await expect(wrong.write('a', Buffer.from('a'))).rejects.toMatchObject({
      code: 'upstream',
      details: { outcome: 'refused' },
    });
    await expect(none.write('a', Buffer.from('a'))).rejects.toMatchObject({
      details: { reason: 'credentials_missing' },
    });
  });

  test('leaves no timer behind', async () => {
    const clock = createFakeClock();
    const files = open({ clock });

    await readAll(files.read(await files.write('wechat/a.txt', Buffer.from('a'))));

    expect(clock.pending).toBe(0);
  });
});

async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

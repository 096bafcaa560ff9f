import { randomBytes } from 'node:crypto';
import { expect } from '@jest/globals';
import { until } from '../testing/until.ts';
import { type Cases, failureOf } from './case.ts';

/** Files and functions. */
export const serviceCases: Cases = {
  'a file comes back as it went': async ({ sdk }) => {
    const bytes = randomBytes(200_000);

    const fileId = await sdk.upload('pictures/one.bin', bytes);

    expect(fileId).toMatch(/^cloud:\/\/env-conformance\.[^/]+\/pictures\/one\.bin$/);
    expect((await sdk.download(fileId)).equals(bytes)).toBe(true);
  },

  'a path may be Chinese and spaced': async ({ sdk, other }) => {
    const fileId = await sdk.upload('图片/第 1 张.png', Buffer.from('hello'));

    expect((await sdk.download(fileId)).toString()).toBe('hello');
    expect((await other.download(fileId)).toString()).toBe('hello');
  },

  'an upload replaces what was there': async ({ sdk }) => {
    await sdk.upload('a.txt', Buffer.from('old'));
    const fileId = await sdk.upload('a.txt', Buffer.from('new\r\n--lines--\r\n'));

    expect((await sdk.download(fileId)).toString()).toBe('new\r\n--lines--\r\n');
  },

  'a temporary URL works for anyone until it expires': async ({ sdk, emulator }) => {
    const fileId = await sdk.upload('a b.txt', Buffer.from('hello'));
    const [link, missing] = await sdk.temporaryUrls([fileId, `${fileId}x`]);
    const url = encodeURI(link?.tempFileURL ?? '');

    expect(link?.code).toBe('SUCCESS');
    expect(missing?.code).toBe('STORAGE_FILE_NONEXIST');
    expect(await (await fetch(url)).text()).toBe('hello');
    expect((await fetch(url.replace('sign=', 'sign=0'))).status).toBe(403);
    emulator.control.clock.advance(2 * 86_400_000);
    expect((await fetch(url)).status).toBe(403);
  },

  'a missing file cannot be downloaded': async ({ sdk }) => {
    const fileId = await sdk.upload('a.txt', Buffer.from('x'));

    const failure = await failureOf(sdk.download(`${fileId}.missing`));

    expect(failure.code).toBe('STORAGE_FILE_NONEXIST');
  },

  'a deleted file is gone': async ({ sdk }) => {
    const fileId = await sdk.upload('a.txt', Buffer.from('x'));

    expect(await sdk.deleteFiles([fileId, fileId])).toEqual(['SUCCESS', 'STORAGE_FILE_NONEXIST']);
    expect((await failureOf(sdk.download(fileId))).code).toBe('STORAGE_FILE_NONEXIST');
  },

  'an upload after its permission ran out is refused': async ({ sdk, emulator }) => {
    // The permission is asked for, then used: the clock jumps in between.
    emulator.control.faults.add({ kind: 'delay', ms: 300, when: 'after', times: 1 });
    const upload = failureOf(sdk.upload('a.txt', Buffer.from('x')));
    await until(() => emulator.control.stats.snapshot().faults === 1);
    emulator.control.clock.advance(3_600_000);

    expect((await upload).code).toBe('STORAGE_REQUEST_FAIL');
  },

  'a function gets its data and gives its result': async ({ sdk }) => {
    expect(await sdk.call('echo', { n: 1, text: '中' })).toEqual({
      env: 'env-conformance',
      data: { n: 1, text: '中' },
    });
    expect(await sdk.call('echo')).toEqual({ env: 'env-conformance', data: {} });
  },

  'a function that throws has failed': async ({ sdk }) => {
    const failure = await failureOf(sdk.call('throws'));

    expect(failure.code).toBe('FUNCTIONS_EXECUTE_FAIL');
    expect(failure.message).toContain('Error: broken');
  },

  'an unknown function is not found': async ({ sdk }) => {
    expect((await failureOf(sdk.call('nowhere'))).code).toBe('FUNCTION_NOT_FOUND');
  },

  'a result over 6 MB is refused': async ({ sdk }) => {
    const failure = await failureOf(sdk.call('huge'));

    expect(failure.code).toBe('FUNCTIONS_EXECUTE_FAIL');
    expect(failure.message).toContain('body size is too long');
  },
};

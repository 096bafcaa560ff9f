import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openTestCloud, type TestCloud } from '../../testing/tools/test-cloud.ts';
import { digestOf } from './code-mark.ts';
import { planFunction } from './plan.ts';
import { newReleaseId, releasesOf, timeOf } from './releases.ts';

const secret = 'releasesecret00000000000000000001';
const now = Date.UTC(2026, 10, 28, 13, 15, 7);
const zip = Buffer.from('the bytes of a package');
const { variables, ...plan } = planFunction({ handler: 'index.main' }, {});

let world: TestCloud;
beforeEach(async () => {
  world = await openTestCloud();
});
afterEach(() => world.close());

const open = (key: string | undefined = secret) => releasesOf(world.cloud, 'fuwuhao-dev', key);
async function save(): Promise<string> {
  const id = newReleaseId(now);
  await open().save({ id, functions: { menu: { plan, digest: digestOf(zip) } } }, [zip]);
  return id;
}

describe('the id of a release', () => {
  test('says when it was made, and no two of one second are alike', () => {
    const ids = new Set(Array.from({ length: 1000 }, () => newReleaseId(now)));

    expect(ids.size).toBe(1000);
    for (const id of ids) expect(timeOf(id)).toBe('2026-11-28 13:15:07');
  });
});

describe('a release in the bucket', () => {
  test('comes back as it was saved, with its packages, each stored once', async () => {
    const first = await save();
    const id = await save();

    expect(new Set(await open().list())).toEqual(new Set([first, id]));
    expect(await open().get(id)).toEqual({
      id,
      functions: { menu: { plan, digest: digestOf(zip) } },
    });
    expect(await open().zip('menu', digestOf(zip))).toEqual(zip);
    expect((await world.cloud.keys('fuwuhao-dev/code/')).length).toBe(1);
  });

  test('that somebody else changed or made is refused', async () => {
    const id = await save();
    const key = `fuwuhao-dev/releases/${id}.json`;
    const text = await world.cloud.get(key);
    const forged = text.replace('index.main', 'index.evil');

    expect(forged).not.toBe(text);
    for (const body of [forged, '{}', 'no JSON', '{"release":"{}","seal":""}']) {
      await world.cloud.put(key, Buffer.from(body));
      await expect(open().get(id)).rejects.toThrow(/not sealed with the AppSecret of now/);
    }
    await world.cloud.put(key, Buffer.from(text));
    await expect(open('another secret').get(id)).rejects.toThrow('not sealed');
    await expect(open('').get(id)).rejects.toThrow('not sealed');
    const other = newReleaseId(now);
    await world.cloud.put(`fuwuhao-dev/releases/${other}.json`, Buffer.from(text));
    await expect(open().get(other)).rejects.toThrow(`says that it is ${id}`);
  });

  test('gives no package that was changed', async () => {
    await save();
    const [key = ''] = await world.cloud.keys('fuwuhao-dev/code/');
    await world.cloud.put(key, Buffer.from('other bytes'));

    await expect(open().zip('menu', digestOf(zip))).rejects.toThrow('was changed');
  });

  test('is not kept without a secret to seal it with', async () => {
    const id = newReleaseId(now);
    await expect(open('').save({ id, functions: {} }, [])).rejects.toThrow('WECHAT_APPSECRET');
  });
});

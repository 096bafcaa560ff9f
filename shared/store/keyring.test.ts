import { describe, expect, test } from '@jest/globals';
import { Secret } from '../kernel/secret.ts';
import type { Credentials } from './credentials.ts';
import { Keyring, linkBy } from './keyring.ts';
import { createMemoryLink } from './memory-link.ts';

const env = {
  TENCENTCLOUD_SECRETID: 'first',
  TENCENTCLOUD_SECRETKEY: 'key of first',
  TENCENTCLOUD_SESSIONTOKEN: 'session of first',
};

function keys(secretId: string): Credentials {
  return {
    secretId,
    secretKey: new Secret(`key of ${secretId}`),
    sessionToken: new Secret(`session of ${secretId}`),
  };
}

/** A service that takes certain keys, and remembers which it was asked with. */
function service(...accepted: string[]) {
  const asked: (string | undefined)[] = [];
  return {
    asked,
    accepted: new Set(accepted),
    ask(keyring: Keyring) {
      return keyring.ask(async (credentials) => {
        asked.push(credentials?.secretId);
        if (!this.accepted.has(credentials?.secretId ?? '')) throw new Error('refused');
        return credentials?.secretId;
      }, isRefusal);
    },
  };
}

const isRefusal = (error: unknown) => (error as Error).message === 'refused';

describe('a keyring', () => {
  test('uses the keys of the environment as long as they work, whatever a caller offers', async () => {
    const keyring = new Keyring(env);
    const cloud = service('first', 'forged');
    keyring.offer(keys('forged'));

    await expect(cloud.ask(keyring)).resolves.toBe('first');

    expect(cloud.asked).toEqual(['first']);
    expect(keyring.current()?.secretId).toBe('first');
  });

  test('goes on with an offer that the service takes, when it refuses the old keys', async () => {
    const keyring = new Keyring(env);
    const cloud = service('second');
    keyring.offer(keys('second'));

    await expect(cloud.ask(keyring)).resolves.toBe('second');
    await expect(cloud.ask(keyring)).resolves.toBe('second');

    expect(cloud.asked).toEqual(['first', 'second', 'second']);
    expect(keyring.current()?.sessionToken?.reveal()).toBe('session of second');
  });

  test('passes over forged offers, tries each once, and keeps the old keys if none is taken', async () => {
    const keyring = new Keyring(env);
    const cloud = service('second');
    for (const name of ['second', 'forged 1', 'forged 2']) keyring.offer(keys(name));

    await expect(cloud.ask(keyring)).resolves.toBe('second');
    expect(cloud.asked).toEqual(['first', 'forged 2', 'forged 1', 'second']);

    cloud.accepted.clear();
    keyring.offer(keys('forged 3'));
    await expect(cloud.ask(keyring)).rejects.toThrow('refused');
    expect(keyring.current()?.secretId).toBe('second');
    cloud.asked.length = 0;
    await expect(cloud.ask(keyring)).rejects.toThrow('refused');
    expect(cloud.asked).toEqual(['second']);
  });

  test('without keys in the environment asks with those that come with requests', async () => {
    const keyring = new Keyring({});
    const cloud = service('first');
    expect(keyring.current()).toBeUndefined();
    for (const name of ['first', 'forged']) keyring.offer(keys(name));

    await expect(cloud.ask(keyring)).resolves.toBe('first');

    expect(cloud.asked).toEqual(['forged', 'first']);
    expect(keyring.current()?.secretId).toBe('first');
  });

  test('a failure of another kind is not laid to the keys', async () => {
    const keyring = new Keyring(env);
    keyring.offer(keys('second'));
    const broken = keyring.ask(async () => {
      throw new Error('connection');
    }, isRefusal);

    await expect(broken).rejects.toThrow('connection');
    expect(keyring.current()?.secretId).toBe('first');
  });

  test('keeps a few offers, so that forgers cannot fill the memory', async () => {
    const keyring = new Keyring(env);
    const cloud = service();
    for (let n = 0; n < 100; n += 1) keyring.offer(keys(`forged ${n}`));

    await expect(cloud.ask(keyring)).rejects.toThrow('refused');

    expect(cloud.asked).toHaveLength(5);
  });
});

test('a link by a keyring makes its requests with the keys that are taken', async () => {
  const keyring = new Keyring(env);
  keyring.offer(keys('second'));
  const step = () => Promise.resolve();
  const link = createMemoryLink({ now: () => 0, step, pause: step });
  const by = linkBy(
    keyring,
    (credentials) => {
      if (credentials?.secretId !== 'second') throw new Error('refused');
      return link;
    },
    isRefusal,
  );
  const collection = { name: 'things' };
  const raw = { _id: 'a', _rev: 1, _writes: ['w'] };

  await by.insert(collection, raw);

  expect(await by.get(collection, 'a')).toMatchObject(raw);
  expect(await by.count(collection, [])).toBe(1);
  expect(keyring.current()?.secretId).toBe('second');
});

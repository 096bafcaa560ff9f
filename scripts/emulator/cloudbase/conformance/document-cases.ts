import { expect } from '@jest/globals';
import { type Cases, ENV, failureOf } from './case.ts';

export const documentCases: Cases = {
  'a document without an id gets one, a string': async ({ sdk }) => {
    const id = await sdk.add({ n: 1 });

    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(await sdk.get(String(id))).toEqual({ _id: id, n: 1 });
  },

  'a document keeps the id it came with': async ({ sdk }) => {
    expect(await sdk.add({ _id: 'order-1', n: 1 })).toBe('order-1');
    expect(await sdk.get('order-1')).toEqual({ _id: 'order-1', n: 1 });
  },

  'a number and its text are different ids': async ({ sdk }) => {
    await sdk.add({ _id: 7, is: 'number' });
    await sdk.add({ _id: '7', is: 'text' });

    expect(await sdk.get(7)).toEqual({ _id: 7, is: 'number' });
    expect(await sdk.get('7')).toEqual({ _id: '7', is: 'text' });
  },

  'a taken id is refused as MongoDB words it': async ({ sdk }) => {
    await sdk.add({ _id: 'a', n: 1 });

    const failure = await failureOf(sdk.add({ _id: 'a', n: 2 }));

    expect(failure.code).toBe('DATABASE_REQUEST_FAILED');
    expect(failure.message).toContain('E11000 duplicate key error collection');
    expect(failure.message).toContain('index: _id_ dup key: { _id: "a" }');
    expect(await sdk.get('a')).toEqual({ _id: 'a', n: 1 });
  },

  'a taken id may be refused with the other code': async ({ sdk, emulator }) => {
    emulator.control.settings.duplicates = 'duplicate-write';
    await sdk.add({ _id: 'a' });

    expect((await failureOf(sdk.add({ _id: 'a' }))).code).toBe('DATABASE_DUPLICATE_WRITE');
  },

  'a missing document is no failure': async ({ sdk }) => {
    expect(await sdk.get('nowhere')).toBeUndefined();
    expect(await sdk.update('nowhere', { n: 1 })).toBe(0);
    expect(await sdk.remove('nowhere')).toBe(0);
  },

  'writing to a missing collection fails': async ({ sdk }) => {
    const failure = await failureOf(sdk.add({ n: 1 }, 'nowhere'));

    expect(failure.code).toBe('DATABASE_COLLECTION_NOT_EXIST');
    expect(failure.message).toContain('[ResourceNotFound] Db or Table not exist');
  },

  'reading from a missing collection fails': async ({ sdk }) => {
    expect((await failureOf(sdk.get('a', 'nowhere'))).code).toBe('DATABASE_COLLECTION_NOT_EXIST');
  },

  'a collection is created once': async ({ sdk }) => {
    await sdk.createCollection('fresh');
    await sdk.add({ _id: 'a' }, 'fresh');

    const failure = await failureOf(sdk.createCollection('fresh'));

    expect(failure.code).toBe('DATABASE_COLLECTION_ALREADY_EXIST');
    expect(await sdk.get('a', 'fresh')).toEqual({ _id: 'a' });
  },

  'values survive the way there and back': async ({ sdk }) => {
    const document = {
      int: 1,
      zero: 0,
      negative: -5,
      long: 5_000_000_000,
      safest: Number.MAX_SAFE_INTEGER,
      double: 1.5,
      text: 'ab"\\\n中文 😀',
      empty: '',
      yes: true,
      no: false,
      nothing: null,
      date: new Date(1_700_000_000_123),
      list: [1, 'two', null, { three: 3 }, [4, new Date(5)]],
      nested: { deep: { deeper: [{}] } },
      emptyObject: {},
      emptyList: [],
    };
    await sdk.add({ _id: 'a', ...document });

    expect(await sdk.get('a')).toEqual({ _id: 'a', ...document });
  },

  'undefined properties vanish': async ({ sdk }) => {
    await sdk.add({ _id: 'a', here: 1, gone: undefined, in: { gone: undefined } });

    expect(Object.keys((await sdk.get('a')) ?? {}).sort()).toEqual(['_id', 'here', 'in']);
  },

  'a server date is the time of the emulator, with its offset': async ({ sdk, emulator }) => {
    emulator.control.clock.set(Date.UTC(2030, 0, 1));
    await sdk.add({ _id: 'a', at: sdk.serverDate(), soon: sdk.serverDate({ offset: 60_000 }) });

    const stored = await sdk.get('a');
    const [at, soon] = [stored?.at as Date, stored?.soon as Date];

    expect(at.toISOString()).toMatch(/^2030-01-01T00:0/);
    expect(soon.getTime() - at.getTime()).toBe(60_000);
  },

  'a server date is found at any depth': async ({ sdk }) => {
    await sdk.add({ _id: 'a', list: [{ at: sdk.serverDate() }] });
    await sdk.update('a', { in: { at: sdk.serverDate() } });

    expect(await sdk.get('a')).toEqual({
      _id: 'a',
      list: [{ at: expect.any(Date) }],
      in: { at: expect.any(Date) },
    });
  },

  'a place on earth survives': async ({ sdk }) => {
    await sdk.add({ _id: 'a', at: sdk.point(113.3, 23.1) });

    expect((await sdk.get('a'))?.at).toEqual(sdk.point(113.3, 23.1));
  },

  'a key that starts with a dollar is refused': async ({ sdk }) => {
    const failure = await failureOf(sdk.add({ _id: 'a', in: { $price: 1 } }));

    expect(failure.code).toBe('DATABASE_REQUEST_FAILED');
    expect(await sdk.count()).toBe(0);
  },

  'set inserts what is not there': async ({ sdk }) => {
    expect(await sdk.set('a', { n: 1 })).toEqual({ updated: 0, upsertedId: 'a' });
    expect(await sdk.get('a')).toEqual({ _id: 'a', n: 1 });
  },

  'set replaces all of what is there': async ({ sdk }) => {
    await sdk.add({ _id: 'a', old: 1, both: 1 });

    expect(await sdk.set('a', { both: 2 })).toEqual({ updated: 1, upsertedId: null });
    expect(await sdk.get('a')).toEqual({ _id: 'a', both: 2 });
  },

  'remove removes once': async ({ sdk }) => {
    await sdk.add({ _id: 'a' });

    expect(await sdk.remove('a')).toBe(1);
    expect(await sdk.remove('a')).toBe(0);
    expect(await sdk.get('a')).toBeUndefined();
  },

  'a removed id can be used again': async ({ sdk }) => {
    await sdk.add({ _id: 'a', n: 1 });
    await sdk.remove('a');
    await sdk.add({ _id: 'a', n: 2 });

    expect(await sdk.get('a')).toEqual({ _id: 'a', n: 2 });
  },

  'both SDKs see the same data': async ({ sdk, other }) => {
    const document = { _id: 'a', n: 1.5, at: new Date(1_700_000_000_000), list: [{ x: null }] };
    await sdk.add(document);
    expect(await other.get('a')).toEqual(document);

    await other.update('a', { n: 2 });
    expect((await sdk.get('a'))?.n).toBe(2);
  },

  'the control endpoint sees the same data': async ({ sdk, emulator }) => {
    await sdk.add({ _id: 'a', at: new Date(0) });

    expect(emulator.control.document(ENV, 'c', 'a')).toEqual({ _id: 'a', at: new Date(0) });
  },
};

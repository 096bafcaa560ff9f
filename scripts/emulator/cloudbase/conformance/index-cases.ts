import { expect } from '@jest/globals';
import { type Cases, ENV, failureOf } from './case.ts';

const byEmail = { fields: [{ name: 'email', direction: 'asc' as const }], unique: true };

export const indexCases: Cases = {
  'a unique index refuses a second entry': async ({ sdk, emulator }) => {
    emulator.control.createIndex(ENV, 'c', byEmail);
    await sdk.add({ _id: 'a', email: 'x@y.z' });

    const failure = await failureOf(sdk.add({ _id: 'b', email: 'x@y.z' }));

    expect(failure.message).toContain('E11000');
    expect(failure.message).toContain('index: email_1 dup key: { email: "x@y.z" }');
    expect(await sdk.count()).toBe(1);
  },

  'missing fields collide in a unique index': async ({ sdk, emulator }) => {
    emulator.control.createIndex(ENV, 'c', byEmail);
    await sdk.add({ _id: 'a' });

    expect((await failureOf(sdk.add({ _id: 'b' }))).message).toContain('dup key: { email: null }');
    expect((await failureOf(sdk.add({ _id: 'c', email: null }))).message).toContain('E11000');
  },

  'an update cannot take what another has': async ({ sdk, emulator }) => {
    emulator.control.createIndex(ENV, 'c', byEmail);
    await sdk.add({ _id: 'a', email: 'a' });
    await sdk.add({ _id: 'b', email: 'b' });

    expect((await failureOf(sdk.update('b', { email: 'a' }))).message).toContain('E11000');
    expect(await sdk.get('b')).toEqual({ _id: 'b', email: 'b' });
  },

  'an entry that was given up can be taken': async ({ sdk, emulator }) => {
    emulator.control.createIndex(ENV, 'c', byEmail);
    await sdk.add({ _id: 'a', email: 'x' });
    await sdk.update('a', { email: 'y' });

    await sdk.add({ _id: 'b', email: 'x' });
    await sdk.remove('b');
    await sdk.add({ _id: 'd', email: 'x' });

    expect(await sdk.count()).toBe(2);
  },

  'a unique index may span fields': async ({ sdk, emulator }) => {
    const direction = 'asc' as const;
    const fields = [
      { name: 'openid', direction },
      { name: 'day', direction },
    ];
    emulator.control.createIndex(ENV, 'c', { fields, unique: true });
    await sdk.add({ openid: 'o1', day: 1 });
    await sdk.add({ openid: 'o1', day: 2 });

    const failure = await failureOf(sdk.add({ openid: 'o1', day: 1 }));

    expect(failure.message).toContain('index: openid_1_day_1 dup key: { openid: "o1", day: 1 }');
  },

  'documents expire by a TTL index, dates only': async ({ sdk, emulator }) => {
    const fields = [{ name: 'at', direction: 'asc' as const }];
    emulator.control.createIndex(ENV, 'c', { fields, expireAfterSeconds: 3600 });
    await sdk.add({ _id: 'date', at: sdk.serverDate() });
    await sdk.add({ _id: 'number', at: 1 });
    await sdk.add({ _id: 'later', at: sdk.serverDate({ offset: 7_200_000 }) });

    emulator.control.clock.advance(3_500_000);
    expect(await sdk.count()).toBe(3);
    emulator.control.clock.advance(200_000);

    const left = await sdk.find((from) => from.orderBy('_id', 'asc'));
    expect(left.map(({ _id }) => _id)).toEqual(['later', 'number']);
  },
};

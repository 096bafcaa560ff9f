import { expect } from '@jest/globals';
import { type Cases, ENV, failureOf, OTHER_ENV } from './case.ts';

export const accessCases: Cases = {
  'a wrong key is refused': async ({ as, sdk }) => {
    const { code } = await failureOf(as({ secretKey: 'wrong' }).add({ _id: 'a' }));

    expect(code).toBe('SIGN_PARAM_INVALID');
    expect(await sdk.get('a')).toBeUndefined();
  },

  'an unknown key id is refused': async ({ as }) => {
    const { code } = await failureOf(as({ secretId: 'nobody' }).count());

    expect(code).toBe('SIGN_PARAM_INVALID');
  },

  'an unknown environment is refused': async ({ as }) => {
    expect((await failureOf(as({ env: 'env-nowhere' }).count())).code).toBe('INVALID_ENV');
  },

  "an environment of another account's is unknown": async ({ as }) => {
    expect((await failureOf(as({ env: 'env-foreign' }).count())).code).toBe('INVALID_ENV');
  },

  'environments share nothing': async ({ as, sdk, emulator }) => {
    emulator.control.createCollection(OTHER_ENV, { name: 'c' });
    const elsewhere = as({ env: OTHER_ENV });
    await sdk.add({ _id: 'a', in: ENV });
    await elsewhere.add({ _id: 'a', in: OTHER_ENV });

    expect(await sdk.get('a')).toEqual({ _id: 'a', in: ENV });
    expect(await elsewhere.get('a')).toEqual({ _id: 'a', in: OTHER_ENV });
  },

  'signed text may hold anything': async ({ sdk }) => {
    const text = `  spaced !'()*~ é 汉字 😀 "quoted" \\ & = % + \n\t `;
    await sdk.add({ _id: text, text });

    expect(await sdk.find((from) => from.where({ text }))).toEqual([{ _id: text, text }]);
    expect(await sdk.get(text)).toEqual({ _id: text, text });
  },
};

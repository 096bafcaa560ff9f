import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { loadEnvironment } from './config.ts';
import type { AppError } from './errors.ts';
import { Secret } from './secret.ts';
import { variable } from './variable.ts';

const declared = {
  ORDERS_URL: variable.url('Address of the order system'),
  ORDERS_KEY: variable.secret('Key for the order system'),
  ORDERS_WAIT: variable.wholeNumber('Seconds to wait', { min: 1, max: 60, default: 5 }),
  ORDERS_SHOP: variable.text('Number of the shop', { pattern: /^S\d+$/, sample: 'S1' }),
  ORDERS_HINT: variable.text('Said after each order', { optional: true }),
  ORDERS_MODE: variable.oneOf('Whether orders are real', ['real', 'play'], { default: 'play' }),
};
const good = {
  ORDERS_URL: 'https://orders.test/',
  ORDERS_KEY: 'key of the orders',
  ORDERS_SHOP: 'S12',
};
const problemsOf = (env: Record<string, string>) => {
  try {
    loadEnvironment(env, ['appid'], declared);
  } catch (error) {
    return (error as AppError).details.problems as readonly string[];
  }
  return [];
};

describe('the variables of an account', () => {
  test('become typed values', () => {
    const { values } = loadEnvironment({ ...good, ORDERS_WAIT: '7' }, [], declared);
    const typed: {
      readonly ORDERS_URL: string;
      readonly ORDERS_KEY: Secret;
      readonly ORDERS_WAIT: number;
      readonly ORDERS_SHOP: string;
      readonly ORDERS_HINT: string | undefined;
      readonly ORDERS_MODE: 'real' | 'play';
    } = values;

    expect({ ...typed, ORDERS_KEY: typed.ORDERS_KEY.reveal() }).toEqual({
      ORDERS_URL: 'https://orders.test',
      ORDERS_KEY: 'key of the orders',
      ORDERS_WAIT: 7,
      ORDERS_SHOP: 'S12',
      ORDERS_HINT: undefined,
      ORDERS_MODE: 'play',
    });
    expect(values.ORDERS_KEY).toBeInstanceOf(Secret);
    // @ts-expect-error it may be missing
    expect(() => values.ORDERS_HINT.length).toThrow();
  });

  test('are listed with our own settings when they are wrong, and never with their values', () => {
    const env = { ORDERS_KEY: 'short', ORDERS_WAIT: '61', ORDERS_SHOP: 'shop', ORDERS_MODE: 'no' };

    expect(problemsOf(env)).toEqual([
      'WECHAT_APPID is missing (AppID of the Service Account).',
      'ORDERS_URL is missing (Address of the order system).',
      'ORDERS_KEY must be at least 8 characters long (Key for the order system).',
      'ORDERS_WAIT must be a whole number from 1 to 60 (Seconds to wait).',
      'ORDERS_SHOP must be like "S1" (Number of the shop).',
      'ORDERS_MODE must be one of real, play (Whether orders are real).',
    ]);
  });

  test('each has a sample that it takes', () => {
    for (const { schema, sample } of Object.values(declared)) {
      expect(v.is(schema, sample)).toBe(true);
    }
  });
});

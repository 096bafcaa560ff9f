import { describe, expect, test } from '@jest/globals';
import { codes } from './errcode-table.ts';
import { explainErrcode } from './errcodes.ts';

const known = Object.values(codes).flatMap((rows) => Object.keys(rows).map(Number));

describe('a known code', () => {
  test.each([
    [-1, 'transient'],
    [40001, 'token_stale'],
    [40014, 'token_stale'],
    [42001, 'token_stale'],
    [40164, 'configuration'],
    [48001, 'configuration'],
    [89503, 'configuration'],
    [45009, 'quota'],
    [45028, 'quota'],
    [43004, 'unreachable'],
    [45047, 'unreachable'],
    [40033, 'caller'],
    [65301, 'caller'],
    [45065, 'done'],
    [46003, 'done'],
    [40163, 'oauth'],
    [42007, 'oauth'],
  ] as const)('%d is %s', (errcode, errcodeClass) => {
    expect(explainErrcode(errcode).class).toBe(errcodeClass);
  });

  test('says how long to wait where WeChat counts by the minute', () => {
    expect(explainErrcode(45011).waitMs).toBe(60_000);
    expect(explainErrcode(45066).waitMs).toBe(60_000);
    expect(explainErrcode(-1).waitMs).toBeUndefined();
  });

  test('has one class', () => {
    expect(known.length).toBeGreaterThan(250);
    expect(new Set(known).size).toBe(known.length);
  });

  test.each(known)('%d has a meaning and an advice that read as one sentence each', (code) => {
    const { meaning, advice } = explainErrcode(code);

    expect(meaning).toMatch(/^\S.*[^.\s]$/);
    expect(advice).toMatch(/^[A-Z].*\.$/);
  });
});

describe('a stale token', () => {
  test('is a wrong AppSecret when that was sent', () => {
    const explained = explainErrcode(40001, 'secret');

    expect(explained.class).toBe('configuration');
    expect(explained.advice).toContain('WECHAT_APPSECRET');
  });

  test("is the follower's own affair when their token was sent", () => {
    expect(explainErrcode(40001, 'user').class).toBe('oauth');
    expect(explainErrcode(42001, 'user').class).toBe('oauth');
  });

  test('leaves other codes as they are', () => {
    expect(explainErrcode(40013, 'secret')).toEqual(explainErrcode(40013));
  });
});

describe('an unknown code', () => {
  test.each([40999, 41999, 44999, 45999, 46999, 47999, 53999, 61499, 65399, 65499, 88999, 1, -7])(
    '%d is a mistake of the caller',
    (errcode) => {
      expect(explainErrcode(errcode).class).toBe('caller');
    },
  );

  test.each([48999, 50999, 61099, 89599])('%d is about rights', (errcode) => {
    expect(explainErrcode(errcode).class).toBe('configuration');
  });
});

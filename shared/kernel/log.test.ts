import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../scripts/testing/any-text.ts';
import { AppError } from './errors.ts';
import { createLog, type LogOptions } from './log.ts';
import { maskWith } from './mask.ts';
import { Secret } from './secret.ts';

function logTo(lines: string[], options: Partial<LogOptions> = {}) {
  return createLog({ write: (line) => lines.push(line), now: () => 0, level: 'debug', ...options });
}

describe('log', () => {
  test('writes one JSON object a line, with the fields of its parents', () => {
    const lines: string[] = [];
    const log = logTo(lines).child({ requestId: 'r1' });

    log.info('replied', { ms: 12, message: 'text' });

    expect(JSON.parse(lines[0] ?? '')).toEqual({
      time: '1970-01-01T00:00:00.000Z',
      level: 'info',
      event: 'replied',
      requestId: 'r1',
      ms: 12,
      message: 'text',
    });
  });

  test('names the request that is being handled, where the process knows it', () => {
    const lines: string[] = [];
    let current: string | undefined = 'r1';
    const log = logTo(lines, { requestId: () => current });

    log.info('a');
    log.child({ requestId: 'r2' }).info('b');
    current = undefined;
    log.info('c');

    expect(lines.map((line) => JSON.parse(line).requestId)).toEqual(['r1', 'r2', undefined]);
  });

  test('is silent below its level', () => {
    const lines: string[] = [];
    const log = logTo(lines, { level: 'warn' });

    log.debug('a');
    log.info('b');
    log.warn('c');

    expect(lines).toHaveLength(1);
  });

  test('hashes an openid unless told otherwise', () => {
    const lines: string[] = [];

    logTo(lines).info('a', { openid: 'oUser' });
    logTo(lines, { openids: 'plain' }).info('a', { openid: 'oUser' });

    expect(lines[0]).not.toContain('oUser');
    expect(lines[1]).toContain('oUser');
  });

  test('masks secrets however they come: wrapped, by name, in a URL, in the cause of an error', () => {
    const lines: string[] = [];
    const leak = 'S3CR3Tvalue';
    const cause = new Error(`GET https://api.weixin.qq.com/x?access_token=${leak}&a=1 failed`);

    logTo(lines).error('failed', {
      error: new AppError('upstream', `body {"access_token":"${leak}"}`, { cause }),
      details: {
        wrapped: new Secret(leak),
        token: leak,
        deep: [{ AppSecret: leak, nested: JSON.stringify({ ticket: leak }) }],
        headers: { Authorization: leak },
      },
    });

    expect(lines[0]).not.toContain(leak);
    expect(lines[0]).toContain('upstream');
  });

  test('masks secrets that it knows by value, in whatever form a line has them', () => {
    const lines: string[] = [];
    const value = 'p&q "r"\n中 secret';
    const log = logTo(lines, { mask: maskWith([new Secret(value), new Secret('another-one')]) });

    log.child({ details: { note: `said ${value}` } }).error('failed', {
      error: new Error(`https://orders.test/?k=${encodeURIComponent(value)}`, {
        cause: JSON.stringify({ sent: { value, other: 'another-one' } }),
      }),
    });

    const [line = ''] = lines;
    expect(JSON.parse(line)).toMatchObject({ details: { note: 'said [secret]' } });
    expect(line.match(/\[secret\]/g)?.length).toBeGreaterThanOrEqual(4);
    for (const part of ['p&q', 'p%26q', '中', '%E4', 'another-one'])
      expect(line).not.toContain(part);
  });

  test('masks a secret in every text of a line, and writes any text as JSON', () => {
    const names = [
      'requestId',
      'messageId',
      'message',
      'reason',
      'client',
      'rid',
      'openid',
    ] as const;
    const text = anyText();

    fc.assert(
      fc.property(fc.constantFrom(...names), text, text, (name, before, after) => {
        const lines: string[] = [];
        const said = `${before} known-one access_token=S3CR3T&x ${after}`;
        const log = logTo(lines, { mask: maskWith([new Secret('known-one')]), openids: 'plain' });
        log.info(said, { [name]: said });
        logTo(lines, { openids: 'plain' }).info(before, { [name]: after });

        expect(lines[0]).not.toMatch(/known-one|S3CR3T/);
        expect(JSON.parse(lines[0] ?? '')).toHaveProperty(name);
        expect(JSON.parse(lines[1] ?? '')).toHaveProperty(name);
      }),
      { numRuns: 1_000 },
    );
    const lines: string[] = [];
    logTo(lines).info('中 "a"\n', { reason: '\u0000\\', ms: 1.5, count: Number.NaN });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      event: '中 "a"\n',
      ...{ reason: '\u0000\\', ms: 1.5, count: 'NaN' },
    });
  });

  test('tells the time to the millisecond', () => {
    const lines: string[] = [];
    let now = 0;
    const log = logTo(lines, { now: () => now });
    const times = [999, 1_000, 1_001, 1_795_876_500_007, 1_795_876_500_070, 1_000];
    for (now of times) log.info('a');

    expect(lines.map((line) => JSON.parse(line).time)).toEqual(
      times.map((time) => new Date(time).toISOString()),
    );
  });

  test('masks a secret at any depth, under any name that WeChat, CloudBase or we give to one', () => {
    const secret = 'S3CR3T-value_0123456789';
    const names = fc.constantFrom(
      ...['access_token', 'accessToken', 'refresh_token', 'appsecret', 'AppSecret', 'secretKey'],
      ...['SecretId', 'jsapi_ticket', 'ticket', 'signature', 'msg_signature', 'encodingAesKey'],
      ...['authorization', 'Cookie', 'api_key', 'sessionToken', 'password'],
    );
    const wraps = fc.array(
      fc.constantFrom<(inner: unknown) => unknown>(
        (inner) => ({ inner }),
        (inner) => [1, inner],
        (inner) => ({ text: JSON.stringify(inner) }),
        (inner) => new AppError('upstream', 'It failed.', { cause: inner }),
        (inner) => new AppError('upstream', JSON.stringify(inner)),
      ),
      { maxLength: 4 },
    );
    const sayings = fc.constantFrom(
      (name: string) => ({ [name]: secret }),
      (name: string) => `GET /cgi-bin/x?a=1&${name}=${secret}&b=2`,
      (name: string) => `{"${name}":"${secret}"}`,
      (name: string) => `${name}: Bearer ${secret}`,
    );
    fc.assert(
      fc.property(names, sayings, wraps, (name, say, around) => {
        const lines: string[] = [];
        const value = around.reduce<unknown>((inner, wrap) => wrap(inner), say(name));
        logTo(lines).warn('odd', { details: { value }, error: value });
        expect(lines[0]).not.toContain(secret);
      }),
      { numRuns: 2_000 },
    );
  });

  test('never throws and never breaks the line, whatever the details hold', () => {
    const cyclic: Record<string, unknown> = { a: 1n, b: Symbol('s'), c: () => 1, d: Number.NaN };
    cyclic.self = cyclic;
    Object.defineProperty(cyclic, 'bad', {
      enumerable: true,
      get() {
        throw new Error('no');
      },
    });
    const values = fc.oneof(fc.anything(), fc.constant(cyclic), fc.constant(new Date(Number.NaN)));

    fc.assert(
      fc.property(values, (value) => {
        const lines: string[] = [];
        logTo(lines).info('odd', { details: { value }, error: value });
        expect(lines[0]).not.toContain('\n');
        expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'odd' });
      }),
      { numRuns: 2_000 },
    );
  });
});

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../testing/any-text.ts';
import { type EventShape, httpEvent } from './http-event.ts';

const shapes: EventShape[] = ['function-url', 'http-access', 'api-gateway'];
const names = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('__proto__', 'a[]', 'x y'));
const queries = fc.array(fc.tuple(names, fc.string({ unit: 'grapheme' })), { maxLength: 6 });
const types = fc.constantFrom(
  'text/xml',
  'application/json; charset=utf-8',
  'image/png',
  undefined,
);

/** What a function can read back from an event of any shape. */
function read(event: Record<string, unknown>) {
  const { body, isBase64Encoded } = event;
  const [mine, other] = [event.queryString ?? {}, event.queryStringParameters ?? {}];
  return {
    body: Buffer.from(String(body), isBase64Encoded === true ? 'base64' : 'utf8'),
    query: Object.entries({ ...mine, ...other }).flatMap(([name, value]) =>
      [value].flat().map((one) => [name, one]),
    ),
  };
}

test('no shape loses or changes a byte of the body or a part of the query', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...shapes),
      fc.oneof(
        fc.uint8Array(),
        anyText().map((text) => Buffer.from(text)),
      ),
      queries,
      types,
      (shape, bytes, query, type) => {
        const event = httpEvent(shape, {
          method: 'POST',
          url: `/fn/sub?${new URLSearchParams(query)}`,
          mount: '/fn',
          rawHeaders: type === undefined ? [] : ['Content-Type', type],
          body: Buffer.from(bytes),
          remoteAddress: '127.0.0.1',
          requestId: 'id',
          namespace: 'default',
        });

        // Through JSON, as every event goes.
        const back = read(JSON.parse(JSON.stringify(event)));

        expect(back.body.equals(Buffer.from(bytes))).toBe(true);
        expect(sorted(back.query)).toEqual(sorted(query));
        expect(event.path).toBe(shape === 'api-gateway' ? '/fn/sub' : '/sub');
      },
    ),
    { numRuns: 2000 },
  );
});

/** By name; the order of values under one name stands. */
function sorted(pairs: unknown[][]): unknown[][] {
  return [...pairs].sort(([a], [b]) =>
    String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0,
  );
}

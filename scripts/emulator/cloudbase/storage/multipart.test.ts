import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseMultipart } from './multipart.ts';

const BOUNDARY = '----boundary123';

function write(parts: readonly { name: string; bytes: Buffer }[]): Buffer {
  const sections = parts.flatMap(({ name, bytes }) => [
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
    bytes,
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...sections, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}

test('any bytes come out of a form as they went in', () => {
  const bytes = fc.uint8Array({ maxLength: 200 }).map((data) => Buffer.from(data));
  const name = fc.stringMatching(/^[a-z-]{1,10}$/);

  fc.assert(
    fc.property(fc.array(fc.record({ name, bytes })), (parts) => {
      const read = parseMultipart(`multipart/form-data; boundary=${BOUNDARY}`, write(parts));
      expect(read.map((part) => [part.name, part.bytes.toString('hex')])).toEqual(
        parts.map((part) => [part.name, part.bytes.toString('hex')]),
      );
    }),
  );
});

test('what is no form has no parts', () => {
  expect(parseMultipart('text/plain', Buffer.from('x'))).toEqual([]);
  expect(parseMultipart(`multipart/form-data; boundary=${BOUNDARY}`, Buffer.from('x'))).toEqual([]);
  const headless = Buffer.from(`--${BOUNDARY}\r\nno head\r\n--${BOUNDARY}--`);
  expect(parseMultipart(`multipart/form-data; boundary=${BOUNDARY}`, headless)).toEqual([]);
});

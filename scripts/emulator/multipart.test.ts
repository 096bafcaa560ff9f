import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readForm } from './multipart.ts';

const BOUNDARY = '----boundary123';

interface Written {
  readonly head: string;
  readonly bytes: Uint8Array;
}

function write(parts: readonly Written[], boundary = BOUNDARY): Buffer {
  const sections = parts.flatMap(({ head, bytes }) => [
    Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`),
    bytes,
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...sections, Buffer.from(`--${boundary}--\r\n`)]);
}

const field = (name: string) => `Content-Disposition: form-data; name="${name}"`;
const media = { head: `${field('media')}; filename="a.png"`, bytes: Buffer.from('abc') };
const one = write([media], 'B');
const read = [expect.objectContaining({ name: 'media', fileName: 'a.png' })];

test('any bytes come out of a form as they went in', async () => {
  const nearlyBoundary = fc.constantFrom('\r\n', '\r\n--', `--${BOUNDARY}`, '\r\n----bound', '-');
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.array(nearlyBoundary, { maxLength: 6 }).map((list) => Buffer.from(list.join(''))),
  );
  const name = fc.stringMatching(/^[a-z-]{1,10}$/);
  const holdsBoundary = (data: Uint8Array) =>
    Buffer.concat([Buffer.from('\r\n'), data]).includes(`\r\n--${BOUNDARY}`);

  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ name, bytes })), async (parts) => {
      fc.pre(!parts.some((part) => holdsBoundary(part.bytes)));
      const body = write(parts.map((part) => ({ head: field(part.name), bytes: part.bytes })));
      const form = await readForm(`multipart/form-data; boundary=${BOUNDARY}`, body);
      expect(form?.map((part) => [part.name, Buffer.from(part.bytes).toString('hex')])).toEqual(
        parts.map((part) => [part.name, Buffer.from(part.bytes).toString('hex')]),
      );
    }),
  );
});

describe('the boundary is found', () => {
  test.each([
    'multipart/form-data; boundary=B',
    'multipart/form-data;boundary=B',
    'multipart/form-data; boundary=B; charset=UTF-8',
    'multipart/form-data; charset=UTF-8; boundary=B',
    'multipart/form-data; boundary="B"',
    'multipart/form-data; boundary="B";',
    'multipart/form-data;  boundary=B  ;  charset=UTF-8 ; ',
    'MULTIPART/Form-Data ; ; Boundary=B;;',
    'multipart/form-data; charset="a; boundary=C"; boundary=B',
    'multipart/form-data',
    'multipart/form-data;',
    'multipart/form-data; boundary=',
    'multipart/form-data; charset=UTF-8',
  ])('%s', async (type) => {
    expect(await readForm(type, one)).toEqual(read);
  });

  test('in the first line, with a line break before it', async () => {
    const body = Buffer.from(`\r\n${one.toString()}`);

    expect(await readForm('multipart/form-data', body)).toEqual(read);
  });
});

describe('a part is read', () => {
  test.each([
    ['name=media; filename=a.png', 'a.png'],
    ['name="media";filename="a.png";', 'a.png'],
    ['  filename="a.png" ;  name="media"  ', 'a.png'],
    ['NAME="media"; FileName="a b;c.png"', 'a b;c.png'],
    ['name="media"; filename="a\\"b.png"', 'a"b.png'],
    ['name="media"; filename="图.png"', '图.png'],
    ['name="media"; filename=""', ''],
    ['name="media"', undefined],
    ["name=media; filename*=UTF-8''a.png", undefined],
  ])('with %s', async (rest, fileName) => {
    const head = `content-type:  image/png \r\nCONTENT-DISPOSITION: form-data; ${rest}`;
    const form = await readForm(
      'multipart/form-data; boundary=B',
      write([{ head, bytes: Buffer.from('abc') }], 'B'),
    );

    expect(form).toEqual([
      { name: 'media', fileName, contentType: 'image/png', bytes: new Uint8Array([97, 98, 99]) },
    ]);
  });
});

test.each<[string, string, string]>([
  ['another type', 'text/plain', one.toString()],
  ['no type', '', one.toString()],
  ['another kind of multipart', 'multipart/mixed; boundary=B', one.toString()],
  ['another boundary', 'multipart/form-data; boundary=C', one.toString()],
  ['no end', 'multipart/form-data; boundary=B', one.toString().replace('--B--', '--B')],
  ['half of it', 'multipart/form-data; boundary=B', one.toString().slice(0, 70)],
  ['no disposition', 'multipart/form-data; boundary=B', '--B\r\nA: b\r\n\r\nx\r\n--B--'],
  ['no name', 'multipart/form-data; boundary=B', one.toString().replace('name="media"; ', '')],
  ['no head', 'multipart/form-data; boundary=B', '--B\r\nno head\r\n--B--'],
  ['words', 'multipart/form-data; boundary=B', 'x'],
  ['words, no boundary', 'multipart/form-data', 'x'],
  ['nothing', 'multipart/form-data; boundary=B', ''],
])('%s is no form', async (_, type, body) => {
  expect(await readForm(type, Buffer.from(body))).toBeUndefined();
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../scripts/testing/any-text.ts';
import { readText } from './text-bytes.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
/** "菜单" in GBK. */
const GBK = Uint8Array.of(0xb2, 0xcb, 0xb5, 0xa5);

describe('a file that a person has edited', () => {
  test('is read as UTF-8, with or without a byte order mark', () => {
    fc.assert(
      fc.property(anyText(), fc.boolean(), (text, isMarked) => {
        fc.pre(!text.startsWith('\uFEFF') && !text.includes('\0'));
        const wellFormed = text.toWellFormed();
        expect(readText('F', utf8(isMarked ? `\uFEFF${wellFormed}` : wellFormed))).toBe(wellFormed);
      }),
    );
  });

  test('never comes with a character that stands for bytes which could not be read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        let text = '';
        try {
          text = readText('F', bytes);
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid' });
          return;
        }
        const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
        expect(utf8(text)).toEqual(isMarked ? bytes.subarray(3) : bytes);
      }),
    );
  });

  test.each([
    ['GBK', GBK, /GBK.*ANSI/],
    ['UTF-16 LE', Uint8Array.of(0xff, 0xfe, 0xdc, 0x83), /UTF-16 LE/],
    ['UTF-16 BE', Uint8Array.of(0xfe, 0xff, 0x83, 0xdc), /UTF-16 BE/],
    ['UTF-16 without a mark', Uint8Array.of(0x7b, 0, 0xdc, 0x83), /UTF-16/],
    ['no text', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), /no encoding/],
  ])('is refused as %s, with what to do', (_, bytes, expected) => {
    const read = () => readText('menu.json', bytes);

    expect(read).toThrow(expected);
    expect(read).toThrow(/^menu\.json is not UTF-8: .* Save it anew as UTF-8/);
  });

  test('is read as GB18030 when its reader says so', () => {
    expect(readText('F', GBK, 'gb18030')).toBe('菜单');
    expect(() => readText('F', Uint8Array.of(0x81), 'gb18030')).toThrow(/is not GB18030/);
  });
});

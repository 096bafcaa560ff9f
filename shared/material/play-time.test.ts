import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type FormatName, formatOf } from './file-format.ts';
import { playTime } from './play-time.ts';
import { amr, amrWide, mp3, wav, wma } from './samples.test-data.ts';

describe('playTime', () => {
  test.each([
    ['AMR', amr(3), 3],
    ['AMR', amrWide(3), 3],
    ['MP3', mp3(3), 3],
    ['WAV', wav(3), 3],
    ['WMA', wma(3), 3],
  ] as const)('%s', (format, bytes, seconds) => {
    expect(playTime(format, bytes)).toBeCloseTo(seconds, 1);
  });

  test('MP3 of a variable bitrate, of version 2, with a tag at its end', () => {
    const frame = (header: number, bytes: number) => {
      const buffer = Buffer.alloc(bytes);
      buffer.writeUInt32BE(header);
      return buffer;
    };
    // 64 and 32 kbit/s at 22.05 kHz, padded and not: 576 samples each.
    const slow = [frame(0xfff3_8000, 208), frame(0xfff3_8200, 209), frame(0xfff3_4000, 104)];
    const bytes = Buffer.concat([...slow, ...slow, Buffer.from(`TAG${' '.repeat(125)}`)]);

    expect(playTime('MP3', bytes)).toBeCloseTo((6 * 576) / 22_050, 5);
  });

  test('a recorder that left the size of its WAV open', () => {
    const open = wav(2);
    open.writeUInt32LE(0xffff_ffff, 40);

    expect(playTime('WAV', open)).toBe(2);
  });

  test.each(['JPG', 'MP4'] as const)('%s does not tell', (format) => {
    expect(playTime(format, Buffer.alloc(100))).toBeUndefined();
  });

  test('no bytes at all make it fail', () => {
    const formats: FormatName[] = ['AMR', 'MP3', 'WAV', 'WMA'];
    const files = [amr(1), amrWide(1), mp3(1), wav(1), wma(1)];
    const cut = fc
      .tuple(fc.constantFrom(...files), fc.nat(300), fc.uint8Array({ maxLength: 40 }))
      .map(([file, length, rest]) => Buffer.concat([file.subarray(0, length), rest]));

    fc.assert(
      fc.property(fc.constantFrom(...formats), cut, (format, bytes) => {
        const seconds = playTime(format, bytes);
        expect(seconds === undefined || Number.isFinite(seconds)).toBe(true);
        formatOf(bytes);
      }),
      { numRuns: 500 },
    );
  });
});

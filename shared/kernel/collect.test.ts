import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { collect } from './collect.ts';

/** A stream that knows how many of its chunks were taken, and whether it was let go. */
function streamOf(chunks: readonly Uint8Array[]) {
  const seen = { taken: 0, isClosed: false };
  async function* stream() {
    try {
      for (const chunk of chunks) {
        seen.taken += 1;
        yield await Promise.resolve(chunk);
      }
    } finally {
      seen.isClosed = true;
    }
  }
  return { stream: stream(), seen };
}

const chunks = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 });

test('gathers every byte of what is short enough, whatever length was announced', async () => {
  await fc.assert(
    fc.asyncProperty(chunks, fc.option(fc.nat(600), { nil: undefined }), async (parts, length) => {
      const whole = Buffer.concat(parts);
      expect(await collect(streamOf(parts).stream, whole.length, length)).toEqual(whole);
    }),
  );
});

test('lets go of a stream with the first byte too many, and asks for no more of it', async () => {
  await fc.assert(
    fc.asyncProperty(chunks, fc.nat(300), async (parts, maxBytes) => {
      const lengths = parts.map((_, at) => Buffer.concat(parts.slice(0, at + 1)).length);
      const last = lengths.findIndex((length) => length > maxBytes);
      fc.pre(last >= 0);
      const { stream, seen } = streamOf(parts);

      expect(await collect(stream, maxBytes)).toBeUndefined();

      expect(seen).toEqual({ taken: last + 1, isClosed: true });
    }),
  );
});

/**
 * Gathers a stream into one buffer. Once more than `maxBytes` have come, the stream is let go and the
 * result is `undefined`.
 *
 * @param length how many bytes are to come, if that is known; it is not relied on
 */
export async function collect(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number,
  length = 0,
): Promise<Buffer | undefined> {
  let buffer = Buffer.allocUnsafe(Math.min(length, maxBytes));
  let filled = 0;
  for await (const chunk of stream) {
    const needed = filled + chunk.length;
    if (needed > maxBytes) return undefined;
    if (needed > buffer.length) {
      const larger = Buffer.allocUnsafe(Math.min(Math.max(needed, 2 * buffer.length), maxBytes));
      buffer.copy(larger, 0, 0, filled);
      buffer = larger;
    }
    buffer.set(chunk, filled);
    filled = needed;
  }
  return buffer.subarray(0, filled);
}

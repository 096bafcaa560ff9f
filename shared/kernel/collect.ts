/**
 * Gathers a stream into one buffer. A stream of more than `maxBytes` is closed, and the result is
 * `undefined`.
 *
 * @param length the announced number of bytes, if there is one; it may be wrong
 */
export async function collect(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number,
  length = 0,
): Promise<Buffer<ArrayBuffer> | undefined> {
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

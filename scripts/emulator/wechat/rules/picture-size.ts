/** Width and height of a PNG, GIF or JPEG in pixels; `undefined` for anything else. */
export function pictureSize(
  bytes: Uint8Array,
): { readonly w: number; readonly h: number } | undefined {
  const data = Buffer.from(bytes);
  if (data.length >= 24 && data.toString('latin1', 1, 4) === 'PNG') {
    return { w: data.readUInt32BE(16), h: data.readUInt32BE(20) };
  }
  if (data.length >= 10 && data.toString('latin1', 0, 3) === 'GIF') {
    return { w: data.readUInt16LE(6), h: data.readUInt16LE(8) };
  }
  if (data[0] === 0xff && data[1] === 0xd8) return jpegSize(data);
  return undefined;
}

/** Walks from segment to segment up to the one that starts a frame. */
function jpegSize(data: Buffer) {
  let at = 2;
  while (at + 9 <= data.length && data[at] === 0xff) {
    const marker = data[at + 1] ?? 0;
    // C4, C8 and CC define tables; the others of this row start a frame.
    const startsFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (startsFrame) return { w: data.readUInt16BE(at + 7), h: data.readUInt16BE(at + 5) };
    at += 2 + data.readUInt16BE(at + 2);
  }
  return undefined;
}

/** Small files that are what they say by their first bytes. */

export const jpg = (bytes = 100) => padded(Buffer.from('ffd8ffe000104a464946', 'hex'), bytes);
export const png = (bytes = 100) => padded(Buffer.from('89504e470d0a1a0a', 'hex'), bytes);
export const gif = (bytes = 100) => padded(Buffer.from('GIF89a'), bytes);
export const bmp = (bytes = 100) => {
  const file = padded(Buffer.from('BM'), bytes);
  file.writeUInt32LE(40, 14);
  return file;
};
export const mp4 = (bytes = 100) => padded(Buffer.from('\0\0\0\x18ftypisom', 'latin1'), bytes);

/** Frames of 20 ms at 12.2 kbit/s, 32 bytes each. */
export const amr = (seconds = 1) => {
  const frame = Buffer.alloc(32);
  frame[0] = 7 << 3;
  return Buffer.concat([Buffer.from('#!AMR\n'), ...Array<Buffer>(seconds * 50).fill(frame)]);
};

/** Frames of 23.85 kbit/s, 61 bytes each, which other readers would take for narrow ones. */
export const amrWide = (seconds = 1) => {
  const frame = Buffer.alloc(61);
  frame[0] = 8 << 3;
  return Buffer.concat([Buffer.from('#!AMR-WB\n'), ...Array<Buffer>(seconds * 50).fill(frame)]);
};

/** Layer III, version 1, 128 kbit/s, 44.1 kHz: frames of 417 bytes and 26 ms, behind a tag. */
export const mp3 = (seconds = 1) => {
  const frame = Buffer.alloc(417);
  frame.writeUInt32BE(0xfffb9000);
  const frames = Math.round((seconds * 44_100) / 1152);
  const tag = Buffer.alloc(10 + 200);
  tag.write('ID3\x04', 'latin1');
  tag.writeUInt8(200 >> 7, 8);
  tag.writeUInt8(200 & 0x7f, 9);
  return Buffer.concat([tag, ...Array<Buffer>(frames).fill(frame)]);
};

/** 8 kHz, 8 bits, one channel. */
export const wav = (seconds = 1) => {
  const bytes = seconds * 8_000;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt32LE(8_000, 28);
  head.write('data', 36);
  head.writeUInt32LE(bytes, 40);
  return Buffer.concat([head, Buffer.alloc(bytes)]);
};

export const wma = (seconds = 1, prerollMs = 3_000) => {
  const file = Buffer.alloc(200);
  Buffer.from('3026b2758e66cf11a6d900aa0062ce6c', 'hex').copy(file);
  Buffer.from('a1dcab8c47a9cf118ee400c00c205365', 'hex').copy(file, 30);
  file.writeBigUInt64LE(BigInt(seconds * 1e7 + prerollMs * 1e4), 30 + 64);
  file.writeBigUInt64LE(BigInt(prerollMs), 30 + 80);
  return file;
};

export const inBase64 = (bytes: Buffer, name = 'file.bin') => ({
  base64: bytes.toString('base64'),
  name,
});

function padded(head: Buffer, bytes: number): Buffer {
  return Buffer.concat([head, Buffer.alloc(bytes - head.length)]);
}

import type { FileFormat } from './file-format.ts';

/** How long a sound plays, in seconds; `undefined` where the file does not say it plainly. */
export function playSeconds(format: FileFormat, bytes: Uint8Array): number | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === 'amr') return amrSeconds(data);
  if (format === 'wav') return wavSeconds(data);
  if (format === 'mp3') return mp3Seconds(data);
  return undefined;
}

/** Bytes of a frame, its first included, by the mode in that first byte. */
const AMR_FRAME_BYTES = [13, 14, 16, 18, 20, 21, 27, 32, 6, 1, 1, 1, 1, 1, 1, 1];
const AMR_FRAME_SECONDS = 0.02;

function amrSeconds(data: Buffer): number {
  let frames = 0;
  for (let at = '#!AMR\n'.length; at < data.length; frames += 1) {
    at += AMR_FRAME_BYTES[((data[at] ?? 0) >> 3) & 0x0f] ?? 1;
  }
  return frames * AMR_FRAME_SECONDS;
}

function wavSeconds(data: Buffer): number | undefined {
  const bytesPerSecond = data.length >= 44 ? data.readUInt32LE(28) : 0;
  return bytesPerSecond > 0 ? (data.length - 44) / bytesPerSecond : undefined;
}

const MPEG1_KBITS = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
const MPEG2_KBITS = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];

/** By the bit rate of the first frame, which is that of all of them in most files. */
function mp3Seconds(data: Buffer): number | undefined {
  const start = data.toString('latin1', 0, 3) === 'ID3' ? 10 + id3Bytes(data) : 0;
  const [sync = 0, version = 0, rate = 0] = data.subarray(start, start + 3);
  if (sync !== 0xff || (version & 0xe6) !== 0xe2) return undefined;
  const kbits = ((version & 0x18) === 0x18 ? MPEG1_KBITS : MPEG2_KBITS)[rate >> 4] ?? 0;
  return kbits > 0 ? ((data.length - start) * 8) / (kbits * 1_000) : undefined;
}

/** Four times seven bits. */
function id3Bytes(data: Buffer): number {
  return data.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);
}

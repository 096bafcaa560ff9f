import type { FormatName } from './file-format.ts';
import { mp3Seconds } from './mp3-time.ts';

/** How long a voice plays, in seconds; `undefined` if the file does not tell. */
export function playTime(format: FormatName, bytes: Buffer): number | undefined {
  return readers[format]?.(bytes);
}

const readers: Readonly<Partial<Record<FormatName, (bytes: Buffer) => number | undefined>>> = {
  AMR: amrSeconds,
  MP3: mp3Seconds,
  WAV: wavSeconds,
  WMA: wmaSeconds,
};

const NARROW = '#!AMR\n';
const WIDE = '#!AMR-WB\n';
/** The size of a frame by its type, its first byte included; 0 for no type. RFC 4867, section 5.3 */
const NARROW_FRAMES = [13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1];
const WIDE_FRAMES = [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1];
const AMR_FRAME_SECONDS = 0.02;

function amrSeconds(bytes: Buffer): number | undefined {
  const isWide = bytes.subarray(0, WIDE.length).equals(Buffer.from(WIDE));
  const sizes = isWide ? WIDE_FRAMES : NARROW_FRAMES;
  let at = isWide ? WIDE.length : NARROW.length;
  let frames = 0;
  while (at < bytes.length) {
    const size = sizes[(bytes.readUInt8(at) >> 3) & 0x0f];
    if (!size) return undefined;
    at += size;
    frames += 1;
  }
  return frames * AMR_FRAME_SECONDS;
}

function wavSeconds(bytes: Buffer): number | undefined {
  let bytesPerSecond = 0;
  let at = 12;
  while (at + 20 <= bytes.length) {
    const id = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    if (id === 'fmt ') bytesPerSecond = bytes.readUInt32LE(at + 16);
    // A recorder that could not go back left the size open: the data is the rest of the file.
    if (id === 'data' && bytesPerSecond > 0) {
      return Math.min(size, bytes.length - at - 8) / bytesPerSecond;
    }
    at += 8 + size + (size % 2);
  }
  return undefined;
}

const FILE_PROPERTIES = Buffer.from('a1dcab8c47a9cf118ee400c00c205365', 'hex');

function wmaSeconds(bytes: Buffer): number | undefined {
  const at = bytes.indexOf(FILE_PROPERTIES);
  if (at < 0 || at + 88 > bytes.length) return undefined;
  const hundredNanoseconds = bytes.readBigUInt64LE(at + 64);
  const prerollMs = bytes.readBigUInt64LE(at + 80);
  return Number(hundredNanoseconds) / 1e7 - Number(prerollMs) / 1e3;
}

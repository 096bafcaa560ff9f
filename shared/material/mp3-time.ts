/** Kilobits per second by index: version 1, and versions 2 and 2.5, of layer III. */
const BITRATES = {
  one: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  two: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;

/** Samples per second by version bits and index. */
const SAMPLE_RATES: Readonly<Record<number, readonly number[]>> = {
  3: [44_100, 48_000, 32_000],
  2: [22_050, 24_000, 16_000],
  0: [11_025, 12_000, 8_000],
};

interface Frame {
  readonly bytes: number;
  readonly seconds: number;
}

/** Adds up the frames, so that a variable bitrate or a wrong header does no harm. */
export function mp3Seconds(bytes: Buffer): number | undefined {
  let at = tagLength(bytes);
  let seconds = 0;
  while (at + 4 <= bytes.length) {
    const frame = readFrame(bytes.readUInt32BE(at));
    // Between frames there may be tags and padding: the next frame is found by its first bits.
    at += frame?.bytes ?? 1;
    seconds += frame?.seconds ?? 0;
  }
  return seconds > 0 ? seconds : undefined;
}

/** ID3v2 writes seven bits of its length into each byte. */
function tagLength(bytes: Buffer): number {
  if (bytes.length < 10 || bytes.toString('latin1', 0, 3) !== 'ID3') return 0;
  const length = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + (bytes.readUInt8(at) & 0x7f), 0);
  return 10 + length;
}

function readFrame(header: number): Frame | undefined {
  const isLayerThree = header >>> 21 === 0x7ff && ((header >>> 17) & 0b11) === 0b01;
  const version = (header >>> 19) & 0b11;
  const isOne = version === 0b11;
  const bitrate = BITRATES[isOne ? 'one' : 'two'][(header >>> 12) & 0b1111];
  const rate = SAMPLE_RATES[version]?.[(header >>> 10) & 0b11];
  if (!isLayerThree || !bitrate || !rate) return undefined;
  const padding = (header >>> 9) & 1;
  const samples = isOne ? 1152 : 576;
  return {
    bytes: Math.floor(((samples / 8) * bitrate * 1000) / rate) + padding,
    seconds: samples / rate,
  };
}

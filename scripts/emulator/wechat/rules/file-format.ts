interface Format {
  readonly extensions: readonly [string, ...string[]];
  readonly contentType: string;
  matches(bytes: Buffer): boolean;
}

const startsWith =
  (...signatures: readonly (string | readonly number[])[]) =>
  (bytes: Buffer) =>
    signatures.some((signature) => {
      const isText = typeof signature === 'string';
      const expected = isText ? Buffer.from(signature, 'latin1') : Buffer.from(signature);
      return bytes.subarray(0, expected.length).equals(expected);
    });
const holds = (at: number, text: string) => (bytes: Buffer) =>
  bytes.subarray(at, at + text.length).toString('latin1') === text;

/** What WeChat takes, told by the first bytes, whatever the name says. */
const formats = {
  jpeg: {
    extensions: ['jpg', 'jpeg'],
    contentType: 'image/jpeg',
    matches: startsWith([0xff, 0xd8, 0xff]),
  },
  png: {
    extensions: ['png'],
    contentType: 'image/png',
    matches: startsWith([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  },
  gif: { extensions: ['gif'], contentType: 'image/gif', matches: startsWith('GIF87a', 'GIF89a') },
  bmp: { extensions: ['bmp'], contentType: 'image/bmp', matches: startsWith('BM') },
  amr: { extensions: ['amr'], contentType: 'audio/amr', matches: startsWith('#!AMR\n') },
  mp3: {
    extensions: ['mp3'],
    contentType: 'audio/mp3',
    matches: (bytes) =>
      holds(0, 'ID3')(bytes) || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2),
  },
  wav: {
    extensions: ['wav'],
    contentType: 'audio/wav',
    matches: (bytes) => holds(0, 'RIFF')(bytes) && holds(8, 'WAVE')(bytes),
  },
  wma: {
    extensions: ['wma'],
    contentType: 'audio/x-ms-wma',
    matches: startsWith([0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11]),
  },
  mp4: { extensions: ['mp4'], contentType: 'video/mp4', matches: holds(4, 'ftyp') },
} as const satisfies Record<string, Format>;

export type FileFormat = keyof typeof formats;
const names = Object.keys(formats) as FileFormat[];

export function formatOf(bytes: Uint8Array): FileFormat | undefined {
  const start = Buffer.from(bytes.subarray(0, 16));
  return names.find((name) => formats[name].matches(start));
}

/** The clearer form of a voice, which WeChat gives out and never takes. */
export function isSpeex(bytes: Uint8Array): boolean {
  return startsWith('Speex   ')(Buffer.from(bytes.subarray(0, 8)));
}

/** `undefined` for a name without an extension that WeChat knows. */
export function formatByName(fileName: string): FileFormat | undefined {
  const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  return names.find((name) => (formats[name] as Format).extensions.includes(extension));
}

export function contentTypeOf(format: FileFormat): string {
  return formats[format].contentType;
}

export function extensionOf(format: FileFormat): string {
  return formats[format].extensions[0];
}

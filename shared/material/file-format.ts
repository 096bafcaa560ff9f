/** The format of a file by its first bytes, whatever its name says. */
export interface FileFormat {
  readonly name: FormatName;
  readonly contentType: string;
  /** WeChat goes by the extension. */
  readonly extension: string;
}

/** The formats that WeChat takes somewhere. */
export type FormatName = 'JPG' | 'PNG' | 'GIF' | 'BMP' | 'AMR' | 'MP3' | 'WAV' | 'WMA' | 'MP4';

/** Formats of cameras, phones and browsers that WeChat takes nowhere: known, so that a message names them. */
export type ForeignFormatName =
  | 'WEBP'
  | 'HEIC'
  | 'AVIF'
  | 'TIFF'
  | 'SVG'
  | 'PDF'
  | 'QuickTime'
  | 'WebM'
  | 'AVI'
  | 'M4A'
  | 'AAC'
  | 'OGG'
  | 'FLAC';

interface Row extends FileFormat {
  readonly matches: (head: Buffer) => boolean;
}

const starts = (text: string, at = 0) => {
  const bytes = Buffer.from(text, 'latin1');
  return (head: Buffer) => head.subarray(at, at + bytes.length).equals(bytes);
};

/** Where `<svg` stands behind a declaration and comments. */
const SVG_HEAD = 1024;

const ASF = '\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c';

const formats: readonly Row[] = [
  { name: 'JPG', contentType: 'image/jpeg', extension: 'jpg', matches: starts('\xff\xd8\xff') },
  { name: 'PNG', contentType: 'image/png', extension: 'png', matches: starts('\x89PNG\r\n\x1a\n') },
  { name: 'GIF', contentType: 'image/gif', extension: 'gif', matches: isGif },
  { name: 'BMP', contentType: 'image/bmp', extension: 'bmp', matches: isBmp },
  { name: 'AMR', contentType: 'audio/amr', extension: 'amr', matches: starts('#!AMR') },
  { name: 'MP3', contentType: 'audio/mpeg', extension: 'mp3', matches: isMp3 },
  { name: 'WAV', contentType: 'audio/wav', extension: 'wav', matches: isRiff('WAVE') },
  { name: 'WMA', contentType: 'audio/x-ms-wma', extension: 'wma', matches: starts(ASF) },
  { name: 'MP4', contentType: 'video/mp4', extension: 'mp4', matches: starts('ftyp', 4) },
];

interface ForeignRow {
  readonly name: ForeignFormatName;
  readonly matches: (head: Buffer) => boolean;
}

const foreignFormats: readonly ForeignRow[] = [
  { name: 'WEBP', matches: isRiff('WEBP') },
  { name: 'AVI', matches: isRiff('AVI ') },
  {
    name: 'HEIC',
    matches: hasBrand('heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'),
  },
  { name: 'AVIF', matches: hasBrand('avif', 'avis') },
  { name: 'M4A', matches: hasBrand('M4A ', 'M4B ') },
  { name: 'QuickTime', matches: isQuickTime },
  { name: 'TIFF', matches: any(starts('II*\0'), starts('MM\0*')) },
  { name: 'SVG', matches: (head) => /^\uFEFF?\s*(?:<[?!][^>]*>\s*)*<svg[\s>]/i.test(textOf(head)) },
  { name: 'PDF', matches: starts('%PDF-') },
  { name: 'WebM', matches: starts('\x1a\x45\xdf\xa3') },
  { name: 'OGG', matches: starts('OggS') },
  { name: 'FLAC', matches: starts('fLaC') },
  { name: 'AAC', matches: any(starts('\xff\xf1'), starts('\xff\xf9')) },
];

/** `undefined` for a format that WeChat does not take anywhere. */
export function formatOf(bytes: Buffer): FileFormat | undefined {
  if (foreignFormatOf(bytes)) return undefined;
  return formats.find(({ matches }) => matches(bytes));
}

/** The name of a format that WeChat does not take anywhere, if the bytes tell it. */
export function foreignFormatOf(bytes: Buffer): ForeignFormatName | undefined {
  return foreignFormats.find(({ matches }) => matches(bytes))?.name;
}

function any(...tests: readonly Row['matches'][]): Row['matches'] {
  return (head) => tests.some((matches) => matches(head));
}

function isRiff(form: string): Row['matches'] {
  return (head) => starts('RIFF')(head) && starts(form, 8)(head);
}

/** Files of the MP4 family begin with a box `ftyp` that names their brand. */
function hasBrand(...brands: readonly string[]): Row['matches'] {
  return any(...brands.map((brand) => starts(`ftyp${brand}`, 4)));
}

/** Older cameras write no `ftyp`: the file begins with another box. */
function isQuickTime(head: Buffer): boolean {
  const boxes = ['moov', 'mdat', 'wide'].map((box) => starts(box, 4));
  return any(hasBrand('qt  '), ...boxes)(head);
}

function textOf(head: Buffer): string {
  return head.toString('utf8', 0, SVG_HEAD);
}

function isGif(head: Buffer): boolean {
  return starts('GIF87a')(head) || starts('GIF89a')(head);
}

/** Many texts begin with "BM", so the size of the picture's own header must be there as well. */
function isBmp(head: Buffer): boolean {
  return starts('BM')(head) && head.length >= 18 && head.readUInt32LE(14) < 256;
}

/** An MP3 begins with a tag, or with a frame of layer III. */
function isMp3(head: Buffer): boolean {
  const [first = 0, second = 0] = head;
  return starts('ID3')(head) || (first === 0xff && (second & 0xe6) === 0xe2);
}

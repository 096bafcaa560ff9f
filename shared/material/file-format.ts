/** The format of a file by its first bytes, whatever its name says. */
export interface FileFormat {
  readonly name: FormatName;
  readonly contentType: string;
  /** WeChat goes by the extension. */
  readonly extension: string;
}

export type FormatName = 'JPG' | 'PNG' | 'GIF' | 'BMP' | 'AMR' | 'MP3' | 'WAV' | 'WMA' | 'MP4';

interface Row extends FileFormat {
  readonly matches: (head: Buffer) => boolean;
}

const starts = (text: string, at = 0) => {
  const bytes = Buffer.from(text, 'latin1');
  return (head: Buffer) => head.subarray(at, at + bytes.length).equals(bytes);
};

const ASF = '\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c';

const formats: readonly Row[] = [
  { name: 'JPG', contentType: 'image/jpeg', extension: 'jpg', matches: starts('\xff\xd8\xff') },
  { name: 'PNG', contentType: 'image/png', extension: 'png', matches: starts('\x89PNG\r\n\x1a\n') },
  { name: 'GIF', contentType: 'image/gif', extension: 'gif', matches: isGif },
  { name: 'BMP', contentType: 'image/bmp', extension: 'bmp', matches: isBmp },
  { name: 'AMR', contentType: 'audio/amr', extension: 'amr', matches: starts('#!AMR') },
  { name: 'MP3', contentType: 'audio/mpeg', extension: 'mp3', matches: isMp3 },
  { name: 'WAV', contentType: 'audio/wav', extension: 'wav', matches: isWav },
  { name: 'WMA', contentType: 'audio/x-ms-wma', extension: 'wma', matches: starts(ASF) },
  { name: 'MP4', contentType: 'video/mp4', extension: 'mp4', matches: starts('ftyp', 4) },
];

/** `undefined` for a format that WeChat does not take anywhere. */
export function formatOf(bytes: Buffer): FileFormat | undefined {
  return formats.find(({ matches }) => matches(bytes));
}

function isGif(head: Buffer): boolean {
  return starts('GIF87a')(head) || starts('GIF89a')(head);
}

/** Many texts begin with "BM", so the size of the picture's own header must be there as well. */
function isBmp(head: Buffer): boolean {
  return starts('BM')(head) && head.length >= 18 && head.readUInt32LE(14) < 256;
}

function isWav(head: Buffer): boolean {
  return starts('RIFF')(head) && starts('WAVE', 8)(head);
}

/** An MP3 begins with a tag, or with a frame of layer III. */
function isMp3(head: Buffer): boolean {
  const [first = 0, second = 0] = head;
  return starts('ID3')(head) || (first === 0xff && (second & 0xe6) === 0xe2);
}

import type { FormPart } from '../../multipart.ts';
import { ApiError, type Errcode } from '../errors/errors.ts';
import type { Call } from '../http/call.ts';
import type { Switches } from '../options.ts';
import { type FileFormat, formatByName, formatOf, isSpeex } from './file-format.ts';
import { playSeconds } from './play-time.ts';

const MB = 1_048_576;
const MAX_PLAY_SECONDS = 60;

/** What a file of one kind must be. */
export interface FileRule {
  readonly formats: readonly FileFormat[];
  /** The biggest size that is taken. */
  readonly maxBytes: number;
  readonly tooBig: Errcode;
  /** For a name whose extension is not among the formats. */
  readonly wrongName: Errcode;
  /** For bytes that are not of one of the formats. */
  readonly wrongBytes: Errcode;
}

const temporary = { wrongName: 40005, wrongBytes: 40005 } as const;
const permanent = { wrongName: 40113, wrongBytes: 40113 } as const;

/**
 * @see https://developers.weixin.qq.com/doc/offiaccount/Asset_Management/New_temporary_materials.html
 */
export const mediaRules = {
  image: {
    ...temporary,
    wrongBytes: 40137,
    formats: ['jpeg', 'png', 'gif'],
    maxBytes: 10 * MB,
    tooBig: 40009,
  },
  voice: { ...temporary, formats: ['amr', 'mp3'], maxBytes: 2 * MB, tooBig: 40010 },
  video: { ...temporary, formats: ['mp4'], maxBytes: 10 * MB, tooBig: 40011 },
  thumb: { ...temporary, formats: ['jpeg'], maxBytes: 65_536, tooBig: 40012 },
} as const satisfies Record<string, FileRule>;

export type FileType = keyof typeof mediaRules;

export const materialRules = {
  image: {
    ...permanent,
    formats: ['jpeg', 'png', 'gif', 'bmp'],
    maxBytes: 10 * MB,
    tooBig: 40009,
  },
  voice: { ...permanent, formats: ['mp3', 'wma', 'wav', 'amr'], maxBytes: 2 * MB, tooBig: 40010 },
  video: { ...permanent, formats: ['mp4'], maxBytes: 10 * MB, tooBig: 40011 },
  thumb: { ...permanent, formats: ['jpeg'], maxBytes: 65_536, tooBig: 40012 },
} as const satisfies Record<FileType, FileRule>;

/** Of `uploadimg`: less than a megabyte. */
export const pictureRule: FileRule = {
  ...temporary,
  wrongBytes: 40137,
  formats: ['jpeg', 'png'],
  maxBytes: MB - 1,
  tooBig: 40009,
};

export interface UploadedFile {
  readonly fileName: string;
  readonly format: FileFormat;
  readonly bytes: Uint8Array;
}

/** @throws ApiError 40004 */
export function fileTypeOf(type: string | undefined): FileType {
  if (type !== undefined && Object.hasOwn(mediaRules, type)) return type as FileType;
  throw new ApiError(40004);
}

/** The parts of an upload. @throws ApiError 41005 for anything but a whole form of known length. */
export function formOf(call: Call): readonly FormPart[] {
  if (!call.hasLength || !call.form) throw new ApiError(41005);
  return call.form;
}

/** The file in the part `media`, or of another name. @throws ApiError 41005, 40005, 44001, 40009 to 40012 … */
export function fileIn(
  parts: readonly FormPart[],
  rule: FileRule,
  { nonAsciiFileName }: Switches,
  part = 'media',
): UploadedFile {
  const { fileName = '', bytes } = parts.find(({ name }) => name === part) ?? {};
  if (fileName === '' || !bytes) throw new ApiError(41005);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are part of ASCII
  const isAscii = /^[\x00-\x7f]*$/.test(fileName);
  if (!isAscii && nonAsciiFileName !== 'taken') throw new ApiError(nonAsciiFileName);
  if (bytes.length === 0) throw new ApiError(44001);
  if (bytes.length > rule.maxBytes) throw new ApiError(rule.tooBig);
  const named = formatByName(fileName);
  if (!named || !rule.formats.includes(named)) throw new ApiError(rule.wrongName);
  return { fileName, format: formatIn(bytes, rule), bytes };
}

/**
 * The format of what a follower sends, told by its first bytes; `undefined` for a voice in speex, which
 * nobody can upload. The app on the phone has nothing else to send than what WeChat takes.
 *
 * @throws ApiError 44001, 40009 to 40011, 40137, 40005, 45007
 */
export function followerFormat(type: FileType, bytes: Uint8Array): FileFormat | undefined {
  const rule = mediaRules[type];
  if (bytes.length === 0) throw new ApiError(44001);
  if (bytes.length > rule.maxBytes) throw new ApiError(rule.tooBig);
  return type === 'voice' && isSpeex(bytes) ? undefined : formatIn(bytes, rule);
}

function formatIn(bytes: Uint8Array, rule: FileRule): FileFormat {
  const format = formatOf(bytes);
  if (!format || !rule.formats.includes(format)) throw new ApiError(rule.wrongBytes);
  if ((playSeconds(format, bytes) ?? 0) > MAX_PLAY_SECONDS) throw new ApiError(45007);
  return format;
}

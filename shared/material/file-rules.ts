import type { FormatName } from './file-format.ts';

export interface FileRule {
  readonly formats: readonly FormatName[];
  /** The largest file that WeChat takes. */
  readonly maxBytes: number;
  readonly maxSeconds?: number;
}

const KB = 1024;
const MB = 1024 * KB;

const voiceLimits = { maxBytes: 2 * MB, maxSeconds: 60 } as const;
const video = { formats: ['MP4'], maxBytes: 10 * MB } as const satisfies FileRule;
const thumb = { formats: ['JPG'], maxBytes: 64 * KB } as const satisfies FileRule;

/**
 * The files that WeChat takes, by their purpose.
 *
 * @see https://developers.weixin.qq.com/doc/service/api/material/temporary/api_uploadtempmedia.html
 * @see https://developers.weixin.qq.com/doc/service/api/material/permanent/api_addmaterial.html
 */
export const fileRules = {
  media: {
    // The page also says 2 MB: for sizes between, WeChat decides.
    image: { formats: ['PNG', 'JPG', 'GIF'], maxBytes: 10 * MB },
    voice: { formats: ['AMR', 'MP3'], ...voiceLimits },
    video,
    thumb,
  },
  material: {
    image: { formats: ['BMP', 'PNG', 'JPG', 'GIF'], maxBytes: 10 * MB },
    voice: { formats: ['MP3', 'WMA', 'WAV', 'AMR'], ...voiceLimits },
    video,
    thumb,
  },
  article: {
    // The page says: less than 1 MB.
    image: { formats: ['JPG', 'PNG'], maxBytes: MB - 1 },
  },
} as const satisfies Record<string, Record<string, FileRule>>;

/** WeChat takes and returns no larger file. */
export const MAX_FILE_BYTES = 10 * MB;

import { ApiError } from '../errors/errors.ts';
import { FileAnswer } from '../http/file-answer.ts';
import { contentTypeOf, extensionOf, type FileFormat } from '../rules/file-format.ts';
import { pictureUrl, videoUrl } from '../rules/file-urls.ts';
import { fileIn, fileTypeOf, formOf, mediaRules, pictureRule } from '../rules/upload.ts';
import { secondsOf } from '../state/calendar.ts';
import type { MediaRecord } from '../state/media.ts';
import type { World } from '../world.ts';
import { done, type OperationsOf } from './operation.ts';

export const media: OperationsOf<'media'> = {
  upload({ media, switches }, call) {
    const type = fileTypeOf(call.query.type);
    const { temporaryImageMaxBytes } = switches;
    const rule = type === 'image' ? { maxBytes: temporaryImageMaxBytes } : {};
    const file = fileIn(formOf(call), { ...mediaRules[type], ...rule }, switches);
    const { mediaId, createdAt } = media.add(type, file);
    const created_at = secondsOf(createdAt);
    // Callers disagree on where the id of a thumb is; WeChat has been seen to give both.
    const thumb = type === 'thumb' ? { thumb_media_id: mediaId } : {};
    return { type, media_id: mediaId, ...thumb, created_at };
  },

  get(world, call) {
    const record = recordOf(world, call.query.media_id);
    if (record.type === 'video') return { video_url: videoUrl(call.origin, record.mediaId) };
    return fileAnswer(world, record, record.format);
  },

  /** The file as it was given: nothing is turned into speex. */
  getVoice(world, call) {
    const record = recordOf(world, call.query.media_id);
    if (record.type !== 'voice' || record.source !== 'follower') throw new ApiError(40007);
    return fileAnswer(world, record, 'speex');
  },

  uploadImage({ materials, switches }, call) {
    const { id, format } = materials.addPicture(fileIn(formOf(call), pictureRule, switches));
    return { ...done, url: pictureUrl(call.origin, id, format) };
  },
};

function recordOf({ media }: World, mediaId = ''): MediaRecord {
  if (mediaId === '') throw new ApiError(41006);
  const record = media.find(mediaId);
  if (!record || record.type === 'news') throw new ApiError(40007);
  return record;
}

export function fileAnswer(
  { files }: World,
  { mediaId }: { readonly mediaId: string },
  format: FileFormat | 'speex' | undefined,
): FileAnswer {
  const bytes = files.get(mediaId);
  if (!bytes) throw new ApiError(40007);
  if (format === undefined || format === 'speex') {
    const contentType = format ? 'voice/speex' : 'application/octet-stream';
    const fileName = format ? `${mediaId}.speex` : mediaId;
    return new FileAnswer({ contentType, fileName, bytes });
  }
  const fileName = `${mediaId}.${extensionOf(format)}`;
  return new FileAnswer({ contentType: contentTypeOf(format), fileName, bytes });
}

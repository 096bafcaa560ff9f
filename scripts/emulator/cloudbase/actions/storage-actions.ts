import { randomUUID } from 'node:crypto';
import type { Environment } from '../environment.ts';
import { invalidParam } from '../errors.ts';
import { DEFAULT_URL_AGE_SECONDS, UPLOAD_TICKET_MS } from '../limits.ts';
import { cloudPathOf, encodePlace, fileIdOf, plainPlace } from '../storage/places.ts';
import type { Tickets } from '../storage/tickets.ts';
import { type Action, text } from './action.ts';

const MISSING = 'STORAGE_FILE_NONEXIST';

/** The same in both dialects, but that the older one uploads by a form. */
export function createStorageActions(tickets: Tickets): Readonly<Record<string, Action>> {
  return {
    'storage.getUploadMetadata': ({ body, environment: { envId }, baseUrl, now }) => {
      const place = { envId, cloudPath: text(body, 'path') };
      const expiresAt = now + UPLOAD_TICKET_MS;
      return {
        data: {
          url: baseUrl + encodePlace(place),
          token: randomUUID(),
          authorization: `${tickets.issue('put', plainPlace(place), expiresAt)};${expiresAt}`,
          fileId: fileIdOf(place),
          cosFileId: randomUUID(),
        },
      };
    },

    'storage.batchGetDownloadUrl': ({ body, environment, baseUrl, now }) => {
      const download_list = list(body.file_list).map(({ fileid, max_age }) => {
        const cloudPath = existing(environment, fileid);
        if (cloudPath === undefined) return { code: MISSING, fileID: fileid, tempFileURL: '' };
        const place = plainPlace({ envId: environment.envId, cloudPath });
        const expiresAt = now + Number(max_age ?? DEFAULT_URL_AGE_SECONDS) * 1000;
        const query = `sign=${tickets.issue('get', place, expiresAt)}&t=${expiresAt}`;
        const tempFileURL = `${baseUrl}${place}?${query}`;
        return { code: 'SUCCESS', fileID: fileid, tempFileURL };
      });
      return { data: { download_list } };
    },

    'storage.batchDeleteFile': ({ body, environment }) => {
      if (!Array.isArray(body.fileid_list)) throw invalidParam('fileid_list must be an array');
      const delete_list = body.fileid_list.map((fileID: unknown) => {
        const cloudPath = cloudPathOf(environment.envId, fileID);
        const isGone = cloudPath !== undefined && environment.files.remove(cloudPath);
        return { fileID, code: isGone ? 'SUCCESS' : MISSING };
      });
      return { data: { delete_list } };
    },

    'storage.batchCopyFile': ({ body, environment }) => ({
      data: { copy_list: list(body.file_list).map((item) => copy(environment, item)) },
    }),
  };
}

type Item = Readonly<Record<string, unknown>>;

function copy({ envId, files }: Environment, item: Item) {
  const [source, target] = [String(item.src_path), String(item.dst_path)];
  const fileId = fileIdOf({ envId, cloudPath: target });
  const bytes = files.get(source);
  if (!bytes) return { fileId, code: MISSING, message: `${source} does not exist` };
  if (item.overwrite === false && files.get(target)) {
    return { fileId, code: 'STORAGE_REQUEST_FAIL', message: `${target} exists` };
  }
  files.put(target, bytes);
  if (item.remove_original === true) files.remove(source);
  return { fileId, code: 'SUCCESS' };
}

function existing({ envId, files }: Environment, fileId: unknown): string | undefined {
  const cloudPath = cloudPathOf(envId, fileId);
  return cloudPath !== undefined && files.get(cloudPath) ? cloudPath : undefined;
}

function list(value: unknown): readonly Item[] {
  if (!Array.isArray(value)) throw invalidParam('file_list must be an array');
  return value as readonly Item[];
}

import { ApiError } from '../errors/errors.ts';
import type { Call } from '../http/call.ts';
import type { World } from '../world.ts';
import { formatOf } from './file-format.ts';
import { pictureIdOf } from './file-urls.ts';
import { pictureSize } from './picture-size.ts';
import { formOf } from './upload.ts';

const MAX_BYTES = 2 * 1_048_576;

/**
 * The picture that a call is about, in its form or at its `img_url`. The emulator fetches nothing:
 * of an address that is not its own it knows no size.
 *
 * @throws ApiError 101000, 101002, 41005
 */
export function pictureIn({ files }: World, call: Call) {
  const { img_url: url } = call.query;
  if (url !== undefined) {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new ApiError(101000);
    const id = pictureIdOf(url);
    if (id === undefined) return { size: undefined };
    const bytes = files.get(id);
    if (!bytes) throw new ApiError(101000);
    return { size: sizeOf(bytes) };
  }
  const bytes = formOf(call).find(({ name }) => name === 'img')?.bytes;
  if (!bytes) throw new ApiError(41005);
  return { size: sizeOf(bytes) };
}

function sizeOf(bytes: Uint8Array) {
  const isPicture = ['jpeg', 'png', 'gif'].includes(formatOf(bytes) ?? '');
  const size = isPicture && bytes.length <= MAX_BYTES ? pictureSize(bytes) : undefined;
  if (!size) throw new ApiError(101002);
  return size;
}

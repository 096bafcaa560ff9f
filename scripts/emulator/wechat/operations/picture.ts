import { ApiError } from '../errors/errors.ts';
import { pictureIn } from '../rules/picture-request.ts';
import { done, type OperationsOf } from './operation.ts';

const MAX_RATIOS = 5;

export const picture: OperationsOf<'picture'> = {
  /** The middle of the picture, in each of the ratios. */
  crop(world, call) {
    const ratios = (call.query.ratios ?? '').split(',').filter((text) => text !== '');
    const numbers = ratios.map(Number);
    if (numbers.length > MAX_RATIOS || !numbers.every((ratio) => ratio > 0)) {
      throw new ApiError(40097);
    }
    const { size } = pictureIn(world, call);
    const told = world.recognitions.told('picture.crop');
    if (!size) return { ...done, results: [], ...told };
    const wanted = numbers.length > 0 ? numbers : [size.w / size.h];
    const results = wanted.map((ratio) => middle(size, ratio));
    return { ...done, results, img_size: size, ...told };
  },

  /** Without having been told, a picture without codes. */
  readCodes(world, call) {
    const { size } = pictureIn(world, call);
    const told = world.recognitions.told('picture.readCodes');
    return { ...done, code_results: [], ...(size ? { img_size: size } : {}), ...told };
  },
};

function middle({ w, h }: { w: number; h: number }, ratio: number) {
  const width = Math.min(w, Math.round(h * ratio));
  const height = Math.min(h, Math.round(w / ratio));
  const crop_left = Math.floor((w - width) / 2);
  const crop_top = Math.floor((h - height) / 2);
  return { crop_left, crop_top, crop_right: crop_left + width, crop_bottom: crop_top + height };
}

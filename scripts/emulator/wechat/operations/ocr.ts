import type { EndpointName } from '../../../../shared/wechat/catalogue/index.ts';
import { ApiError } from '../errors/errors.ts';
import type { Call } from '../http/call.ts';
import { pictureIn } from '../rules/picture-request.ts';
import type { World } from '../world.ts';
import { done, type OperationsOf } from './operation.ts';

export const ocr: OperationsOf<'ocr'> = {
  readIdCard: (world, call) => paper(world, call, 'ocr.readIdCard'),
  readBankCard: (world, call) => paper(world, call, 'ocr.readBankCard'),
  readVehicleLicence: (world, call) => paper(world, call, 'ocr.readVehicleLicence'),
  readDriverLicence: (world, call) => paper(world, call, 'ocr.readDriverLicence'),
  readBusinessLicence: (world, call) => paper(world, call, 'ocr.readBusinessLicence'),
  readDishMenu: (world, call) => paper(world, call, 'ocr.readDishMenu'),

  /** Without having been told, a picture without text. */
  readText(world, call) {
    const { size } = pictureIn(world, call);
    const told = world.recognitions.told('ocr.readText');
    return { ...done, items: [], ...(size ? { img_size: size } : {}), ...told };
  },
};

/** A paper is in a picture only if a tester said so. @throws ApiError 101000 to 101002, 41005 */
function paper<Paper extends object>(world: World, call: Call, name: EndpointName): Paper {
  pictureIn(world, call);
  const told = world.recognitions.told(name);
  if (!told) throw new ApiError(101001);
  // Whoever plays WeChat knows what it would have read.
  return { ...done, ...told } as unknown as Paper;
}

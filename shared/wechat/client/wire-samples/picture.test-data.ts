import { file, type WireSamplesOf } from './wire-sample.test-data.ts';

export const picture: WireSamplesOf<'picture'> = {
  crop: {
    request: { img: file, ratios: '1,2' },
    answer: {
      errcode: 0,
      errmsg: 'ok',
      results: [
        { crop_left: 50, crop_top: 0, crop_right: 150, crop_bottom: 100 },
        { crop_left: 0, crop_top: 0, crop_right: 200, crop_bottom: 100 },
      ],
      img_size: { w: 200, h: 100 },
    },
  },
  readCodes: {
    request: { img_url: 'https://example.com/img_url' },
    answer: {
      errcode: 0,
      errmsg: 'ok',
      code_results: [{ type_name: 'EAN_13', data: '6901234567892' }],
    },
  },
};

import type { SamplesOf } from './sample.ts';

/** The first bytes of a GIF that is 200 pixels wide and 100 high. */
const img = {
  fileName: 'wide.gif',
  contentType: 'image/gif',
  data: Buffer.from('GIF89a\xc8\x00\x64\x00', 'latin1'),
};

export const picture: SamplesOf<'picture'> = {
  crop: {
    request: { img, ratios: '1,2' },
    answer: {
      results: [
        { crop_left: 50, crop_top: 0, crop_right: 150, crop_bottom: 100 },
        { crop_left: 0, crop_top: 0, crop_right: 200, crop_bottom: 100 },
      ],
      img_size: { w: 200, h: 100 },
    },
  },
  async readCodes({ control }) {
    const result = { code_results: [{ type_name: 'EAN_13', data: '6901234567892' }] };
    await control('PUT', '/emulator/recognitions', { endpoint: 'picture.readCodes', result });
    return { request: { img_url: 'https://example.com/code.jpg' }, answer: result };
  },
};

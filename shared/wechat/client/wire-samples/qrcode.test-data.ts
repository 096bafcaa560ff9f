import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const qrcode: WireSamplesOf<'qrcode'> = {
  create: {
    request: {
      action_name: 'QR_STR_SCENE',
      expire_seconds: 600,
      action_info: { scene: { scene_str: 'shop' } },
    },
    answer: { ticket: 'ticket-1', expire_seconds: 600, url: 'https://example.com/url' },
  },
  show: { request: { ticket: 'ticket-1' }, answer: 'file' },
};

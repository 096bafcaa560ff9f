import type { SamplesOf } from './sample.ts';

const code = {
  action_name: 'QR_STR_SCENE',
  expire_seconds: 600,
  action_info: { scene: { scene_str: 'shop' } },
} as const;

export const qrcode: SamplesOf<'qrcode'> = {
  create: { request: code, answer: { ticket: /\S/, expire_seconds: 600, url: /^http/ } },
  async show({ call }) {
    const { ticket } = await call('qrcode.create', code);
    return { request: { ticket }, answer: { contentType: 'image/jpg' } };
  },
};

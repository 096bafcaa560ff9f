import { image } from './content.ts';
import type { SamplesOf } from './sample.ts';

export const media: SamplesOf<'media'> = {
  upload: { request: { type: 'image', media: image }, answer: { type: 'image', media_id: /\S/ } },
  async get({ call }) {
    const { media_id = '' } = await call('media.upload', { type: 'image', media: image });
    return { request: { media_id }, answer: { contentType: 'image/jpeg' } };
  },
  async getVoice({ control }) {
    const recorded = await control(
      'POST',
      '/emulator/media?type=voice&fileName=v.speex',
      Buffer.from('Speex   sound'),
    );
    const { media_id } = recorded as { media_id: string };
    return { request: { media_id }, answer: { contentType: 'voice/speex' } };
  },
  uploadImage: { request: { media: image }, answer: { url: /^http\S+$/ } },
};

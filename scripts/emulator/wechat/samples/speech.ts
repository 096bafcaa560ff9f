import type { SamplesOf } from './sample.ts';

const voice = {
  voice_id: 'voice-1',
  format: 'mp3',
  lang: 'zh_CN',
  media: { fileName: 'v.mp3', contentType: 'audio/mpeg', data: Buffer.from('ID3 sound') },
} as const;

export const speech: SamplesOf<'speech'> = {
  add: { request: voice, answer: { errcode: 0 } },
  async getText({ call, control }) {
    await call('speech.add', voice);
    const result = { result: '今天天气不错' };
    await control('PUT', '/emulator/recognitions', { endpoint: 'speech.getText', result });
    return { request: { voice_id: 'voice-1', lang: 'zh_CN' }, answer: result };
  },
  async translate({ control }) {
    const result = { to_content: 'Hello' };
    await control('PUT', '/emulator/recognitions', { endpoint: 'speech.translate', result });
    return {
      request: { lfrom: 'zh_CN', lto: 'en_US', content: '你好' },
      answer: { from_content: '你好', to_content: 'Hello' },
    };
  },
};

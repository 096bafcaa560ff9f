import { file, type WireSamplesOf } from './wire-sample.test-data.ts';

export const speech: WireSamplesOf<'speech'> = {
  add: {
    request: { voice_id: 'voice-1', format: 'mp3', lang: 'zh_CN', media: file },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  getText: {
    request: { voice_id: 'voice-1', lang: 'zh_CN' },
    answer: { errcode: 0, errmsg: 'ok', result: '今天天气不错' },
  },
  translate: {
    request: { lfrom: 'zh_CN', lto: 'en_US', content: '你好' },
    answer: { from_content: '你好', to_content: 'Hello' },
  },
};

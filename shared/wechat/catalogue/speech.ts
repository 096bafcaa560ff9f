import { type Done, readByPost, type Upload, upload } from './endpoint.ts';

export type SpeechLanguage = 'zh_CN' | 'en_US';

export interface SpeechUpload {
  /** At most 1 MB and 60 seconds, one channel of 16 kHz. */
  readonly media: Upload;
  readonly format: 'mp3';
  /** The caller's own name for it. */
  readonly voice_id: string;
  readonly lang?: SpeechLanguage;
}

export interface SpeechQuery {
  readonly voice_id: string;
  readonly lang?: SpeechLanguage;
}

export interface TranslationRequest {
  readonly lfrom: SpeechLanguage;
  readonly lto: SpeechLanguage;
  /** At most 600 bytes. */
  readonly content: string;
}

export const speech = {
  /**
   * Gives a voice to WeChat, which writes down what is said.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/openpoc/ai/api_addvoicetorecofortext.html
   */
  add: upload<SpeechUpload>('/cgi-bin/media/voice/addvoicetorecofortext', {
    query: ['format', 'voice_id', 'lang'],
    // The same voice under the same name gives the same text.
    repeat: 'safe',
  }),
  /**
   * What was said; to be asked within ten seconds after `add`.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/openpoc/ai/api_queryrecoresultfortext.html
   */
  getText: readByPost<SpeechQuery, { readonly result: string } & Done>(
    '/cgi-bin/media/voice/queryrecoresultfortext',
    { query: 'all', body: 'none' },
  ),
  /**
   * Translates between Chinese and English.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/openpoc/ai/api_translatecontent.html
   */
  translate: readByPost<
    TranslationRequest,
    { readonly from_content: string; readonly to_content: string } & Done
  >('/cgi-bin/media/voice/translatecontent', { query: ['lfrom', 'lto'] }),
} as const;

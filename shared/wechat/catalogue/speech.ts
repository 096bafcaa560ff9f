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
  add: upload<SpeechUpload>('/cgi-bin/media/voice/addvoicetorecofortext', {
    query: ['format', 'voice_id', 'lang'],
    // The same voice under the same name gives the same text.
    repeat: 'safe',
  }),
  /** To be asked within ten seconds after `add`. */
  getText: readByPost<SpeechQuery, { readonly result: string } & Done>(
    '/cgi-bin/media/voice/queryrecoresultfortext',
    { query: 'all', body: 'none' },
  ),
  translate: readByPost<
    TranslationRequest,
    { readonly from_content: string; readonly to_content: string } & Done
  >('/cgi-bin/media/voice/translatecontent', { query: ['lfrom', 'lto'] }),
} as const;

import { ApiError } from '../errors/errors.ts';
import { jsonOf, textIn } from '../http/call.ts';
import { type FileRule, fileIn, formOf } from '../rules/upload.ts';
import { done, type OperationsOf } from './operation.ts';

const MAX_CONTENT_BYTES = 600;
const languages = ['zh_CN', 'en_US'];

const speechRule: FileRule = {
  formats: ['mp3'],
  maxBytes: 1_048_576,
  tooBig: 40010,
  wrongName: 40005,
  wrongBytes: 40005,
};

export const speech: OperationsOf<'speech'> = {
  add({ recognitions, switches }, call) {
    const { format, voice_id: id = '', lang = 'zh_CN' } = call.query;
    if (format !== 'mp3' || id === '' || !languages.includes(lang)) throw new ApiError(40097);
    const { bytes } = fileIn(formOf(call), speechRule, switches);
    recognitions.addVoice(id, bytes.length);
    return done;
  },

  /** Silence unless a tester says what is heard. */
  getText({ recognitions }, { query }) {
    const { voice_id: id = '', lang = 'zh_CN' } = query;
    if (!languages.includes(lang) || !recognitions.hasVoice(id)) throw new ApiError(40097);
    return { ...done, result: '', ...recognitions.told('speech.getText') };
  },

  /** The text as it was, unless a tester says what it becomes. */
  translate({ recognitions }, call) {
    const { lfrom = '', lto = '' } = call.query;
    if (!languages.includes(lfrom) || !languages.includes(lto)) throw new ApiError(40097);
    const content = textIn(jsonOf(call), 'content');
    const bytes = Buffer.byteLength(content);
    if (bytes === 0 || bytes > MAX_CONTENT_BYTES) throw new ApiError(40035);
    const told = recognitions.told('speech.translate');
    return { from_content: content, to_content: content, ...told };
  },
};

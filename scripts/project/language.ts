export { languageOf } from '../language.mjs';

export type Language = 'en' | 'zh';

/** A text of the commands in both languages. */
export type Bilingual = Readonly<Record<Language, string>>;

export type Language = 'en' | 'zh';

/** A text of the commands in both languages. */
export type Bilingual = Readonly<Record<Language, string>>;

type Env = Readonly<Record<string, string | undefined>>;

/** The language of the person at the terminal, by POSIX's variables; where there are none, by the system's. */
export function languageOf(
  { LC_ALL, LC_MESSAGES, LANG }: Env,
  system = Intl.DateTimeFormat().resolvedOptions().locale,
): Language {
  return /^zh\b|^zh_/i.test(LC_ALL || LC_MESSAGES || LANG || system) ? 'zh' : 'en';
}

/** The language of the person at the terminal, by POSIX's variables; where there are none, by the system's. */
export function languageOf(
  env: Readonly<Record<string, string | undefined>>,
  system?: string,
): 'en' | 'zh';

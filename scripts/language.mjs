/**
 * The language of the person at the terminal. Plain JavaScript without dependencies, because the door of
 * the commands needs it, too.
 */

/** `en` or `zh`, by POSIX's variables; where there are none, by the system's locale. */
export function languageOf(
  { LC_ALL, LC_MESSAGES, LANG },
  system = Intl.DateTimeFormat().resolvedOptions().locale,
) {
  return /^zh\b|^zh_/i.test(LC_ALL || LC_MESSAGES || LANG || system) ? 'zh' : 'en';
}

/** What an import takes, for the function that checks it and for the page that explains it beforehand. */

/** Fields that the followers have; any other column is a field of the business. */
export const importFields = ['openid', 'sex', 'country', 'province', 'city', 'language'] as const;
export type ImportField = (typeof importFields)[number];

/** WeChat used to give 0, 1 and 2, and businesses keep their lists in Chinese. */
export const sexWords: Readonly<Record<string, 'unknown' | 'male' | 'female'>> = {
  unknown: 'unknown',
  male: 'male',
  female: 'female',
  '0': 'unknown',
  '1': 'male',
  '2': 'female',
  男: 'male',
  女: 'female',
  未知: 'unknown',
};

export const MAX_ROWS = 10_000;
/** Characters of a field. */
export const MAX_TEXT = 100;
export const MAX_CUSTOM = 20;

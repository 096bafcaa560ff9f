/** Fields that WeChat adds to an article when it gives it back, and does not take in a draft. */
const GIVEN = ['url', 'thumb_url', 'show_cover_pic', 'is_deleted'] as const;

export interface PastedArticle {
  readonly article: unknown;
  /** The fields that were left out. */
  readonly ignored: readonly string[];
}

/** An article without the fields that WeChat adds, so that what WeChat gave can be given back. */
export function withoutGiven(pasted: unknown): PastedArticle {
  if (typeof pasted !== 'object' || pasted === null || Array.isArray(pasted)) {
    return { article: pasted, ignored: [] };
  }
  const ignored = GIVEN.filter((name) => Object.hasOwn(pasted, name));
  const isOurs = ([name]: [string, unknown]) => !ignored.some((each) => each === name);
  return { article: Object.fromEntries(Object.entries(pasted).filter(isOurs)), ignored };
}

/**
 * WeChat's limits for a draft.
 *
 * @see https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_add.html
 */
export const articleLimits = {
  articles: 8,
  /** What WeChat documents; accounts report that it takes more, so a longer title is tried. */
  documentedTitleCharacters: 32,
  titleCharacters: 64,
  authorCharacters: 16,
  digestCharacters: 128,
  /** WeChat says: less than 20 000. */
  contentCharacters: 19_999,
  sourceUrlBytes: 1024,
  pictures: 20,
} as const;

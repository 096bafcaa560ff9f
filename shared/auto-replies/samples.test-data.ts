import type { AutoReplies, FollowRule, KeywordRule, OtherRule } from './rule.ts';

export const plainRule = (content: string, more: Partial<OtherRule> = {}): OtherRule => ({
  name: content,
  isOn: true,
  give: 'all',
  answers: [{ type: 'text', content }],
  ...more,
});

export const keywordRule = (
  keyword: string | KeywordRule['keywords'][number],
  content: string,
  more: Partial<KeywordRule> = {},
): KeywordRule => ({
  ...plainRule(content),
  keywords: [typeof keyword === 'string' ? { match: 'equal', text: keyword } : keyword],
  ...more,
});

export const rulesOf = (
  some: Partial<{
    follow: FollowRule[];
    keywords: KeywordRule[];
    otherwise: OtherRule[];
  }>,
): AutoReplies => ({ follow: [], keywords: [], otherwise: [], ...some });

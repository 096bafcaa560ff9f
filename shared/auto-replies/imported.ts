import * as v from 'valibot';
import type { AutoReplyContent, AutoReplyResponse } from '../wechat/catalogue/auto-reply.ts';
import {
  type AutoAnswer,
  type AutoReplies,
  autoRepliesSchema,
  isForResponseOnly,
  type Keyword,
  type KeywordRule,
  noRules,
  type OtherRule,
} from './rule.ts';

/** What did not come over as it was. */
export interface ImportNote {
  /** The name of the rule. */
  readonly rule: string;
  readonly what: 'first article only' | 'answer left out' | 'keyword left out' | 'rule left out';
}

export interface ImportedRules {
  readonly rules: AutoReplies;
  readonly notes: readonly ImportNote[];
}

type Kept = NonNullable<AutoReplyResponse['keyword_autoreply_info']>['list'][number];

/**
 * The rules of mp.weixin.qq.com in our form. What is switched off there comes over switched off; what we
 * cannot give in the same words is left out, and a note says so.
 * https://developers.weixin.qq.com/doc/service/api/notify/autoreplies/api_getcurrentautoreplyinfo.html
 */
export function importedRules(from: AutoReplyResponse): ImportedRules {
  const notes: ImportNote[] = [];
  const ofFollow = from.add_friend_autoreply_info;
  const ofMessage = from.message_default_autoreply_info;
  const areKeywordsOn = from.is_autoreply_open === 1;
  const keywords = from.keyword_autoreply_info?.list ?? [];
  const rules: AutoReplies = {
    follow: usable(
      'follow',
      plain('关注后自动回复', from.is_add_friend_reply_open === 1, ofFollow),
    ),
    keywords: keywords.flatMap((kept) => usable('keywords', keywordRule(kept))),
    otherwise: usable('otherwise', plain('收到消息自动回复', areKeywordsOn, ofMessage)),
  };
  return { rules, notes };

  function plain(
    name: string,
    isOn: boolean,
    content: AutoReplyContent | undefined,
  ): OtherRule | undefined {
    return content && { name, isOn, give: 'all', answers: answersFrom(name, [content]) };
  }

  function keywordRule({
    rule_name: name,
    reply_mode: mode,
    keyword_list_info: words,
    reply_list_info: contents,
  }: Kept): KeywordRule {
    const answers = answersFrom(name, contents);
    const keywords = words.flatMap(({ type, match_mode: match, content }): Keyword[] => {
      if (type === 'text')
        return [{ match: match === 'equal' ? 'equal' : 'contains', text: content }];
      notes.push({ rule: name, what: 'keyword left out' });
      return [];
    });
    const give = mode === 'random_one' ? 'random' : 'all';
    return {
      ...{ name: [...name].slice(0, 60).join(''), isOn: areKeywordsOn, give, keywords },
      answers: give === 'all' ? lastInPlace(name, answers) : answers,
    };
  }

  function answersFrom(rule: string, contents: readonly AutoReplyContent[]): AutoAnswer[] {
    return contents.flatMap((content) => {
      const answer = answerFrom(rule, content);
      if (answer) return [answer];
      notes.push({ rule, what: 'answer left out' });
      return [];
    });
  }

  function answerFrom(rule: string, content: AutoReplyContent): AutoAnswer | undefined {
    const { type, content: value = '', news_info: articles } = content;
    switch (type) {
      case 'text':
        return { type, content: value };
      case 'img':
        return { type: 'image', mediaId: value };
      case 'voice':
      case 'video':
        return { type, mediaId: value };
      case 'news': {
        const [first, ...more] = articles?.list ?? [];
        if (!first) return undefined;
        if (more.length > 0) notes.push({ rule, what: 'first article only' });
        const { title, digest, cover_url: picUrl, content_url: url } = first;
        return { type, articles: [{ title, description: digest, picUrl, url }] };
      }
      default:
        return undefined;
    }
  }

  /** The response carries the last answer, and some can go nowhere else. */
  function lastInPlace(rule: string, answers: readonly AutoAnswer[]): AutoAnswer[] {
    const [last, ...others] = answers.filter(isForResponseOnly);
    for (const _ of others) notes.push({ rule, what: 'answer left out' });
    return [...answers.filter((each) => !isForResponseOnly(each)), ...(last ? [last] : [])];
  }

  /** Only a rule that could be published is offered. */
  function usable<Rule extends OtherRule>(list: keyof AutoReplies, rule: Rule | undefined): Rule[] {
    if (!rule) return [];
    if (v.is(autoRepliesSchema, { ...noRules, [list]: [rule] })) return [rule];
    notes.push({ rule: rule.name, what: 'rule left out' });
    return [];
  }
}

import type { EventMessage } from '../push/messages.ts';
import { HELPER_OPENID } from './announcements.ts';
import type { MassSend } from './mass-job.ts';

/** What tells the account that a mass send is over. */
export function massSendEvent(job: MassSend): EventMessage {
  const isSent = job.result === 'send success';
  const articles = job.articles.map(({ url }, at) => ({ ArticleIdx: at + 1, ArticleUrl: url }));
  const published = isSent ? articles : [];
  return {
    openid: HELPER_OPENID,
    type: 'event',
    Event: 'MASSSENDJOBFINISH',
    MsgID: job.msgId,
    Status: job.result,
    TotalCount: job.totalCount,
    FilterCount: job.filterCount,
    SentCount: job.deliveredTo.length,
    ErrorCount: job.errorCount,
    CopyrightCheckResult: {
      Count: articles.length,
      ResultList: itemsOf(
        articles.map(({ ArticleIdx }) => ({
          ArticleIdx,
          UserDeclareState: 0,
          AuditState: 0,
          OriginalArticleUrl: '',
          OriginalArticleType: '',
          CanReprint: 0,
          NeedReplaceContent: 0,
          NeedShowReprintSource: 0,
        })),
      ),
      CheckState: 1,
    },
    ArticleUrlResult: { Count: published.length, ResultList: itemsOf(published) },
  };
}

function itemsOf<Item>(items: readonly Item[]): { readonly item?: readonly Item[] } {
  return items.length > 0 ? { item: items } : {};
}

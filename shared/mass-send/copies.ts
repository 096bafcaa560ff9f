import type { DraftArticle, StoredArticle } from '../wechat/catalogue/draft.ts';
import type { MassContent } from '../wechat/catalogue/mass-send.ts';
import type { Api } from '../wechat/client/index.ts';
import type { Broadcast } from './collections.ts';

/** What WeChat adds to an article and does not take back. */
const GIVEN = new Set(['url', 'thumb_url', 'show_cover_pic', 'is_deleted']);

/**
 * A draft's media_id dies with the first send of it, so every further batch needs a copy. They are
 * made before the first batch goes out; a crash may leave one copy too many among the drafts.
 */
export async function copyDraft(
  api: Pick<Api, 'draft'>,
  mediaId: string,
  signal: AbortSignal,
): Promise<string> {
  const { news_item: articles } = await api.draft.get({ media_id: mediaId }, { signal });
  const copy = await api.draft.add({ articles: articles.map(withoutGiven) }, { signal });
  return copy.media_id;
}

/** The first batch that still needs a copy, if any. */
export function missingCopy(doc: Broadcast, content: MassContent): number | undefined {
  if (content.msgtype !== 'mpnews' || doc.batches[0]?.state !== 'ready') return undefined;
  const index = doc.batches.findIndex(({ mediaId }, at) => at > 0 && mediaId === undefined);
  return index < 0 ? undefined : index;
}

/** The content of one batch. */
export function contentOf(content: MassContent, mediaId: string | undefined): MassContent {
  if (content.msgtype !== 'mpnews' || mediaId === undefined) return content;
  return { msgtype: 'mpnews', mpnews: { media_id: mediaId } };
}

/** Empty texts stand for fields that were never set. */
function withoutGiven(article: StoredArticle): DraftArticle {
  const fields = Object.entries(article).filter(
    ([name, value]) => !GIVEN.has(name) && value !== '' && value !== undefined,
  );
  return Object.fromEntries(fields) as unknown as DraftArticle;
}

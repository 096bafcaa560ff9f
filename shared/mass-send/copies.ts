import { withoutGiven } from '../material/given-fields.ts';
import type { DraftArticle, StoredArticle } from '../wechat/catalogue/draft.ts';
import type { MassContent } from '../wechat/catalogue/mass-send.ts';
import type { Api } from '../wechat/client/index.ts';
import type { Broadcast } from './broadcast-document.ts';

/**
 * Copies a draft: it can be sent once, so every further batch needs a copy of its own. The worker
 * makes the copies before the first batch goes out; a crash may leave one copy too many.
 */
export async function copyDraft(
  api: Pick<Api, 'draft'>,
  articles: readonly StoredArticle[],
  signal: AbortSignal,
): Promise<string> {
  const copy = await api.draft.add({ articles: articles.map(copyOf) }, { signal });
  return copy.media_id;
}

/** The first batch that still needs a copy of the draft, if any. */
export function missingCopy(doc: Broadcast): number | undefined {
  const index = doc.batches.findIndex(({ mediaId }, at) => at > 0 && mediaId === undefined);
  return index < 0 ? undefined : index;
}

/** The content of one batch. */
export function contentOf(content: MassContent, mediaId: string | undefined): MassContent {
  if (content.msgtype !== 'mpnews' || mediaId === undefined) return content;
  return { msgtype: 'mpnews', mpnews: { media_id: mediaId } };
}

/** WeChat returns fields that were never set as empty texts; they are left out too. */
function copyOf(stored: StoredArticle): DraftArticle {
  const { article } = withoutGiven(stored);
  const fields = Object.entries(article as object).filter(
    ([, value]) => value !== '' && value !== undefined,
  );
  return Object.fromEntries(fields) as unknown as DraftArticle;
}

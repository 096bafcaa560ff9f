import { createHash } from 'node:crypto';
import { AppError } from '../kernel/errors.ts';
import { withoutGiven } from '../material/given-fields.ts';
import type { StoredArticle } from '../wechat/catalogue/draft.ts';
import type { MassContent } from '../wechat/catalogue/mass-send.ts';
import type { Api } from '../wechat/client/index.ts';
import { WeChatError } from '../wechat/wechat-error.ts';

type ContentApi = Pick<Api, 'card' | 'draft' | 'material' | 'media'>;

const NO_SUCH_MEDIA = 40007;
const MEDIA_LIFE_MS = 3 * 86_400_000;

/**
 * Asks WeChat whether the content of a broadcast is there, so that a mistyped or published draft is
 * told to the operator who plans it, and not to a log on another day.
 *
 * @param waitMs how long it is until the broadcast starts
 * @returns the digest of what followers would get: of articles it is that of their texts, which may be
 *   edited under the same id
 * @throws WeChatError 40007 for a draft or a media that is not there, 40073 for such a card
 * @throws AppError `conflict` for temporary media that will have ended by then
 */
export async function checkContent(
  api: ContentApi,
  content: MassContent,
  waitMs: number,
): Promise<string> {
  if (content.msgtype === 'mpnews')
    return digestOfArticles((await api.draft.get(content.mpnews)).news_item);
  if (content.msgtype === 'wxcard') await api.card.get({ card_id: content.wxcard.card_id });
  for (const mediaId of new Set(mediaIdsOf(content))) {
    const isPermanent = await isMaterial(api, mediaId);
    if (!isPermanent) await assertLasts(api, mediaId, waitMs);
  }
  return sha256(content);
}

/** Of articles as their authors wrote them, without the fields that WeChat adds. */
export function digestOfArticles(articles: readonly StoredArticle[]): string {
  return sha256(articles.map((stored) => sorted(withoutGiven(stored).article as object)));
}

/** WeChat may give the fields in another order the next time. */
function sorted(article: object): object {
  return Object.fromEntries(Object.entries(article).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sha256(value: object): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}

/** A video that was made ready for mass sending is temporary media too, with an id of its own. */
function mediaIdsOf(content: MassContent): readonly string[] {
  switch (content.msgtype) {
    case 'image':
      return content.images.media_ids;
    case 'voice':
      return [content.voice.media_id];
    case 'mpvideo':
      return [content.mpvideo.media_id];
    default:
      return [];
  }
}

async function isMaterial({ material }: ContentApi, mediaId: string): Promise<boolean> {
  try {
    leave(await material.get({ media_id: mediaId }));
    return true;
  } catch (error) {
    if (error instanceof WeChatError && error.errcode === NO_SUCH_MEDIA) return false;
    throw error;
  }
}

async function assertLasts({ media }: ContentApi, mediaId: string, waitMs: number): Promise<void> {
  leave(await media.get({ media_id: mediaId }));
  if (waitMs < MEDIA_LIFE_MS) return;
  throw new AppError(
    'conflict',
    'The content is temporary media, which ends three days after its upload, before the broadcast starts. Add it as permanent material (`material add`).',
  );
}

/** Only the answer counts: the file itself stays at WeChat. */
function leave(answer: object): void {
  if ('stream' in answer) (answer.stream as { destroy(): void }).destroy();
}

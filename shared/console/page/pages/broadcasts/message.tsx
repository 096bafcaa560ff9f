import type { Articles, Listed, StoredArticle } from '../../../../wechat/catalogue/draft.ts';
import { call } from '../../api.ts';
import { Loader, useLoaded } from '../../parts/load.tsx';
import { textOf } from './article-text.ts';
import { w } from './words.ts';

/** The content of a broadcast in WeChat's words, as far as the page shows it. */
export interface ShownContent {
  readonly msgtype: string;
  readonly text?: { readonly content: string };
  readonly images?: { readonly media_ids: readonly string[] };
  readonly voice?: { readonly media_id: string };
  readonly mpvideo?: { readonly media_id: string };
  readonly mpnews?: { readonly media_id: string };
}

interface MessageProps {
  readonly content: ShownContent | undefined;
  /** Where articles come from; the drafts as they are, unless it is said. */
  readonly readArticles?: ReadArticles;
}

type ReadArticles = (mediaId: string) => Promise<readonly Listed<StoredArticle>[]>;

async function readDraft(media_id: string) {
  return (await call<Articles>('material', 'getDraft', { media_id })).news_item;
}

/** A broadcast on a phone. */
export function Message({ content, readArticles = readDraft }: MessageProps) {
  return (
    <section class="menu-phone" aria-label={w('phone')}>
      <div class="chat">
        {content ? (
          <Bubble content={content} readArticles={readArticles} />
        ) : (
          <p>{w('nothingYet')}</p>
        )}
      </div>
    </section>
  );
}

function Bubble({
  content,
  readArticles,
}: {
  readonly content: ShownContent;
  readonly readArticles: ReadArticles;
}) {
  const { text, images, mpnews } = content;
  if (text) return <p class="bubble">{text.content}</p>;
  if (mpnews) return <ArticleCards mediaId={mpnews.media_id} read={readArticles} />;
  const ids = images?.media_ids ?? [(content.voice ?? content.mpvideo)?.media_id ?? ''];
  const word = content.voice ? 'voice' : 'mpvideo';
  return (
    <div class="bubble">
      <b>{images ? w('pictures', { count: ids.length }) : w(word)}</b>
      {ids.map((id) => (
        <small key={id} class="muted id">
          {id}
        </small>
      ))}
    </div>
  );
}

function ArticleCards({
  mediaId,
  read,
}: {
  readonly mediaId: string;
  readonly read: ReadArticles;
}) {
  const loaded = useLoaded(() => read(mediaId), [mediaId, read]);
  return (
    <Loader loaded={loaded}>
      {(articles) => (
        <ol class="article-cards">
          {articles.map((article, index) => (
            <li key={index}>
              <b class="block">{article.title || w('untitled')}</b>
              {'author' in article && article.author && (
                <small class="muted block">{article.author}</small>
              )}
              {'digest' in article && article.digest && (
                <small class="block">{article.digest}</small>
              )}
              <details>
                <summary>{w('fullText')}</summary>
                <p class="full-text">{textOf(article.content ?? '')}</p>
              </details>
            </li>
          ))}
        </ol>
      )}
    </Loader>
  );
}

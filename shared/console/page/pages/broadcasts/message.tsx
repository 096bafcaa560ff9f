import type { Articles } from '../../../../wechat/catalogue/draft.ts';
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

/** A broadcast on a phone. */
export function Message({ content }: { readonly content: ShownContent | undefined }) {
  return (
    <section class="menu-phone" aria-label={w('phone')}>
      <div class="chat">{content ? <Bubble content={content} /> : <p>{w('nothingYet')}</p>}</div>
    </section>
  );
}

function Bubble({ content }: { readonly content: ShownContent }) {
  const { msgtype, text, images, mpnews } = content;
  if (text) return <p class="bubble">{text.content}</p>;
  if (mpnews) return <ArticleCards key={mpnews.media_id} mediaId={mpnews.media_id} />;
  const ids = images?.media_ids ?? [(content.voice ?? content.mpvideo)?.media_id ?? ''];
  const word = images ? 'image' : content.voice ? 'voice' : 'mpvideo';
  return (
    <div class="bubble" data-type={msgtype}>
      <b>{images ? w('pictures', { count: ids.length }) : w(word)}</b>
      {ids.map((id) => (
        <small key={id} class="muted id">
          {id}
        </small>
      ))}
    </div>
  );
}

function ArticleCards({ mediaId }: { readonly mediaId: string }) {
  const loaded = useLoaded(
    () => call<Articles>('material', 'getDraft', { media_id: mediaId }),
    [mediaId],
  );
  return (
    <Loader loaded={loaded}>
      {({ news_item: articles }) => (
        <ol class="article-cards">
          {articles.map((article, index) => (
            <li key={index}>
              <b>{article.title || w('untitled')}</b>
              {'author' in article && article.author && (
                <small class="muted block">{article.author}</small>
              )}
              {'digest' in article && article.digest && <small>{article.digest}</small>}
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

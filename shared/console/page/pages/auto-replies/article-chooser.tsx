import type { Listing } from '../../../../material/paging.ts';
import type { PublishedItem } from '../../../../material/publishing.ts';
import { call } from '../../api.ts';
import { dateTime } from '../../format.ts';
import { Empty } from '../../parts/empty.tsx';
import { ListedItems, useListed } from '../../parts/listed.tsx';
import { Picture } from '../../parts/picture.tsx';
import { Chooser } from './chooser.tsx';
import type { EditedCard } from './edited-rules.ts';
import { w } from './words.ts';

interface ArticleChooserProps {
  readonly onChoose: (article: Omit<EditedCard, 'key'>) => void;
  readonly onClose: () => void;
}

/** A published article, chosen in a dialog: the address of a draft works for a short while only. */
export function ArticleChooser({ onChoose, onClose }: ArticleChooserProps) {
  const listed = useListed((page) =>
    call<Listing<PublishedItem>>('material', 'listPublished', page),
  );
  const choose = (article: ListedArticle) => {
    onChoose(cardOf(article));
    onClose();
  };
  return (
    <Chooser title={w('fromPublished')} onClose={onClose}>
      <ListedItems listed={listed}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={w('noPublished')}>
              <p>
                <a href="#/articles">{w('toArticles')}</a>
              </p>
            </Empty>
          ) : (
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">{w('article')}</th>
                  <th scope="col">{w('changedAt')}</th>
                  <th scope="col">{w('acts')}</th>
                </tr>
              </thead>
              <tbody>
                {items.flatMap(({ article_id: id, content, update_time: updated }) =>
                  content.news_item
                    .filter((article) => !article.is_deleted && article.url)
                    .map((article, at) => (
                      <tr key={`${id} ${at}`}>
                        <th scope="row" data-label={w('article')} class="small-cover">
                          {article.thumb_url && <Picture url={article.thumb_url} alt="" />}{' '}
                          {article.title}
                        </th>
                        <td data-label={w('changedAt')}>{dateTime(updated * 1_000)}</td>
                        <td data-label={w('acts')}>
                          <button
                            type="button"
                            class="tool"
                            aria-label={w('chooseOf', { name: article.title })}
                            onClick={() => choose(article)}
                          >
                            {w('choose')}
                          </button>
                        </td>
                      </tr>
                    )),
                )}
              </tbody>
            </table>
          )
        }
      </ListedItems>
    </Chooser>
  );
}

type ListedArticle = PublishedItem['content']['news_item'][number];

function cardOf(article: ListedArticle): Omit<EditedCard, 'key'> {
  const { title, url = '', thumb_url: picUrl = '' } = article;
  return { title, url, picUrl, description: ('digest' in article && article.digest) || '' };
}

import type { Listing } from '../../../../material/paging.ts';
import type { PublishedItem } from '../../../../material/publishing.ts';
import { call } from '../../api.ts';
import { dateTime } from '../../format.ts';
import { Act } from '../../parts/act.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ListedItems, useListed } from '../../parts/listed.tsx';
import { OutsideLink } from '../../parts/outside-link.tsx';
import { Picture } from '../../parts/picture.tsx';
import { tell } from '../../toast.tsx';
import { publications } from './publication.ts';
import { w } from './words.ts';

/** What was published: with its address, and to be deleted for good. */
export function Published() {
  const done = publications().value.filter(({ state }) => state === 0).length;
  const listed = useListed(
    (page) => call<Listing<PublishedItem>>('material', 'listPublished', page),
    [done],
  );
  const remove = async (article_id: string, index: number) => {
    await call('material', 'deletePublished', { article_id, index });
    tell(w('removed'));
    await listed.reload();
  };
  return (
    <ListedItems listed={listed}>
      {(items) =>
        items.length === 0 ? (
          <Empty title={w('nonePublished')}>
            <p>{w('nonePublishedAbout')}</p>
          </Empty>
        ) : (
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{w('cover')}</th>
                <th scope="col">{w('article')}</th>
                <th scope="col">{w('publishedAt')}</th>
                <th scope="col">{w('acts')}</th>
              </tr>
            </thead>
            <tbody>
              {items.flatMap(({ article_id: id, content, update_time: updated }) =>
                content.news_item.map((article, at) => (
                  <tr key={`${id} ${at}`}>
                    <td data-label={w('cover')} class="small-cover">
                      {article.thumb_url && <Picture url={article.thumb_url} alt="" />}
                    </td>
                    <th scope="row" data-label={w('article')}>
                      {article.title}
                      <small class="muted id">{id}</small>
                    </th>
                    <td data-label={w('publishedAt')}>{dateTime(updated * 1_000)}</td>
                    <td data-label={w('acts')} class="actions">
                      {article.is_deleted ? (
                        <span class="state fault">{w('deletedByAuthor')}</span>
                      ) : (
                        <>
                          <OutsideLink
                            class="tool"
                            href={article.url ?? ''}
                            label={w('openOf', { title: article.title })}
                          >
                            {w('open')}
                          </OutsideLink>
                          <Act
                            needs="send"
                            label={w('removeOf', { title: article.title })}
                            question={w('removePublishedQuestion', { title: article.title })}
                            onAct={() => remove(id, at + 1)}
                          >
                            {w('remove')}
                          </Act>
                        </>
                      )}
                    </td>
                  </tr>
                )),
              )}
            </tbody>
          </table>
        )
      }
    </ListedItems>
  );
}

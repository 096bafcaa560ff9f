import type { DraftItem } from '../../../../material/drafts.ts';
import type { Listing } from '../../../../material/paging.ts';
import type { Articles } from '../../../../wechat/catalogue/draft.ts';
import { call } from '../../api.ts';
import { dateTime } from '../../format.ts';
import { Act } from '../../parts/act.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ListedItems, useListed } from '../../parts/listed.tsx';
import { Picture } from '../../parts/picture.tsx';
import { tell } from '../../toast.tsx';
import { type EditedDraft, editedDraft, isEditable } from './edited-article.ts';
import { addPublication, publications } from './publication.ts';
import { w } from './words.ts';

/** The drafts that WeChat holds. */
export function Drafts({ onEdit }: { readonly onEdit: (draft: EditedDraft) => Promise<void> }) {
  // What is published leaves the drafts.
  const ended = publications().value.filter(({ state }) => state !== 1).length;
  const listed = useListed(
    (page) => call<Listing<DraftItem>>('material', 'listDrafts', page),
    [ended],
  );
  const edit = async (id: string) => {
    const { news_item } = await call<Articles>('material', 'getDraft', { media_id: id });
    await onEdit(editedDraft(id, news_item));
  };
  const remove = async (media_id: string) => {
    await call('material', 'deleteDraft', { media_id });
    tell(w('removed'));
    await listed.reload();
  };
  const publish = async (media_id: string, title: string) => {
    const { publish_id } = await call<{ readonly publish_id: string }>('material', 'publish', {
      media_id,
    });
    addPublication(publish_id, title);
    tell(w('submitted'));
  };
  return (
    <ListedItems listed={listed}>
      {(items) =>
        items.length === 0 ? (
          <Empty title={w('none')}>
            <p>{w('noneAbout')}</p>
          </Empty>
        ) : (
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{w('cover')}</th>
                <th scope="col">{w('article')}</th>
                <th scope="col">{w('changed')}</th>
                <th scope="col">{w('acts')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <DraftRow
                  key={item.media_id}
                  item={item}
                  onEdit={() => edit(item.media_id)}
                  onRemove={() => remove(item.media_id)}
                  onPublish={(title) => publish(item.media_id, title)}
                />
              ))}
            </tbody>
          </table>
        )
      }
    </ListedItems>
  );
}

function DraftRow({
  item: { content, update_time: updated },
  onEdit,
  onRemove,
  onPublish,
}: {
  readonly item: DraftItem;
  readonly onEdit: () => Promise<void>;
  readonly onRemove: () => Promise<void>;
  readonly onPublish: (title: string) => Promise<void>;
}) {
  const articles = content.news_item;
  const [first] = articles;
  const title = first?.title || w('untitled');
  return (
    <tr>
      <td data-label={w('cover')} class="small-cover">
        {first?.thumb_url && <Picture url={first.thumb_url} alt="" />}
      </td>
      <th scope="row" data-label={w('article')}>
        {title}
        {articles.length > 1 && (
          <small class="muted block">{w('andMore', { count: articles.length - 1 })}</small>
        )}
        {first?.digest && <small class="muted block">{first.digest}</small>}
      </th>
      <td data-label={w('changed')}>{dateTime(updated * 1_000)}</td>
      <td data-label={w('acts')} class="actions">
        {isEditable(articles) ? (
          <Act needs="edit" label={w('editOf', { title })} onAct={onEdit}>
            {w('edit')}
          </Act>
        ) : (
          <small class="muted">{w('picturesOnly')}</small>
        )}
        <Act
          needs="send"
          label={w('publishOf', { title })}
          question={w('publishQuestion', { title })}
          onAct={() => onPublish(title)}
        >
          {w('publish')}
        </Act>
        <Act
          needs="edit"
          label={w('removeOf', { title })}
          question={w('removeQuestion', { title })}
          onAct={onRemove}
        >
          {w('remove')}
        </Act>
      </td>
    </tr>
  );
}

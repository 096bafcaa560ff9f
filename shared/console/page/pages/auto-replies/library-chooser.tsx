import type { MaterialItem } from '../../../../material/materials.ts';
import type { Listing } from '../../../../material/paging.ts';
import { call } from '../../api.ts';
import { dateTime } from '../../format.ts';
import { Empty } from '../../parts/empty.tsx';
import { ListedItems, useListed } from '../../parts/listed.tsx';
import { PictureGrid } from '../../parts/picture-grid.tsx';
import { Chooser } from './chooser.tsx';
import { w } from './words.ts';

interface LibraryChooserProps {
  readonly kind: 'image' | 'voice' | 'video';
  readonly onChoose: (mediaId: string) => void;
  readonly onClose: () => void;
}

/** A picture, a voice or a video of the library, chosen in a dialog. */
export function LibraryChooser({ kind, onChoose, onClose }: LibraryChooserProps) {
  const listed = useListed((page) =>
    call<Listing<MaterialItem>>('material', 'list', { type: kind, ...page }),
  );
  const choice = ({ media_id: id, name }: MaterialItem) => (
    <button
      type="button"
      class="tool"
      aria-label={w('chooseOf', { name: name || id })}
      onClick={() => {
        onChoose(id);
        onClose();
      }}
    >
      {w('choose')}
    </button>
  );
  return (
    <Chooser title={`${w('fromLibrary')}: ${w(kind)}`} onClose={onClose}>
      <ListedItems listed={listed}>
        {(items) => {
          if (items.length === 0) {
            return (
              <Empty title={w('noMaterial')}>
                <p>
                  <a href="#/library">{w('toLibrary')}</a>
                </p>
              </Empty>
            );
          }
          if (kind === 'image') return <PictureGrid items={items}>{choice}</PictureGrid>;
          return (
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">{w(kind)}</th>
                  <th scope="col">{w('changedAt')}</th>
                  <th scope="col">{w('acts')}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((item) => (
                  <tr key={item.media_id}>
                    <th scope="row" data-label={w(kind)}>
                      {item.name || item.media_id}
                    </th>
                    <td data-label={w('changedAt')}>{dateTime(item.update_time * 1_000)}</td>
                    <td data-label={w('acts')}>{choice(item)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          );
        }}
      </ListedItems>
    </Chooser>
  );
}

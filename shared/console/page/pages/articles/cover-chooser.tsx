import type { MaterialItem } from '../../../../material/materials.ts';
import type { Listing } from '../../../../material/paging.ts';
import { call } from '../../api.ts';
import { Act } from '../../parts/act.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ListedItems, useListed } from '../../parts/listed.tsx';
import { useModal } from '../../parts/modal.ts';
import { PictureGrid } from '../../parts/picture-grid.tsx';
import { t } from '../../words.ts';
import type { Cover } from './edited-article.ts';
import { w } from './words.ts';

/** A picture of the library, chosen in a dialog. Escape leaves it as it was. */
export function CoverChooser({
  onChoose,
  onClose,
}: {
  readonly onChoose: (cover: Cover) => void;
  readonly onClose: () => void;
}) {
  const dialog = useModal();
  const listed = useListed((page) =>
    call<Listing<MaterialItem>>('material', 'list', { type: 'image', ...page }),
  );
  return (
    <dialog ref={dialog} class="sheet wide-sheet" aria-labelledby="choose-cover" onCancel={onClose}>
      <h2 id="choose-cover">{w('chooseCover')}</h2>
      <ListedItems listed={listed}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={w('noPictures')}>
              <p>
                <a href="#/library">{w('toLibrary')}</a>
              </p>
            </Empty>
          ) : (
            <PictureGrid items={items}>
              {({ media_id, url = '', name = '' }) => (
                <Act
                  label={w('chooseOf', { name })}
                  onAct={async () => onChoose({ media_id, url })}
                >
                  {w('choose')}
                </Act>
              )}
            </PictureGrid>
          )
        }
      </ListedItems>
      <div class="buttons">
        <button type="button" class="tool" onClick={onClose}>
          {t('cancel')}
        </button>
      </div>
    </dialog>
  );
}

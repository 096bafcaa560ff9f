import type { MaterialItem } from '../../../../material/materials.ts';
import { Act } from '../../parts/act.tsx';
import { copyText } from '../../parts/copy-text.ts';
import { OutsideLink } from '../../parts/outside-link.tsx';
import { PictureGrid } from '../../parts/picture-grid.tsx';
import { w } from './words.ts';

/** The pictures of the library, side by side. */
export function Pictures({
  items,
  onRemove,
}: {
  readonly items: readonly MaterialItem[];
  readonly onRemove: (mediaId: string) => Promise<void>;
}) {
  return (
    <PictureGrid items={items}>
      {({ media_id: id, name: given, url = '' }) => {
        const name = given || w('unnamed');
        return (
          <div class="actions">
            <OutsideLink class="tool" href={url} label={w('openOf', { name })}>
              {w('open')}
            </OutsideLink>
            <Act label={w('copyOf', { name })} onAct={() => copyText(id)}>
              {w('copyId')}
            </Act>
            <Act
              needs="edit"
              label={w('removeOf', { name })}
              question={w('removeQuestion', { name })}
              onAct={() => onRemove(id)}
            >
              {w('remove')}
            </Act>
          </div>
        );
      }}
    </PictureGrid>
  );
}

import { useState } from 'preact/hooks';
import type { MaterialItem } from '../../../material/materials.ts';
import type { Listing } from '../../../material/paging.ts';
import type { MaterialCount } from '../../../wechat/catalogue/material.ts';
import { call } from '../api.ts';
import { Empty } from '../parts/empty.tsx';
import { ListedItems, useListed } from '../parts/listed.tsx';
import { Loader, useLoaded } from '../parts/load.tsx';
import { tell } from '../toast.tsx';
import { Pictures } from './library/pictures.tsx';
import { Recordings } from './library/recordings.tsx';
import { UploadForm } from './library/upload-form.tsx';
import { w } from './library/words.ts';

const kinds = ['image', 'voice', 'video'] as const;

/** Permanent material: looked at, uploaded and deleted. */
export default function Library() {
  const [kind, setKind] = useState<(typeof kinds)[number]>('image');
  const count = useLoaded(() => call<MaterialCount>('material', 'count'));
  const listed = useListed(
    (page) => call<Listing<MaterialItem>>('material', 'list', { type: kind, ...page }),
    [kind],
  );
  const reload = async () => {
    await Promise.all([listed.reload(), count.reload()]);
  };
  const remove = async (media_id: string) => {
    await call('material', 'delete', { media_id });
    tell(w('removed'));
    await reload();
  };
  return (
    <>
      <p class="muted">{w('about')}</p>
      <UploadForm
        onUploaded={async (type) => {
          const shown = type === 'thumb' ? 'image' : type;
          if (shown === kind) await reload();
          else setKind(shown);
        }}
      />
      <div class="chips">
        {kinds.map((each) => (
          <button
            key={each}
            type="button"
            class="chip"
            aria-pressed={each === kind}
            onClick={() => setKind(each)}
          >
            {w(each)}
          </button>
        ))}
      </div>
      <Loader loaded={count}>
        {({ image_count: image, voice_count: voice, video_count: video }) => (
          <p class="muted small">{w('counts', { image, voice, video })}</p>
        )}
      </Loader>
      <ListedItems key={kind} listed={listed}>
        {(items) => {
          if (items.length === 0) {
            return (
              <Empty title={w('none')}>
                <p>{w('noneAbout')}</p>
              </Empty>
            );
          }
          if (kind === 'image') return <Pictures items={items} onRemove={remove} />;
          return <Recordings kind={kind} items={items} onRemove={remove} />;
        }}
      </ListedItems>
    </>
  );
}

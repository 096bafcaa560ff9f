import { useState } from 'preact/hooks';
import { call } from '../../api.ts';
import { Act } from '../../parts/act.tsx';
import { Field } from '../../parts/field.tsx';
import { tell } from '../../toast.tsx';
import { type ContentType, contentOf, contentTypes } from './edited-broadcast.ts';
import { LibraryChoice } from './library-choice.tsx';
import { Message, type ShownContent } from './message.tsx';
import { PreviewForm } from './preview-form.tsx';
import { useSettled } from './settled.ts';
import type { StepProps } from './step.ts';
import { w } from './words.ts';

/** WeChat's limit of a text. */
const MAX_BYTES = 2_048;

/** What the broadcast says, beside the phone of a follower. */
export function ContentStep({ edited, set }: StepProps) {
  const content = contentOf(edited) as ShownContent | undefined;
  const shown = useSettled(content && JSON.stringify(content));
  return (
    <>
      <fieldset class="chips" aria-label={w('type')}>
        {contentTypes.map((type) => (
          <button
            key={type}
            type="button"
            class="chip"
            aria-pressed={type === edited.type}
            onClick={() => set({ type })}
          >
            {w(type)}
          </button>
        ))}
      </fieldset>
      <div class="sides-phone">
        <div class="stack">
          {edited.type === 'text' ? (
            <TextField edited={edited} set={set} />
          ) : (
            <MediaFields key={edited.type} type={edited.type} edited={edited} set={set} />
          )}
          <PreviewForm content={content} />
        </div>
        <Message content={shown === undefined ? undefined : (JSON.parse(shown) as ShownContent)} />
      </div>
    </>
  );
}

function TextField({ edited: { text }, set }: StepProps) {
  const count = new TextEncoder().encode(text).length;
  return (
    <Field
      label={w('text')}
      hint={w('bytes', { count })}
      error={count > MAX_BYTES ? w('tooLong', { count }) : undefined}
    >
      <textarea
        rows={8}
        value={text}
        onInput={(event) => set({ text: event.currentTarget.value })}
      />
    </Field>
  );
}

type MediaProps = StepProps & { readonly type: Exclude<ContentType, 'text'> };

function MediaFields({ type, edited, set }: MediaProps) {
  const ids = edited.media[type];
  const put = (next: readonly string[]) => set({ media: { ...edited.media, [type]: next } });
  const isMany = type === 'image';
  return (
    <>
      {type !== 'mpvideo' && (
        <LibraryChoice
          type={type}
          onChoose={({ id }) => put(isMany ? [...ids.filter((each) => each !== id), id] : [id])}
        />
      )}
      {type === 'mpvideo' && <VideoToPrepare onReady={(id) => put([id])} />}
      <Field label={w('mediaId')} hint={isMany ? w('mediaIdsHint') : undefined}>
        {isMany ? (
          <textarea
            rows={4}
            value={ids.join('\n')}
            onInput={(event) => put(event.currentTarget.value.split('\n'))}
          />
        ) : (
          <input
            value={ids[0] ?? ''}
            autocomplete="off"
            onInput={(event) => put([event.currentTarget.value])}
          />
        )}
      </Field>
      {type === 'mpnews' && (
        <label class="check">
          <input
            type="checkbox"
            checked={edited.ignoreReprint}
            onChange={(event) => set({ ignoreReprint: event.currentTarget.checked })}
          />
          {w('ignoreReprint')}
        </label>
      )}
    </>
  );
}

/** A video of the library cannot be sent to many as it is. */
function VideoToPrepare({ onReady }: { readonly onReady: (id: string) => void }) {
  const [video, setVideo] = useState({ id: '', name: '' });
  const prepare = async () => {
    const { mediaId } = await call<{ readonly mediaId: string }>('mass-send', 'prepareVideo', {
      mediaId: video.id,
      title: video.name.trim(),
    });
    onReady(mediaId);
    tell(w('prepared'));
  };
  return (
    <>
      <p class="muted">{w('prepareHint')}</p>
      <LibraryChoice type="mpvideo" onChoose={setVideo} />
      {video.id !== '' && (
        <div class="form">
          <Field label={w('videoTitle')}>
            <input
              value={video.name}
              onInput={(event) => setVideo({ ...video, name: event.currentTarget.value })}
            />
          </Field>
          <Act needs="edit" disabled={video.name.trim() === ''} onAct={prepare}>
            {w('prepare')}
          </Act>
        </div>
      )}
    </>
  );
}

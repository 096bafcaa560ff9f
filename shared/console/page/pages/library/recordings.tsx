import { useState } from 'preact/hooks';
import type { MaterialItem } from '../../../../material/materials.ts';
import type { ReturnedFile } from '../../../../material/return-file.ts';
import type { MaterialVideo } from '../../../../wechat/catalogue/material.ts';
import { call } from '../../api.ts';
import { dateTime } from '../../format.ts';
import { Act } from '../../parts/act.tsx';
import { sizeText } from '../../parts/chosen-file.ts';
import { copyText } from '../../parts/copy-text.ts';
import { OutsideLink } from '../../parts/outside-link.tsx';
import { w } from './words.ts';

interface Opened {
  readonly id: string;
  readonly found: ReturnedFile | MaterialVideo;
}

/** Voices and videos; one at a time is fetched, to be heard or opened. */
export function Recordings({
  kind,
  items,
  onRemove,
}: {
  readonly kind: 'voice' | 'video';
  readonly items: readonly MaterialItem[];
  readonly onRemove: (mediaId: string) => Promise<void>;
}) {
  const [opened, setOpened] = useState<Opened>();
  const open = async (id: string) => {
    setOpened({ id, found: await call<Opened['found']>('material', 'get', { media_id: id }) });
  };
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{w('name')}</th>
          <th scope="col">{w('changed')}</th>
          <th scope="col">{w('acts')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ media_id: id, name: given, update_time: updated }) => {
          const name = given || w('unnamed');
          return (
            <tr key={id}>
              <th scope="row" data-label={w('name')}>
                {name}
                {opened?.id === id && <Player name={name} fileName={given} found={opened.found} />}
              </th>
              <td data-label={w('changed')}>{dateTime(updated * 1_000)}</td>
              <td data-label={w('acts')} class="actions">
                <Act
                  label={w(kind === 'voice' ? 'listenOf' : 'lookOf', { name })}
                  onAct={() => open(id)}
                >
                  {w(kind === 'voice' ? 'listen' : 'look')}
                </Act>
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
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** A video stands on a host of WeChat, and opens there. */
function Player({
  name,
  fileName,
  found,
}: {
  readonly name: string;
  readonly fileName: string | undefined;
  readonly found: Opened['found'];
}) {
  if ('down_url' in found) {
    return (
      <span class="block">
        <small class="muted block">{found.description}</small>
        <OutsideLink class="tool" href={found.down_url} label={w('openOf', { name })}>
          {w('open')}
        </OutsideLink>
      </span>
    );
  }
  if (!('base64' in found)) {
    return (
      <small class="muted block">
        {w('inStorage', { size: sizeText(found.bytes) })} <code>{found.fileId}</code>
      </small>
    );
  }
  const bytes = Uint8Array.from(atob(found.base64), (character) => character.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: found.contentType }));
  const isPlayed = document.createElement('audio').canPlayType(found.contentType) !== '';
  return (
    <span class="block">
      {isPlayed ? (
        // biome-ignore lint/a11y/useMediaCaption: WeChat keeps no words beside a voice
        <audio controls src={address} aria-label={name} />
      ) : (
        <small class="muted block">{w('noPlayer')}</small>
      )}{' '}
      <a class="tool" href={address} download={fileName || found.name}>
        {w('save')}
      </a>
    </span>
  );
}

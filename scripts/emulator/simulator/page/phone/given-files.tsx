import { useEffect, useState } from 'preact/hooks';
import { act, attempt, complaint } from '../api.ts';
import { Icon } from '../icons.tsx';
import { openid } from '../settings.ts';
import { t } from '../words.ts';
import { closeSheet, Sheet, sheet } from './overlay.tsx';
import { type FileKind, kindOf, sendFile } from './phone-file.ts';

interface Given {
  readonly file: File;
  readonly kind: FileKind;
  /** For the preview. */
  readonly url: string;
}

/** Files that were dropped on the phone or pasted: shows them, and sends them when that is confirmed. */
export function offerFiles(files: Iterable<File>): void {
  const given = [...files].flatMap((file) => {
    const kind = kindOf(file);
    return kind ? [{ file, kind, url: URL.createObjectURL(file) }] : [];
  });
  if (given.length > 0) sheet.value = <GivenFiles given={given} />;
  else complaint.value = t('onlyPictures');
}

function GivenFiles({ given }: { readonly given: readonly Given[] }) {
  useEffect(
    () => () => {
      for (const { url } of given) URL.revokeObjectURL(url);
    },
    [given],
  );
  const send = () => {
    closeSheet();
    const who = openid.value;
    void attempt(async () => {
      for (const { file, kind } of given) {
        const MediaId = await sendFile(kind, file, file.name);
        await act(who, 'say', { type: kind, MediaId });
      }
    });
  };
  return (
    <Sheet title={t('sendFiles')} onSubmit={send}>
      <ul class="given">
        {given.map((each) => (
          <li key={each.url}>
            <Preview {...each} />
            <small>{each.file.name}</small>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

function Preview({ kind, url }: Given) {
  const [isUnreadable, setUnreadable] = useState(kind !== 'image');
  if (isUnreadable) return <Icon name={kind === 'image' ? 'file' : kind} size={32} />;
  return <img src={url} alt={t('photo')} onError={() => setUnreadable(true)} />;
}

/** What is pasted goes to the phone, unless it is text or somebody writes in another place. */
export function usePastedFiles(isWanted: boolean): void {
  useEffect(() => {
    if (!isWanted) return undefined;
    const take = (event: ClipboardEvent) => {
      const { target, clipboardData } = event;
      const isElsewhere =
        target instanceof Element && target !== document.body && !target.closest('.phone');
      if (isElsewhere || !clipboardData || clipboardData.files.length === 0) return;
      event.preventDefault();
      offerFiles(clipboardData.files);
    };
    document.addEventListener('paste', take);
    return () => document.removeEventListener('paste', take);
  }, [isWanted]);
}

/** The part of the phone on which files can be dropped; says so while one is held over it. */
export function useDroppedFiles(isWanted: boolean) {
  const [isOver, setOver] = useState(false);
  if (!isWanted) return { isOver: false, handlers: {} };
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  return {
    isOver,
    handlers: {
      onDragOver(event: DragEvent) {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave(event: DragEvent & { readonly currentTarget: HTMLElement }) {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      onDrop(event: DragEvent) {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(false);
        offerFiles(event.dataTransfer?.files ?? []);
      },
    },
  };
}

import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../words.ts';

/** A dialog in which something is chosen. Escape leaves everything as it was, and the focus goes back. */
export function Chooser({
  title,
  children,
  acts,
  onClose,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Beside the button that closes it. */
  readonly acts?: ComponentChildren;
  readonly onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    // A dialog that is only taken away gives the focus back to nobody.
    return () => dialog.current?.close();
  }, []);
  return (
    <dialog ref={dialog} class="sheet wide-sheet" aria-labelledby="choose-title" onCancel={onClose}>
      <h2 id="choose-title">{title}</h2>
      {children}
      <div class="buttons">
        <button type="button" class="tool" onClick={onClose}>
          {t('cancel')}
        </button>
        {acts}
      </div>
    </dialog>
  );
}

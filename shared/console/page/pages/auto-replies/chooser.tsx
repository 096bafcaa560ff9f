import type { ComponentChildren } from 'preact';
import { useModal } from '../../parts/modal.ts';
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
  const dialog = useModal();
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

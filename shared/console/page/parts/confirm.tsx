import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../words.ts';

interface Question {
  readonly text: string;
  readonly answer: (isYes: boolean) => void;
}

const question = signal<Question | undefined>(undefined);

/** Asks before something that cannot be taken back. Escape means no. */
export function confirmed(text: string): Promise<boolean> {
  return new Promise((resolve) => {
    question.value = {
      text,
      answer(isYes) {
        question.value = undefined;
        resolve(isYes);
      },
    };
  });
}

export function Confirmation() {
  const dialog = useRef<HTMLDialogElement>(null);
  const asked = question.value;
  useEffect(() => {
    if (asked) dialog.current?.showModal();
  }, [asked]);
  if (!asked) return null;
  return (
    <dialog
      ref={dialog}
      class="sheet"
      aria-labelledby="question"
      onCancel={() => asked.answer(false)}
    >
      <p id="question">{asked.text}</p>
      <div class="buttons">
        <button type="button" class="tool" onClick={() => asked.answer(false)}>
          {t('cancel')}
        </button>
        <button type="button" class="tool strong" onClick={() => asked.answer(true)}>
          {t('confirm')}
        </button>
      </div>
    </dialog>
  );
}

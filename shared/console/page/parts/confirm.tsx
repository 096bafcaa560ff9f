import { signal } from '@preact/signals';
import { t } from '../words.ts';
import { useModal } from './modal.ts';

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
  const asked = question.value;
  return asked ? <Asked {...asked} /> : null;
}

function Asked({ text, answer }: Question) {
  const dialog = useModal();
  return (
    <dialog ref={dialog} class="sheet" aria-labelledby="question" onCancel={() => answer(false)}>
      <p id="question">{text}</p>
      <div class="buttons">
        <button type="button" class="tool" onClick={() => answer(false)}>
          {t('cancel')}
        </button>
        <button type="button" class="tool strong" onClick={() => answer(true)}>
          {t('confirm')}
        </button>
      </div>
    </dialog>
  );
}

import { Act } from '../../parts/act.tsx';
import { tell } from '../../toast.tsx';
import { t } from '../../words.ts';
import { w } from './words.ts';

export interface ShownSecret {
  readonly id: string;
  readonly secret: string;
}

/** A secret that was just made; nobody can look at it again. */
export function NewSecret({
  shown,
  onClose,
}: {
  readonly shown: ShownSecret;
  readonly onClose: () => void;
}) {
  const copy = async () => {
    await navigator.clipboard.writeText(shown.secret);
    tell(t('copied'));
  };
  return (
    <div class="good" role="status">
      <strong>{w('secretOf', { id: shown.id })}</strong>
      <code class="key">{shown.secret}</code>
      <p>{w('secretAbout')}</p>
      <div class="buttons">
        <Act onAct={copy}>{t('copy')}</Act>
        <button type="button" class="tool" onClick={onClose}>
          {t('close')}
        </button>
      </div>
    </div>
  );
}

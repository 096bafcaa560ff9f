import { useState } from 'preact/hooks';
import { t } from '../words.ts';
import { closeSheet, Field, Sheet } from './overlay.tsx';

/** What a menu button of type scancode finds. */
export function CodeSheet(props: {
  readonly onDone: (scan: { readonly type: 'qrcode' | 'barcode'; readonly result: string }) => void;
}) {
  const [type, setType] = useState<'qrcode' | 'barcode'>('qrcode');
  const [result, setResult] = useState('https://example.com/scanned');
  return (
    <Sheet
      title={t('scan')}
      isReady={result !== ''}
      onSubmit={() => {
        closeSheet();
        props.onDone({ type, result });
      }}
    >
      <div class="chips">
        {(['qrcode', 'barcode'] as const).map((each) => (
          <button
            key={each}
            type="button"
            class="chip"
            aria-pressed={each === type}
            onClick={() => setType(each)}
          >
            {t(each)}
          </button>
        ))}
      </div>
      <Field label={t('codeContent')}>
        <input value={result} onInput={({ currentTarget }) => setResult(currentTarget.value)} />
      </Field>
    </Sheet>
  );
}

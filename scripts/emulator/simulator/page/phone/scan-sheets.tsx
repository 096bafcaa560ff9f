import { useState } from 'preact/hooks';
import { act } from '../api.ts';
import { sections } from '../feed.ts';
import { openid } from '../settings.ts';
import { t } from '../words.ts';
import { closeSheet, Field, Sheet } from './overlay.tsx';

/** Scans one of the account's own codes, or any scene. */
export function SceneSheet() {
  const [scene, setScene] = useState('');
  const codes = sections.value.qrcodes ?? [];
  const scan = (code: object) => {
    closeSheet();
    void act(openid.value, 'scan', code);
  };
  return (
    <Sheet title={t('scan')} isReady={scene !== ''} onSubmit={() => scan({ scene })}>
      <p class="hint">{codes.length > 0 ? t('codes') : t('noCodes')}</p>
      <div class="chips">
        {codes.slice(-12).map((code) => (
          <button
            key={code.ticket}
            type="button"
            class="chip"
            onClick={() => scan({ ticket: code.ticket })}
          >
            {String(code.scene)}
          </button>
        ))}
      </div>
      <Field label={t('scene')}>
        <input value={scene} onInput={({ currentTarget }) => setScene(currentTarget.value)} />
      </Field>
    </Sheet>
  );
}

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

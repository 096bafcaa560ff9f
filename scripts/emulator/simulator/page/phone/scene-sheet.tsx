import { useState } from 'preact/hooks';
import { QrCode } from '../../../../../shared/console/page/look/qr-code.tsx';
import type { ShownQrcode } from '../../../wechat/state/qrcodes.ts';
import { act } from '../api.ts';
import { sections } from '../feed.ts';
import { dateTime } from '../format.ts';
import { openid } from '../settings.ts';
import { before, t } from '../words.ts';
import { closeSheet, Field, Sheet } from './overlay.tsx';

/** The newest of those that match: nobody scrolls through a hundred thousand. */
const MAX_SHOWN = 12;

/** Scans one of the account's own codes, or any scene. */
export function SceneSheet() {
  const [scene, setScene] = useState('');
  const [opened, setOpened] = useState<ShownQrcode | undefined>(undefined);
  const codes = sections.value.qrcodes ?? [];
  const found = codes.filter((code) => String(code.scene).includes(scene));
  const scan = (code: object) => {
    closeSheet();
    void act(openid.value, 'scan', code);
  };
  if (opened) {
    return <CodePoster code={opened} onScan={() => scan({ ticket: opened.ticket })} />;
  }
  return (
    <Sheet title={t('scan')} isReady={scene !== ''} onSubmit={() => scan({ scene })}>
      <Field label={t('scene')}>
        <input value={scene} onInput={({ currentTarget }) => setScene(currentTarget.value)} />
      </Field>
      <p class="hint">{codes.length > 0 ? t('codes') : t('noCodes')}</p>
      <ul class="codes">
        {found
          .slice(-MAX_SHOWN)
          .reverse()
          .map((code) => (
            <li key={code.ticket}>
              <button
                type="button"
                class="plain"
                aria-label={`${t('showCode')} ${code.scene}`}
                title={t('showCode')}
                onClick={() => setOpened(code)}
              >
                <QrCode text={code.url} />
              </button>
              <span class="code-about">
                <strong>{String(code.scene)}</strong>
                <small>{expiryOf(code)}</small>
              </span>
              <button
                type="button"
                class="tool"
                aria-label={`${t('scanIt')} ${code.scene}`}
                onClick={() => scan({ ticket: code.ticket })}
              >
                {t('scanIt')}
              </button>
            </li>
          ))}
      </ul>
    </Sheet>
  );
}

/** One code, large enough for a camera. */
function CodePoster({ code, onScan }: { readonly code: ShownQrcode; readonly onScan: () => void }) {
  return (
    <Sheet title={String(code.scene)}>
      <div class="poster">
        <QrCode text={code.url} label={`${t('qrcode')} ${code.scene}`} />
      </div>
      <p class="hint">{expiryOf(code)}</p>
      <p class="hint">
        <code>{code.url}</code>
      </p>
      <button type="button" class="wide-button" onClick={onScan}>
        {t('scanIt')}
      </button>
    </Sheet>
  );
}

function expiryOf({ expiresAt }: ShownQrcode): string {
  return expiresAt === null ? t('permanent') : `${before('expires')}${dateTime(expiresAt)}`;
}

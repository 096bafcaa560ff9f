import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { QrCode } from '../../../../../../shared/console/page/look/qr-code.tsx';
import type { HoldingsAnswer } from '../../../../wechat/control/holdings.ts';
import { ask, attempt } from '../../api.ts';
import { traffic } from '../../feed.ts';
import { before, t } from '../../words.ts';
import type { Holding, Order } from './holding.ts';
import { kinds } from './kinds.ts';
import { NewHolding } from './new-holding.tsx';

const chosen = signal(0);
/** Each call of the account may change what WeChat holds; a burst of them is looked at once. */
const SETTLES_MS = 200;

/** What WeChat holds for the account: to look at, to make and to delete, as its administrator does. */
export function WechatPanel() {
  const [held, setHeld] = useState<HoldingsAnswer | undefined>(undefined);
  const load = () => ask<HoldingsAnswer>('GET', '/wechat/holdings');
  useEffect(() => {
    let isWanted = true;
    const look = () =>
      void load().then(
        (answer) => isWanted && setHeld(answer),
        // The emulators are gone; the page says so elsewhere.
        () => {},
      );
    const timer = setTimeout(look, held ? SETTLES_MS : 0);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [traffic.value]);

  const kind = kinds[chosen.value] ?? kinds[0];
  if (!held || !kind) return <div class="panel pad" />;
  const give = async ([method, path, body]: Order) => {
    const isDone = await attempt(async () => {
      await ask(method, path, body);
      setHeld(await load());
      return true;
    });
    return isDone ?? false;
  };
  const rows = kind.list(held);
  return (
    <div class="panel pad">
      <p class="muted">{t('wechatAbout')}</p>
      <div class="chips">
        {kinds.map(({ word, list }, index) => (
          <button
            key={word}
            type="button"
            class="chip"
            aria-pressed={index === chosen.value}
            onClick={() => {
              chosen.value = index;
            }}
          >
            {t(word)} {list(held).length}
          </button>
        ))}
      </div>
      <NewHolding key={kind.word} maker={kind.maker} give={give} />
      {rows.length === 0 && <p class="empty">{t('nothingHeld')}</p>}
      <ul>
        {rows.map((row) => (
          <Row key={row.id} row={row} give={give} />
        ))}
      </ul>
    </div>
  );
}

function Row(props: { readonly row: Holding; readonly give: (order: Order) => Promise<boolean> }) {
  const { title, about, whole, mediaId, code, remove } = props.row;
  return (
    <li class="held">
      {mediaId && <img src={`emulator/media/${mediaId}`} alt="" loading="lazy" />}
      {code && <QrCode text={code} />}
      <details class="document">
        <summary>
          <strong>{title}</strong>
          <small class="muted">{about}</small>
        </summary>
        <pre>{JSON.stringify(whole, null, 2)}</pre>
      </details>
      {remove && (
        <button
          type="button"
          class="tool small"
          aria-label={`${before('delete')}${title}`}
          onClick={() => void props.give(remove)}
        >
          {t('delete')}
        </button>
      )}
    </li>
  );
}

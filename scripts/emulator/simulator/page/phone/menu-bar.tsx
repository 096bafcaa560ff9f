import { useEffect, useRef, useState } from 'preact/hooks';
import type { LeafButton, MenuButton } from '../../../../../shared/wechat/catalogue/menu.ts';
import type { PhoneView } from '../../phones.ts';
import { act } from '../api.ts';
import { Icon } from '../icons.tsx';
import { openid } from '../settings.ts';
import { t } from '../words.ts';
import { CodeSheet } from './code-sheet.tsx';
import { openPage, sheet } from './overlay.tsx';
import { FileSheet, PlaceSheet } from './sheets.tsx';

type Menu = NonNullable<PhoneView['menu']>;

/** The custom menu as the API made it. */
export function MenuBar(props: { readonly menu: Menu; readonly onKeyboard: () => void }) {
  const { menu, onKeyboard } = props;
  const [opened, setOpened] = useState<number | undefined>(undefined);
  const bar = useRef<HTMLElement>(null);

  useEffect(() => {
    const close = (event: MouseEvent) => {
      if (!bar.current?.contains(event.target as Node)) setOpened(undefined);
    };
    document.addEventListener('click', close);
    return () => document.removeEventListener('click', close);
  }, []);

  return (
    <nav
      ref={bar}
      class="bottom menu-bar"
      aria-label={t('customMenu')}
      onKeyDown={(event) => event.key === 'Escape' && setOpened(undefined)}
    >
      <button
        type="button"
        class="plain to-keyboard"
        aria-label={t('toKeyboard')}
        title={t('toKeyboard')}
        onClick={onKeyboard}
      >
        <Icon name="keyboard" size={26} />
      </button>
      {menu.button.map((button, at) => (
        <div key={button.name} class="menu-slot">
          {opened === at && 'sub_button' in button && (
            <div class="sub-menu">
              {button.sub_button.map((leaf, below) => (
                <button
                  key={leaf.name}
                  type="button"
                  onClick={() => {
                    setOpened(undefined);
                    tapLeaf(leaf, [at, below]);
                  }}
                >
                  {leaf.name}
                </button>
              ))}
            </div>
          )}
          <button
            type="button"
            class="menu-button"
            {...('sub_button' in button
              ? { 'aria-expanded': opened === at, 'aria-haspopup': 'true' as const }
              : {})}
            onClick={() => tapButton(button, at)}
          >
            {'sub_button' in button && <span class="stack" aria-hidden="true" />}
            {button.name}
          </button>
        </div>
      ))}
    </nav>
  );

  function tapButton(button: MenuButton, at: number): void {
    if ('sub_button' in button) setOpened(opened === at ? undefined : at);
    else tapLeaf(button, [at]);
  }
}

/** Some types ask the follower for something first. */
function tapLeaf(leaf: LeafButton, index: readonly number[]): void {
  const tap = async (choices: object = {}) => {
    const done = await act(openid.value, 'tap', { index, ...choices });
    if (done?.opens) openPage(done.opens);
  };
  switch (leaf.type) {
    case 'view':
    case 'miniprogram':
      // WeChat does not wait for the account before it opens a page.
      openPage(leaf.url);
      void act(openid.value, 'tap', { index });
      return;
    case 'scancode_push':
    case 'scancode_waitmsg':
      sheet.value = <CodeSheet onDone={(scan) => void tap({ scan })} />;
      return;
    case 'pic_sysphoto':
    case 'pic_photo_or_album':
    case 'pic_weixin':
      sheet.value = <FileSheet kind="image" onDone={(id) => void tap({ pictures: [id] })} />;
      return;
    case 'location_select':
      sheet.value = (
        <PlaceSheet
          onDone={({ latitude, longitude, label }) =>
            void tap({ place: { latitude, longitude, label } })
          }
        />
      );
      return;
    default:
      void tap();
  }
}

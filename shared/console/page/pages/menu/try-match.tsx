import { useState } from 'preact/hooks';
import type { Menu } from '../../../../wechat/catalogue/menu.ts';
import type { Tag } from '../../../../wechat/catalogue/tag.ts';
import { call } from '../../api.ts';
import { Act } from '../../parts/act.tsx';
import { Field } from '../../parts/field.tsx';
import { type ButtonPlace, editedMenu, menuToPublish } from './edited-menu.ts';
import type { Buttons, Live } from './live.ts';
import { Phone } from './phone.tsx';
import { whoSees } from './who-sees.ts';
import { w } from './words.ts';

interface Seen {
  readonly user: string;
  readonly buttons: Buttons;
}

/** Asks WeChat which menu somebody sees. */
export function TryMatch({ live, tags }: { readonly live: Live; readonly tags: readonly Tag[] }) {
  const [user, setUser] = useState('');
  const [seen, setSeen] = useState<Seen>();
  const [place, setPlace] = useState<ButtonPlace>();
  const ask = async () => {
    setSeen(undefined);
    const { button } = await call<Menu>('menu', 'tryMatch', { user_id: user.trim() });
    setPlace(undefined);
    setSeen({ user: user.trim(), buttons: editedMenu(button) });
  };
  return (
    <section>
      <h3>{w('tryMatch')}</h3>
      <p class="muted">{w('tryMatchAbout')}</p>
      <div class="form">
        <Field label={w('user')}>
          <input
            value={user}
            autocomplete="off"
            onInput={(event) => setUser(event.currentTarget.value)}
          />
        </Field>
        <Act onAct={ask} disabled={user.trim() === ''}>
          {w('ask')}
        </Act>
      </div>
      {seen && (
        <>
          <p class="good" role="status">
            {w('sees', { user: seen.user, menu: nameOf(seen.buttons, live, tags) })}
          </p>
          <div class="menu-editor">
            <Phone buttons={seen.buttons} place={place} onChoose={setPlace} />
          </div>
        </>
      )}
    </section>
  );
}

/** Which of the live menus it is: WeChat gives the buttons alone. */
function nameOf(buttons: Buttons, live: Live, tags: readonly Tag[]): string {
  const text = textOf(buttons);
  const found = live.conditional.find(({ button }) => textOf(editedMenu(button)) === text);
  if (found) return w('theConditional', { who: whoSees(found.matchrule, tags) });
  return w(textOf(live.buttons) === text ? 'theDefault' : 'another');
}

function textOf(buttons: Buttons): string {
  return JSON.stringify(menuToPublish(buttons));
}

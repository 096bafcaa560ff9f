import { useState } from 'preact/hooks';
import type { MenuDiff } from '../../../menu/diff.ts';
import type { StoredMenus } from '../../../menu/menus.ts';
import type { CurrentMenuResponse } from '../../../wechat/catalogue/menu.ts';
import { isAllowed } from '../../role.ts';
import { CallError, call } from '../api.ts';
import { draftOf, dropDraft } from '../drafts.ts';
import { Act } from '../parts/act.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loader, useLoaded } from '../parts/load.tsx';
import { me } from '../session.ts';
import { messageOf, tell } from '../toast.tsx';
import { t } from '../words.ts';
import { ButtonForm } from './menu/button-form.tsx';
import { Changes } from './menu/changes.tsx';
import { Conditional } from './menu/conditional.tsx';
import {
  type ButtonPlace,
  beside,
  buttonAt,
  type EditedButton,
  editedMenu,
  menuToPublish,
  moved,
  newButton,
  siblingsOf,
  withSiblings,
} from './menu/edited-menu.ts';
import { Phone } from './menu/phone.tsx';
import { w } from './menu/words.ts';

type Buttons = readonly EditedButton[];

interface Live {
  readonly buttons: Buttons;
  /** Whether it was made on mp.weixin.qq.com, not by the API. */
  readonly isOfSite: boolean;
  readonly conditional: NonNullable<StoredMenus['conditionalmenu']>;
}

async function readLive(): Promise<Live> {
  const { menu, conditionalmenu } = await call<StoredMenus>('menu', 'get');
  const conditional = conditionalmenu ?? [];
  if (menu) return { buttons: editedMenu(menu.button), isOfSite: false, conditional };
  const { is_menu_open: isOpen, selfmenu_info: info } = await call<CurrentMenuResponse>(
    'menu',
    'current',
  );
  const buttons = editedMenu(isOpen ? (info.button ?? []) : []);
  return { buttons, isOfSite: buttons.length > 0, conditional };
}

/** The default menu: edited on a phone, compared with what is live, and published. */
export default function MenuPage() {
  const loaded = useLoaded(readLive);
  return (
    <>
      <p class="muted">{w('about')}</p>
      <Loader loaded={loaded}>{(live) => <Editor live={live} reload={loaded.reload} />}</Loader>
    </>
  );
}

const DRAFT = 'menu';

/** What a draft would change; or why it cannot be published, or not yet. */
interface Compared {
  readonly buttons: Buttons;
  readonly diff?: MenuDiff;
  readonly problem?: string;
}

const nothingCompared: Omit<Compared, 'buttons'> = {};

function Editor({ live, reload }: { readonly live: Live; readonly reload: () => Promise<void> }) {
  const draft = draftOf<Buttons | null>(DRAFT, null);
  const buttons = draft.value ?? live.buttons;
  const [chosen, setChosen] = useState<ButtonPlace>();
  // What was compared: another draft needs another look before it may be published.
  const [compared, setCompared] = useState<Compared>();
  const mayEdit = isAllowed(me.value?.role ?? 'look', 'edit');
  const button = chosen && buttonAt(buttons, chosen);
  const set = (next: Buttons) => {
    draft.value = next;
  };
  const move = (by: -1 | 1) => {
    if (!mayEdit || !chosen || !buttonAt(buttons, beside(chosen, by))) return;
    set(moved(buttons, chosen, by));
    setChosen(beside(chosen, by));
  };
  const add = (place: ButtonPlace) => {
    set(withSiblings(buttons, place, (siblings) => [...siblings, newButton]));
    setChosen(place);
  };
  const remove = (place: ButtonPlace) => {
    set(withSiblings(buttons, place, (siblings) => siblings.toSpliced(place.at(-1) ?? 0, 1)));
    setChosen(place.length === 1 ? undefined : [place[0]]);
  };
  const { diff, problem } = compared?.buttons === buttons ? compared : nothingCompared;
  const compare = async () => {
    try {
      const now = await call<MenuDiff>('menu', 'diff', menuToPublish(buttons));
      const hasChanged = diff !== undefined && JSON.stringify(now) !== JSON.stringify(diff);
      setCompared({ buttons, diff: now, ...(hasChanged ? { problem: w('liveChanged') } : {}) });
      return !hasChanged;
    } catch (error) {
      if (!(error instanceof CallError && error.code === 'invalid')) throw error;
      setCompared({ buttons, problem: messageOf(error) });
      return false;
    }
  };
  const forget = () => {
    dropDraft(DRAFT, null);
    setCompared(undefined);
    setChosen(undefined);
  };
  const publish = async () => {
    // Another operator may have published since.
    if (!(await compare())) return;
    await call('menu', 'create', menuToPublish(buttons));
    await reload();
    // What somebody has typed meanwhile stays, as the next draft.
    if (draft.value === buttons) forget();
    tell(w('published'));
  };
  return (
    <>
      {live.isOfSite && <p class="good">{w('ofSite')}</p>}
      {buttons.length === 0 && (
        <Empty title={w('none')}>
          <p>{w('noneAbout')}</p>
        </Empty>
      )}
      <div class="menu-editor">
        <Phone
          buttons={buttons}
          place={chosen}
          mayEdit={mayEdit}
          onChoose={setChosen}
          onMove={move}
          onAdd={add}
        />
        {chosen && button ? (
          <ButtonForm
            button={button}
            place={chosen}
            mayEdit={mayEdit}
            siblings={siblingsOf(buttons, chosen).length}
            onChange={(next) =>
              set(withSiblings(buttons, chosen, (all) => all.with(chosen.at(-1) ?? 0, next)))
            }
            onMove={move}
            onRemove={() => remove(chosen)}
          />
        ) : (
          <p class="muted">{w('choose')}</p>
        )}
      </div>
      <h3>{w('changes')}</h3>
      {problem !== undefined && (
        <p class="alarm" role="alert">
          {problem}
        </p>
      )}
      {diff ? (
        <Changes diff={diff} />
      ) : (
        <p class="muted">{draft.value ? `${w('compareFirst')} ${t('draftKept')}` : w('noDraft')}</p>
      )}
      <div class="actions">
        <Act onAct={compare} disabled={!draft.value && !live.isOfSite}>
          {w('compare')}
        </Act>
        <Act
          needs="edit"
          class="tool strong"
          question={w('publishQuestion')}
          disabled={!diff || diff.identical}
          onAct={publish}
        >
          {w('publish')}
        </Act>
        <Act question={w('throwAwayQuestion')} disabled={!draft.value} onAct={async () => forget()}>
          {w('throwAway')}
        </Act>
      </div>
      {live.conditional.length > 0 && <Conditional menus={live.conditional} />}
    </>
  );
}

import type { MenuDiff } from '../../../../menu/diff.ts';
import type { PublishedMenu } from '../../../../menu/publications.ts';
import { call } from '../../api.ts';
import { draftOf, dropDraft } from '../../drafts.ts';
import { Act } from '../../parts/act.tsx';
import { Empty } from '../../parts/empty.tsx';
import { tell } from '../../toast.tsx';
import { t } from '../../words.ts';
import { Compared, useComparison } from './comparison.tsx';
import { menuToPublish } from './edited-menu.ts';
import { MenuEditor } from './editor.tsx';
import type { Buttons, Live } from './live.ts';
import { w } from './words.ts';

export const DRAFT = 'menu';

/** The menu that all followers see whom no conditional one meets. */
export function DefaultMenu({
  live,
  reload,
}: {
  readonly live: Live;
  readonly reload: () => Promise<void>;
}) {
  const draft = draftOf<Buttons | null>(DRAFT, null);
  const buttons = draft.value ?? live.buttons;
  const comparison = useComparison(buttons, () =>
    call<MenuDiff>('menu', 'diff', menuToPublish(buttons)),
  );
  const { diff, compare } = comparison;
  const publish = async () => {
    // Another operator may have published since.
    if (!(await compare())) return;
    const made = await call<PublishedMenu>('menu', 'create', menuToPublish(buttons));
    await reload();
    // What somebody has typed meanwhile stays, as the next draft.
    if (draft.value === buttons) dropDraft(DRAFT, null);
    tell(w(made.version === null ? 'publishedNotKept' : 'published'));
  };
  const takeDown = async () => {
    await call('menu', 'delete');
    await reload();
    tell(w('takenDown'));
  };
  return (
    <>
      {live.isOfSite && <p class="good">{w('ofSite')}</p>}
      {buttons.length === 0 && (
        <Empty title={w('none')}>
          <p>{w('noneAbout')}</p>
        </Empty>
      )}
      <MenuEditor
        buttons={buttons}
        onChange={(next) => {
          draft.value = next;
        }}
      />
      <Compared
        comparison={comparison}
        hint={draft.value ? `${w('compareFirst')} ${t('draftKept')}` : w('noDraft')}
      />
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
        <Act
          question={w('throwAwayQuestion')}
          disabled={!draft.value}
          onAct={async () => dropDraft(DRAFT, null)}
        >
          {w('throwAway')}
        </Act>
        {live.buttons.length > 0 && !live.isOfSite && (
          <Act needs="edit" question={w('takeDownQuestion')} onAct={takeDown}>
            {w('takeDown')}
          </Act>
        )}
      </div>
    </>
  );
}

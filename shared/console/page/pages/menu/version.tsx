import { useState } from 'preact/hooks';
import type { PublishedMenu } from '../../../../menu/publications.ts';
import type { ComparedVersion } from '../../../../menu/versions.ts';
import type { GivenMenu } from '../../../../wechat/catalogue/menu.ts';
import { call } from '../../api.ts';
import { draftOf } from '../../drafts.ts';
import { Act } from '../../parts/act.tsx';
import { confirmed } from '../../parts/confirm.tsx';
import { Loader, useLoaded } from '../../parts/load.tsx';
import { go } from '../../route.ts';
import { complain, tell } from '../../toast.tsx';
import { Changes } from './changes.tsx';
import { CONDITIONAL_DRAFT, type ConditionalDraft } from './conditional-editor.tsx';
import { DRAFT } from './default-menu.tsx';
import { type ButtonPlace, editedMenu } from './edited-menu.ts';
import type { Buttons } from './live.ts';
import { Phone } from './phone.tsx';
import { w } from './words.ts';

/** A version on a phone, what its restoring would change, and the ways to bring it back. */
export function Version({
  id,
  title,
  onBack,
}: {
  readonly id: string;
  readonly title: string;
  readonly onBack: () => Promise<void>;
}) {
  const [place, setPlace] = useState<ButtonPlace>();
  const read = () => call<ComparedVersion>('menu', 'getVersion', { id });
  const loaded = useLoaded(read, [id]);
  const restore = async (seen: ComparedVersion) => {
    // Another operator may have published since.
    const now = await read();
    if (JSON.stringify(now.diff) !== JSON.stringify(seen.diff)) {
      await loaded.reload();
      complain(new Error(w('liveChanged')));
      return;
    }
    const made = await call<PublishedMenu>('menu', 'restore', { id });
    tell(w(made.version === null ? 'publishedNotKept' : 'restored'));
    await onBack();
  };
  return (
    <>
      <h3>{title}</h3>
      <Loader loaded={loaded}>
        {(version) => (
          <>
            <div class="menu-editor">
              <Phone buttons={buttonsOf(version)} place={place} onChoose={setPlace} />
              <div>
                <h4>{w('restoreChanges')}</h4>
                <Changes diff={version.diff} />
              </div>
            </div>
            <div class="actions">
              <Act
                needs="edit"
                class="tool strong"
                question={w('restoreQuestion')}
                disabled={version.diff.identical}
                onAct={() => restore(version)}
              >
                {w('restore')}
              </Act>
              <Act needs="edit" onAct={() => takeAsDraft(version)}>
                {w('asDraft')}
              </Act>
              <Act onAct={onBack}>{w('back')}</Act>
            </div>
          </>
        )}
      </Loader>
    </>
  );
}

/** Puts a version into the editor, in place of what was typed there. */
async function takeAsDraft(version: ComparedVersion): Promise<void> {
  const { matchrule } = version.menu;
  const buttons = buttonsOf(version);
  if (!matchrule) {
    const draft = draftOf<Buttons | null>(DRAFT, null);
    if (draft.value && !(await confirmed(w('replaceDraftQuestion')))) return;
    draft.value = buttons;
    go('menu', 'default');
    return;
  }
  const draft = draftOf<ConditionalDraft | null>(CONDITIONAL_DRAFT, null);
  if (draft.value && !(await confirmed(w('replaceDraftQuestion')))) return;
  const { tag_id: tag = '', client_platform_type: platform = '' } = matchrule;
  draft.value = { menuid: null, tag: String(tag), platform: String(platform), buttons };
  go('menu', 'conditional');
}

function buttonsOf({ menu }: ComparedVersion): Buttons {
  return editedMenu(menu.button as GivenMenu['button']);
}

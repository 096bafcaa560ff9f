import type { Tag } from '../../../../wechat/catalogue/tag.ts';
import { call } from '../../api.ts';
import { draftOf } from '../../drafts.ts';
import { Act } from '../../parts/act.tsx';
import { Empty } from '../../parts/empty.tsx';
import { tell } from '../../toast.tsx';
import {
  CONDITIONAL_DRAFT,
  type ConditionalDraft,
  ConditionalEditor,
} from './conditional-editor.tsx';
import { editedMenu } from './edited-menu.ts';
import type { Live, LiveConditional } from './live.ts';
import { TryMatch } from './try-match.tsx';
import { whoSees } from './who-sees.ts';
import { w } from './words.ts';

interface ConditionalMenusProps {
  readonly live: Live;
  readonly tags: readonly Tag[];
  readonly reload: () => Promise<void>;
}

/** The menus that some followers see in place of the default one: who sees which, made and changed. */
export function ConditionalMenus({ live, tags, reload }: ConditionalMenusProps) {
  const draft = draftOf<ConditionalDraft | null>(CONDITIONAL_DRAFT, null);
  if (draft.value) {
    return <ConditionalEditor draft={draft.value} live={live} tags={tags} reload={reload} />;
  }
  const edit = async (next: ConditionalDraft) => {
    draft.value = next;
  };
  const remove = async ({ menuid }: LiveConditional) => {
    await call('menu', 'deleteConditional', { menuid: String(menuid) });
    await reload();
    tell(w('deleted'));
  };
  const hasDefault = live.buttons.length > 0 && !live.isOfSite;
  return (
    <>
      {live.conditional.length === 0 ? (
        <Empty title={w('noConditional')}>
          <p>{w(hasDefault ? 'noConditionalAbout' : 'defaultFirst')}</p>
        </Empty>
      ) : (
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{w('who')}</th>
              <th scope="col">{w('seen')}</th>
              <th scope="col">{w('acts')}</th>
            </tr>
          </thead>
          <tbody>
            {live.conditional.map((menu) => (
              <ConditionalRow
                key={menu.menuid}
                menu={menu}
                who={whoSees(menu.matchrule, tags)}
                onEdit={() => edit(draftOfMenu(menu))}
                onRemove={() => remove(menu)}
              />
            ))}
          </tbody>
        </table>
      )}
      <Act
        needs="edit"
        class="tool strong"
        disabled={!hasDefault}
        onAct={() => edit({ menuid: null, tag: '', platform: '', buttons: [] })}
      >
        {w('newConditional')}
      </Act>
      <TryMatch live={live} tags={tags} />
    </>
  );
}

function ConditionalRow({
  menu: { menuid, button },
  who,
  onEdit,
  onRemove,
}: {
  readonly menu: LiveConditional;
  readonly who: string;
  readonly onEdit: () => Promise<void>;
  readonly onRemove: () => Promise<void>;
}) {
  return (
    <tr>
      <th scope="row" data-label={w('who')}>
        {who}
        <small class="muted id">{menuid}</small>
      </th>
      <td data-label={w('seen')}>{button.map(({ name }) => name).join(' · ')}</td>
      <td data-label={w('acts')} class="actions">
        <Act needs="edit" label={w('changeOf', { who })} onAct={onEdit}>
          {w('changeIt')}
        </Act>
        <Act
          needs="edit"
          label={w('removeOf', { who })}
          question={w('removeConditionalQuestion', { who })}
          onAct={onRemove}
        >
          {w('removeIt')}
        </Act>
      </td>
    </tr>
  );
}

function draftOfMenu({ menuid, matchrule, button }: LiveConditional): ConditionalDraft {
  return {
    menuid: String(menuid),
    tag: String(matchrule.tag_id ?? ''),
    platform: String(matchrule.client_platform_type ?? ''),
    buttons: editedMenu(button),
  };
}

import type { MenuDiff } from '../../../../menu/diff.ts';
import type { PublishedMenu } from '../../../../menu/publications.ts';
import type { Tag } from '../../../../wechat/catalogue/tag.ts';
import { call } from '../../api.ts';
import { draftOf, dropDraft } from '../../drafts.ts';
import { Act } from '../../parts/act.tsx';
import { tell } from '../../toast.tsx';
import { t } from '../../words.ts';
import { Compared, useComparison } from './comparison.tsx';
import { Domains } from './domains.tsx';
import { menuToPublish } from './edited-menu.ts';
import { MenuEditor } from './editor.tsx';
import type { Buttons, Live } from './live.ts';
import { RuleForm } from './rule-form.tsx';
import { whoSees } from './who-sees.ts';
import { w } from './words.ts';

export const CONDITIONAL_DRAFT = 'menu-conditional';

/** A conditional menu while it is edited. */
export interface ConditionalDraft {
  /** Of the live one that it replaces; `null` for a new one. */
  readonly menuid: string | null;
  /** The id of a tag, or ''. */
  readonly tag: string;
  /** `1` iOS, `2` Android, `3` others, or ''. */
  readonly platform: string;
  readonly buttons: Buttons;
}

/** Who sees a menu, and the menu; compared with the one that it replaces, and published. */
export function ConditionalEditor({
  draft,
  live,
  tags,
  reload,
}: {
  readonly draft: ConditionalDraft;
  readonly live: Live;
  readonly tags: readonly Tag[];
  readonly reload: () => Promise<void>;
}) {
  const kept = draftOf<ConditionalDraft | null>(CONDITIONAL_DRAFT, null);
  const { menuid, tag, platform, buttons } = draft;
  const matchrule = {
    ...(tag === '' ? {} : { tag_id: tag }),
    ...(platform === '' ? {} : { client_platform_type: platform }),
  };
  const menu = { ...menuToPublish(buttons), matchrule };
  const comparison = useComparison(draft, () =>
    call<MenuDiff>('menu', 'diff', menuid === null ? menu : { ...menu, menuid }),
  );
  const { diff, compare } = comparison;
  const before = live.conditional.find((each) => String(each.menuid) === menuid);
  const whoBefore = before && whoSees(before.matchrule, tags);
  const who = whoSees(matchrule as Parameters<typeof whoSees>[0], tags);
  const hasOtherRule = whoBefore !== undefined && whoBefore !== who;
  const set = (changes: Partial<ConditionalDraft>) => {
    kept.value = { ...draft, ...changes };
  };
  const publish = async () => {
    if (!(await compare())) return;
    const made =
      menuid === null
        ? await call<PublishedMenu>('menu', 'addConditional', menu)
        : await call<PublishedMenu>('menu', 'changeConditional', { ...menu, menuid });
    if (kept.value === draft) dropDraft(CONDITIONAL_DRAFT, null);
    await reload();
    tell(w(made.version === null ? 'publishedNotKept' : 'published'));
  };
  return (
    <>
      <h3>{menuid === null ? w('newConditional') : w('changeOf', { who: whoBefore ?? menuid })}</h3>
      {menuid !== null && !before && <p class="alarm">{w('gone')}</p>}
      <RuleForm tag={tag} platform={platform} tags={tags} onChange={set} />
      <MenuEditor buttons={buttons} onChange={(next) => set({ buttons: next })} />
      <Domains buttons={buttons} others={live.conditional.filter((each) => each !== before)} />
      <Compared comparison={comparison} hint={`${w('compareFirst')} ${t('draftKept')}`} />
      {diff && hasOtherRule && (
        <p class="good">{w('otherRule', { before: whoBefore ?? '', after: who })}</p>
      )}
      <div class="actions">
        <Act onAct={compare}>{w('compare')}</Act>
        <Act
          needs="edit"
          class="tool strong"
          question={w('publishConditionalQuestion', { who })}
          disabled={!diff || (diff.identical && !hasOtherRule)}
          onAct={publish}
        >
          {w('publish')}
        </Act>
        <Act
          question={w('throwAwayQuestion')}
          onAct={async () => dropDraft(CONDITIONAL_DRAFT, null)}
        >
          {w('throwAway')}
        </Act>
      </div>
    </>
  );
}

import type { StoredMenus } from '../../../../menu/menus.ts';
import type { GivenMatchRule } from '../../../../wechat/catalogue/menu.ts';
import type { Tag } from '../../../../wechat/catalogue/tag.ts';
import { call } from '../../api.ts';
import { Loader, useLoaded } from '../../parts/load.tsx';
import { platformWord, w } from './words.ts';

type ConditionalMenus = NonNullable<StoredMenus['conditionalmenu']>;

/** The menus that some followers see in place of the default one, and by which rule. */
export function Conditional({ menus }: { readonly menus: ConditionalMenus }) {
  const loaded = useLoaded(() => call<{ readonly tags: readonly Tag[] }>('followers', 'listTags'));
  return (
    <>
      <h3>{w('conditional')}</h3>
      <p class="muted">{w('conditionalAbout')}</p>
      <Loader loaded={loaded}>
        {({ tags }) => (
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{w('who')}</th>
                <th scope="col">{w('seen')}</th>
              </tr>
            </thead>
            <tbody>
              {menus.map(({ menuid, matchrule, button }) => (
                <tr key={menuid}>
                  <th scope="row" data-label={w('who')}>
                    {whoSees(matchrule, tags)}
                    <small class="muted id">{menuid}</small>
                  </th>
                  <td data-label={w('seen')}>{button.map(({ name }) => name).join(' · ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loader>
    </>
  );
}

/** A rule in words: a follower must meet all of it. WeChat has withdrawn what else old rules may hold. */
function whoSees(rule: GivenMatchRule, tags: readonly Tag[]): string {
  const {
    tag_id: tagId = '',
    client_platform_type: platform,
    ...rest
  } = Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== ''));
  if (Object.keys(rest).length > 0) return w('nobody', { fields: Object.keys(rest).join(', ') });
  const name = tags.find(({ id }) => String(id) === String(tagId))?.name ?? tagId;
  return [
    ...(tagId === '' ? [] : [w('tagged', { tag: name })]),
    ...(platform === undefined ? [] : [platformWord(String(platform))]),
  ].join(' + ');
}

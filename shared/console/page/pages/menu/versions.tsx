import { useState } from 'preact/hooks';
import type { MenuVersion } from '../../../../menu/versions.ts';
import type { Tag } from '../../../../wechat/catalogue/tag.ts';
import { call } from '../../api.ts';
import { dateTime } from '../../format.ts';
import { Act } from '../../parts/act.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Loader, useLoaded } from '../../parts/load.tsx';
import { Version } from './version.tsx';
import { whoSees } from './who-sees.ts';
import { w } from './words.ts';

/** The menus of the past: who published which and when; looked at, compared and brought back. */
export function Versions({
  tags,
  reload,
}: {
  readonly tags: readonly Tag[];
  readonly reload: () => Promise<void>;
}) {
  const [opened, setOpened] = useState<MenuVersion>();
  const loaded = useLoaded(() =>
    call<{ readonly versions: readonly MenuVersion[] }>('menu', 'listVersions'),
  );
  if (opened) {
    return (
      <Version
        id={opened.id}
        title={titleOf(opened, tags)}
        onBack={async () => {
          setOpened(undefined);
          await Promise.all([loaded.reload(), reload()]);
        }}
      />
    );
  }
  return (
    <Loader loaded={loaded}>
      {({ versions }) =>
        versions.length === 0 ? (
          <Empty title={w('noVersions')}>
            <p>{w('noVersionsAbout')}</p>
          </Empty>
        ) : (
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{w('when')}</th>
                <th scope="col">{w('byWhom')}</th>
                <th scope="col">{w('seenBy')}</th>
                <th scope="col">{w('seen')}</th>
                <th scope="col">{w('acts')}</th>
              </tr>
            </thead>
            <tbody>
              {versions.map((version) => (
                <tr key={version.id}>
                  <th scope="row" data-label={w('when')}>
                    {dateTime(version.at)}{' '}
                    {version.isLive && <span class="state ok">{w('isLive')}</span>}
                  </th>
                  <td data-label={w('byWhom')}>{publisherOf(version.by)}</td>
                  <td data-label={w('seenBy')}>{rightOf(version, tags)}</td>
                  <td data-label={w('seen')}>
                    {version.menu.button.map(({ name }) => name).join(' · ')}
                  </td>
                  <td data-label={w('acts')} class="actions">
                    <Act
                      label={w('lookAtOf', { version: titleOf(version, tags) })}
                      onAct={async () => setOpened(version)}
                    >
                      {w('lookAt')}
                    </Act>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )
      }
    </Loader>
  );
}

/** `operator 小李` is 小李; without a name it was an invocation. */
export function publisherOf(by: string | null): string {
  if (by === null) return w('foundLive');
  const [, name = ''] = /^operator (.*)$/.exec(by) ?? [];
  return name || w('byInvocation');
}

function rightOf({ menu: { matchrule } }: MenuVersion, tags: readonly Tag[]): string {
  return matchrule ? whoSees(matchrule, tags) : w('everybody');
}

function titleOf(version: MenuVersion, tags: readonly Tag[]): string {
  const { at, by } = version;
  return [dateTime(at), publisherOf(by), rightOf(version, tags)].join(' · ');
}

import { LookButtons } from '../../../../shared/console/page/look/look-buttons.tsx';
import { connection, sections } from './feed.ts';
import { stateName, t } from './words.ts';

/** The name of the place, how the last build went, and what the page looks like. */
export function TopBar() {
  const { account, build } = sections.value;
  const isPart = build && build.functions.length < (sections.value.functions?.length ?? 0);
  const swapped = isPart ? `${t('reloaded')} ${build.functions.join(', ')}` : t('built');
  return (
    <header class="top">
      <span class="logo" aria-hidden="true">
        服
      </span>
      <h1>fuwuhao {t('simulator')}</h1>
      {account && (
        <span class="muted wide-only">
          {account.appid} · {account.home === 'server' ? account.mode : t(account.home)}
        </span>
      )}
      <span class="grow" />
      {build && (
        <span class={`build ${build.ok ? 'ok' : 'bad'}`} role="status" data-at={build.at}>
          {build.ok ? `${swapped} ${build.ms} ms` : t('buildFailed')}
        </span>
      )}
      <span
        class={`connection ${connection.value}`}
        title={stateName(connection.value)}
        role="img"
        aria-label={stateName(connection.value)}
      />
      <LookButtons />
    </header>
  );
}

/** What the developer must not miss. */
export function Alarms() {
  const { build } = sections.value;
  return (
    <>
      {connection.value === 'lost' && (
        <p class="alarm" role="alert">
          {t('lost')}
        </p>
      )}
      {build && !build.ok && (
        <div class="alarm" role="alert">
          <strong>{t('buildFailed')}</strong>
          <pre>{build.errors}</pre>
        </div>
      )}
    </>
  );
}

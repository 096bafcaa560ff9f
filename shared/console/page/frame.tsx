import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { isAllowed } from '../role.ts';
import { call } from './api.ts';
import { components } from './components.ts';
import { dropAllDrafts } from './drafts.ts';
import { forgetPageKey } from './key.ts';
import { language } from './look/choices.ts';
import { LineIcon } from './look/line-icon.tsx';
import { LookButtons } from './look/look-buttons.tsx';
import { type PageRoute, type PageRow, pages } from './pages.ts';
import { Act } from './parts/act.tsx';
import { Confirmation } from './parts/confirm.tsx';
import { go, route } from './route.ts';
import { isSignedOut, type Me, me } from './session.ts';
import { SignInDialog } from './sign-in/dialog.tsx';
import { complain, Toasts } from './toast.tsx';
import { TopBar } from './top-bar.tsx';
import { t } from './words.ts';

/** The page of an operator who is signed in: the navigation, and what was chosen there. */
export function Frame({ operator }: { readonly operator: Me }) {
  const shown = pages.filter(({ role }) => isAllowed(operator.role, role));
  const chosen = shown.find((page) => page.route === route.value[0]) ?? shown[0];
  useEffect(() => {
    if (chosen) document.title = `${titleOf(chosen)} · ${t('console')}`;
  });
  return (
    <>
      <button type="button" class="skip" onClick={toContent}>
        {t('skip')}
      </button>
      <TopBar>
        <span class="muted wide-only">
          {operator.name} · {t(operator.role)}
        </span>
        <LookButtons />
        <Act onAct={signOut}>{t('signOut')}</Act>
      </TopBar>
      <div class="console">
        <nav class="side" aria-label={t('menu')}>
          <ul>
            {shown.map((page) => (
              <li key={page.route}>
                <a href={`#/${page.route}`} aria-current={page === chosen ? 'page' : undefined}>
                  <LineIcon path={page.icon} size={18} />
                  <span>{titleOf(page)}</span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <main id="content" tabIndex={-1} class="content">
          {chosen && <Chosen key={chosen.route} page={chosen} />}
        </main>
      </div>
      <Confirmation />
      {isSignedOut.value && <SignInDialog operator={operator} />}
      <Toasts />
    </>
  );
}

export function titleOf({ title }: PageRow): string {
  return title[language.value === 'zh' ? 0 : 1];
}

/** A button, because a link would change the address, in which the page stands. */
function toContent(): void {
  document.getElementById('content')?.focus();
}

function Chosen({ page }: { readonly page: PageRow & { readonly route: PageRoute } }) {
  const [Component, setComponent] = useState<ComponentType>();
  useEffect(() => {
    components[page.route]().then((module) => setComponent(() => module.default), complain);
  }, [page.route]);
  return (
    <>
      <h2>{titleOf(page)}</h2>
      {Component ? <Component /> : <p class="empty">{t('loading')}</p>}
    </>
  );
}

async function signOut(): Promise<void> {
  await call('self', 'signOut');
  dropAllDrafts();
  forgetPageKey();
  me.value = undefined;
  go();
}

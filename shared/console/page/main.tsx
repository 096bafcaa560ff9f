import './look/theme.css';
import 'uplot/dist/uPlot.min.css';
import './style/frame.css';
import './style/articles.css';
import './style/auto-replies.css';
import './style/broadcasts.css';
import './style/followers.css';
import './style/menu.css';
import './style/outreach.css';
import './style/overview.css';
import './style/sign-in.css';
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { CallError, call } from './api.ts';
import { dropAllDrafts } from './drafts.ts';
import { Frame } from './frame.tsx';
import { secretInLink } from './route.ts';
import { isSignedOut, type Me, me } from './session.ts';
import { Welcome } from './sign-in/welcome.tsx';
import { complain, Toasts } from './toast.tsx';
import { t } from './words.ts';

function App() {
  const [isAsked, setAsked] = useState(false);
  useEffect(() => {
    void whoAmI().finally(() => setAsked(true));
  }, []);
  if (me.value && !secretInLink()) return <Frame operator={me.value} />;
  if (!isAsked) return <p class="empty">{t('loading')}</p>;
  return (
    <>
      <Welcome
        onSignedIn={(operator) => {
          forgetAnother(operator);
          me.value = operator;
        }}
      />
      <Toasts />
    </>
  );
}

/** A link brings somebody in who may be another than the one who was signed in here. */
async function whoAmI(): Promise<void> {
  if (secretInLink()) return;
  try {
    const operator = await call<Me>('self', 'whoAmI');
    forgetAnother(operator);
    me.value = operator;
  } catch (error) {
    isSignedOut.value = false;
    if (!(error instanceof CallError && error.code === 'unauthorized')) complain(error);
  }
}

const LAST = 'fuwuhao.console.last';

/** Drafts belong to the operator who has typed them. */
function forgetAnother({ name }: Me): void {
  if (localStorage.getItem(LAST) !== name) dropAllDrafts();
  localStorage.setItem(LAST, name);
}

const root = document.getElementById('app');
if (root) render(<App />, root);

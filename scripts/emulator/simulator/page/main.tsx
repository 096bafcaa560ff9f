import '../../../../shared/console/page/look/theme.css';
import './style/base.css';
import './style/phone.css';
import './style/sheets.css';
import './style/bubbles.css';
import './style/panels.css';
import './style/way.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { listen } from './feed.ts';
import { tab } from './settings.ts';
import { panels } from './tabs.ts';

listen();
document.addEventListener('keydown', (event) => {
  const { target, key, code, altKey, ctrlKey, metaKey } = event;
  const isWriting = target instanceof HTMLElement && /INPUT|TEXTAREA|SELECT/.test(target.tagName);
  if (isWriting || ctrlKey || metaKey) return;
  if (key === '/') {
    event.preventDefault();
    tab.value = 'traffic';
    requestAnimationFrame(() => document.getElementById('traffic-search')?.focus());
  }
  // Where Alt writes other letters, the key is still the same one.
  const panel = altKey ? panels[Number(code.replace('Digit', '')) - 1] : undefined;
  if (panel) tab.value = panel;
});

const root = document.getElementById('app');
if (root) render(<App />, root);

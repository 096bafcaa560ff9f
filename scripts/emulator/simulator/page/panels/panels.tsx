import { useEffect } from 'preact/hooks';
import { sections } from '../feed.ts';
import { tab } from '../settings.ts';
import { tabs } from '../tabs.ts';
import { t } from '../words.ts';
import { activeFaults } from './active-faults.ts';
import { ClockPanel } from './clock.tsx';
import { FaultsPanel } from './faults.tsx';
import { FunctionsPanel } from './functions.tsx';
import { InvokePanel } from './invoke.tsx';
import { JobsPanel } from './jobs.tsx';
import { ModelPanel } from './model.tsx';
import { SessionsPanel } from './sessions.tsx';
import { StorePanel } from './store.tsx';
import { TokenPanel } from './token.tsx';
import { TrafficPanel } from './traffic.tsx';
import { WechatPanel } from './wechat/wechat.tsx';

const panelOf = {
  traffic: TrafficPanel,
  functions: FunctionsPanel,
  token: TokenPanel,
  store: StorePanel,
  sessions: SessionsPanel,
  jobs: JobsPanel,
  wechat: WechatPanel,
  invoke: InvokePanel,
  model: ModelPanel,
  faults: FaultsPanel,
  clock: ClockPanel,
};

/** What happens behind the phone, one view at a time. */
export function Panels() {
  const shown = tab.value === 'chat' ? 'traffic' : tab.value;
  const Panel = panelOf[shown];
  useEffect(() => {
    // On a narrow window the tabs are swiped: the open one comes into sight.
    const button = document.getElementById(`tab-${tab.value}`);
    button?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [tab.value]);
  return (
    <div class="panels">
      <div
        class="panel-tabs"
        role="tablist"
        aria-label="Panels"
        onKeyDown={({ key }) => {
          const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
          if (step === undefined) return;
          const next = (tabs.indexOf(tab.value) + step + tabs.length) % tabs.length;
          tab.value = tabs[next] ?? 'traffic';
          document.getElementById(`tab-${tab.value}`)?.focus();
        }}
      >
        {tabs.map((each) => (
          <button
            key={each}
            id={`tab-${each}`}
            type="button"
            role="tab"
            class={each === 'chat' ? 'small-only' : ''}
            aria-selected={each === tab.value}
            aria-controls="panel"
            tabIndex={each === tab.value ? 0 : -1}
            onClick={() => {
              tab.value = each;
            }}
          >
            {t(each)}
            <Badge of={each} />
          </button>
        ))}
      </div>
      <div id="panel" role="tabpanel" aria-labelledby={`tab-${tab.value}`}>
        <Panel />
      </div>
    </div>
  );
}

function Badge({ of }: { readonly of: (typeof tabs)[number] }) {
  const count = countOf(of);
  return count > 0 ? <span class="badge">{count}</span> : null;
}

/** What waits for somebody: faults that strike (one that was forgotten costs an hour), and dead jobs. */
function countOf(tab: (typeof tabs)[number]): number {
  const { faults, deadJobs = [] } = sections.value;
  if (tab === 'faults') return faults ? activeFaults(faults).length : 0;
  return tab === 'jobs' ? deadJobs.length : 0;
}

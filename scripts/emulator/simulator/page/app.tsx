import { useState } from 'preact/hooks';
import { act, ask, attempt, complaint } from './api.ts';
import { connection, phones, sections } from './feed.ts';
import { Icon } from './icons.tsx';
import { ClockPanel } from './panels/clock.tsx';
import { FaultsPanel } from './panels/faults.tsx';
import { FunctionsPanel } from './panels/functions.tsx';
import { JobsPanel } from './panels/jobs.tsx';
import { StorePanel } from './panels/store.tsx';
import { TokenPanel } from './panels/token.tsx';
import { TrafficPanel } from './panels/traffic.tsx';
import { Avatar } from './phone/avatar.tsx';
import { Phone, WindowLine } from './phone/phone.tsx';
import { language, openid, tab, tabs, theme, themes } from './settings.ts';
import { t } from './words.ts';

const panelOf = {
  traffic: TrafficPanel,
  functions: FunctionsPanel,
  token: TokenPanel,
  store: StorePanel,
  jobs: JobsPanel,
  faults: FaultsPanel,
  clock: ClockPanel,
};

/** The phone at the left, the panels at the right; on a small window one at a time. */
export function App() {
  return (
    <>
      <TopBar />
      <Alarms />
      <main data-tab={tab.value}>
        <div class="phone-side">
          <FollowerTabs />
          <Phone />
          <WindowLine />
        </div>
        <Panels />
      </main>
      {complaint.value && (
        <div class="complaint" role="alert">
          <span>{complaint.value}</span>
          <button
            type="button"
            class="plain"
            aria-label={t('close')}
            onClick={() => {
              complaint.value = '';
            }}
          >
            <Icon name="close" size={16} />
          </button>
        </div>
      )}
    </>
  );
}

function TopBar() {
  const { account, build } = sections.value;
  const isPart = build && build.functions.length < (sections.value.functions?.length ?? 0);
  const swapped = isPart ? build.functions.join(', ') : '';
  const next = themes[(themes.indexOf(theme.value) + 1) % themes.length] ?? 'auto';
  return (
    <header class="top">
      <span class="logo" aria-hidden="true">
        服
      </span>
      <h1>fuwuhao {t('simulator')}</h1>
      {account && (
        <span class="muted wide-only">
          {account.appid} · {account.mode}
        </span>
      )}
      <span class="grow" />
      {build && (
        <span class={`build ${build.ok ? 'ok' : 'bad'}`} role="status">
          {build.ok ? `${t('built')} ${swapped} ${build.ms} ms` : t('buildFailed')}
        </span>
      )}
      <span
        class={`connection ${connection.value}`}
        title={connection.value}
        role="img"
        aria-label={connection.value}
      />
      <button
        type="button"
        class="tool"
        onClick={() => {
          theme.value = next;
        }}
      >
        {t('theme')}: {t(theme.value)}
      </button>
      <button
        type="button"
        class="tool"
        onClick={() => {
          language.value = language.value === 'zh' ? 'en' : 'zh';
        }}
      >
        {t('language')}
      </button>
    </header>
  );
}

/** What the developer must not miss. */
function Alarms() {
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

function FollowerTabs() {
  const [name, setName] = useState<string | undefined>(undefined);
  const add = async (given: string) => {
    const fresh = `o${given.replaceAll(/[^\w-]/g, '') || 'Follower'}${suffixFor(given)}`;
    await attempt(() => ask('POST', '/followers', { openid: fresh, name: given }));
    choose(fresh);
  };
  return (
    <div class="followers">
      <div class="follower-tabs" role="tablist" aria-label={t('followers')}>
        {phones.value.map((phone) => (
          <button
            key={phone.openid}
            type="button"
            role="tab"
            class="follower"
            aria-selected={phone.openid === openid.value}
            title={phone.openid}
            onClick={() => choose(phone.openid)}
          >
            <Avatar name={phone.name} size={24} />
            <span>{phone.name}</span>
          </button>
        ))}
      </div>
      {name === undefined ? (
        <button
          type="button"
          class="plain"
          aria-label={t('addFollower')}
          title={t('addFollower')}
          onClick={() => setName('')}
        >
          <Icon name="plus" size={22} />
        </button>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (name) void add(name);
            setName(undefined);
          }}
        >
          <input
            ref={(input) => input?.focus()}
            value={name}
            placeholder="Bob"
            aria-label={t('addFollower')}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
            onKeyDown={({ key }) => key === 'Escape' && setName(undefined)}
          />
        </form>
      )}
    </div>
  );
}

/** A Chinese name leaves nothing that could be an openid. */
function suffixFor(name: string): string {
  const taken = phones.value.length;
  return /[\w-]/.test(name) ? '' : String(taken + 1);
}

function choose(who: string): void {
  openid.value = who;
  void act(who, 'enter');
}

function Panels() {
  const shown = tab.value === 'chat' ? 'traffic' : tab.value;
  const Panel = panelOf[shown];
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

/** How many faults wait to strike: one that was forgotten costs an hour. */
function Badge({ of }: { readonly of: (typeof tabs)[number] }) {
  const faults = sections.value.faults;
  if (of !== 'faults' || !faults) return null;
  const waiting = faults.cloudbase.filter(
    ({ fault, hits }) => hits < (fault.times ?? Number.POSITIVE_INFINITY),
  );
  const count = faults.push.length + faults.wechat.length + waiting.length;
  return count > 0 ? <span class="badge">{count}</span> : null;
}

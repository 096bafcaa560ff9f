import { complaint } from './api.ts';
import { Icon } from './icons.tsx';
import { Panels } from './panels/panels.tsx';
import { FollowerTabs } from './phone/follower-tabs.tsx';
import { Phone, WindowLine } from './phone/phone.tsx';
import { tab } from './settings.ts';
import { Alarms, TopBar } from './top-bar.tsx';
import { t } from './words.ts';

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

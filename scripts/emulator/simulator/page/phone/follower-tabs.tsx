import { useState } from 'preact/hooks';
import type { PhoneView } from '../../phones.ts';
import { phones } from '../feed.ts';
import { Icon } from '../icons.tsx';
import { openid } from '../settings.ts';
import { t } from '../words.ts';
import { Avatar } from './avatar.tsx';
import { FollowerSheet } from './follower-sheet.tsx';
import { addPhone, lastOpened, openPhone, Unread } from './followers.tsx';
import { sheet } from './overlay.tsx';

/** More tabs than these are looked through by words. */
const MAX_TABS = 8;

/** Whose phone is shown, and another one. */
export function FollowerTabs() {
  const [name, setName] = useState<string | undefined>(undefined);
  const add = async (given: string) => {
    const fresh = `o${given.replaceAll(/[^\w-]/g, '') || 'Follower'}${suffixFor(given)}`;
    await addPhone(fresh, given);
  };
  return (
    <div class="followers">
      <div class="follower-tabs" role="tablist" aria-label={t('followers')}>
        {shownPhones().map((phone) => (
          <button
            key={phone.openid}
            type="button"
            role="tab"
            class="follower"
            aria-selected={phone.openid === openid.value}
            title={phone.openid}
            onClick={() => openPhone(phone.openid)}
          >
            <Avatar name={phone.name} size={24} />
            <span>{phone.name}</span>
            <Unread openid={phone.openid} />
          </button>
        ))}
      </div>
      {phones.value.length > 1 && (
        <button
          type="button"
          class="plain find-follower"
          title={t('findFollower')}
          onClick={() => {
            sheet.value = <FollowerSheet />;
          }}
        >
          <Icon name="search" size={20} />
          <span class="unseen">{t('findFollower')}</span>
          {phones.value.length > MAX_TABS && <small>{phones.value.length}</small>}
        </button>
      )}
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

/** All, or of many the one that is open and those that were opened last, in the order of the list. */
function shownPhones(): readonly PhoneView[] {
  const all = phones.value;
  if (all.length <= MAX_TABS) return all;
  const wanted = [openid.value, ...lastOpened.value, ...all.map((phone) => phone.openid)];
  const chosen = new Set([...new Set(wanted)].slice(0, MAX_TABS));
  return all.filter((phone) => chosen.has(phone.openid));
}

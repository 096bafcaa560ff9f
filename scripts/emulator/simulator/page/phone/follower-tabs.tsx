import { useState } from 'preact/hooks';
import { act, ask, attempt } from '../api.ts';
import { phones } from '../feed.ts';
import { Icon } from '../icons.tsx';
import { openid } from '../settings.ts';
import { unreadOf } from '../unread.ts';
import { t } from '../words.ts';
import { Avatar } from './avatar.tsx';

/** Whose phone is shown, and another one. */
export function FollowerTabs() {
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
            <Unread openid={phone.openid} />
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

function Unread({ openid: who }: { readonly openid: string }) {
  const count = unreadOf(who);
  if (count === 0) return null;
  return (
    <span class="badge" role="img" aria-label={`${count} ${t('unread')}`}>
      {count}
    </span>
  );
}

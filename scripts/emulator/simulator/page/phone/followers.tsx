import { signal } from '@preact/signals';
import { act, ask, attempt } from '../api.ts';
import { openid } from '../settings.ts';
import { unreadOf } from '../unread.ts';
import { t } from '../words.ts';

/** Whose phones were opened, the latest first. */
export const lastOpened = signal<readonly string[]>([]);

/** Shows the phone of a follower, who opens the chat with that. */
export function openPhone(who: string): void {
  openid.value = who;
  lastOpened.value = [who, ...lastOpened.value.filter((each) => each !== who)];
  void act(who, 'enter');
}

export async function addPhone(who: string, name: string): Promise<void> {
  await attempt(() => ask('POST', '/followers', { openid: who, name }));
  openPhone(who);
}

export function Unread({ openid: who }: { readonly openid: string }) {
  const count = unreadOf(who);
  if (count === 0) return null;
  return (
    <span class="badge" role="img" aria-label={`${count} ${t('unread')}`}>
      {count}
    </span>
  );
}

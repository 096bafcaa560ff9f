import { effect, signal } from '@preact/signals';
import { chat } from './feed.ts';
import { openid } from './settings.ts';

/** The number of the last entry that was on the screen, by follower. */
const seen = signal<Readonly<Record<string, number>>>({});

/** What came from the account while another phone was looked at. */
export function unreadOf(who: string): number {
  const last = seen.value[who] ?? 0;
  let count = 0;
  for (const entry of chat.value.values()) {
    if (entry.openid === who && entry.from === 'account' && entry.id > last) count += 1;
  }
  return count;
}

effect(() => {
  const last = Math.max(0, ...chat.value.keys());
  const who = openid.value;
  const before = seen.peek();
  // What was there when the page was opened is not new.
  const isFirst = Object.keys(before).length === 0;
  if (last === 0) return;
  seen.value = isFirst ? everybodyUpTo(last) : { ...before, [who]: last };
});

function everybodyUpTo(last: number): Record<string, number> {
  return Object.fromEntries([...chat.value.values()].map((entry) => [entry.openid, last]));
}

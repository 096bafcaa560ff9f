import { number } from '../../format.ts';
import { w } from './words.ts';

interface Counter {
  readonly name: string;
  readonly used: number;
}

interface Budget {
  readonly pattern: string;
  readonly perDay: number;
}

/** What a client has used today: a bar for each counter, against its budget or the largest one. */
export function Usage({
  counters,
  budgets,
}: {
  readonly counters: readonly Counter[];
  readonly budgets: readonly Budget[];
}) {
  if (counters.length === 0) return <span class="muted">{w('nothingUsed')}</span>;
  const most = Math.max(...counters.map(({ used }) => used));
  return (
    <ul class="bars">
      {counters.map(({ name, used }) => {
        const perDay = budgets.find(({ pattern }) => pattern === name)?.perDay;
        const share = Math.min(1, used / Math.max(1, perDay ?? most));
        return (
          <li key={name}>
            <code>{name}</code>
            <span class="bar" aria-hidden="true">
              <span
                class={perDay !== undefined && used >= perDay ? 'full' : ''}
                style={{ width: `${share * 100}%` }}
              />
            </span>
            <span>
              {perDay === undefined
                ? number(used)
                : w('usedOf', { used: number(used), perDay: number(perDay) })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

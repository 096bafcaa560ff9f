import type { Plan } from '../../../../mass-send/plan.ts';
import { CallError, call } from '../../api.ts';
import { number } from '../../format.ts';
import { Act } from '../../parts/act.tsx';
import { type Loaded, Loader } from '../../parts/load.tsx';
import { tell } from '../../toast.tsx';
import { t } from '../../words.ts';
import { ruleName, w } from './words.ts';

const reasons = [
  ['blocked', 'blocked'],
  ['month', 'month'],
  ['day', 'day'],
  ['unknown', 'stranger'],
] as const;

/** How many get it, and who does not and why. */
export function Counts({ plan }: { readonly plan: Pick<Plan, 'receivers' | 'leftOut'> }) {
  const left = reasons.filter(([name]) => plan.leftOut[name] > 0);
  return (
    <dl class="counts">
      <div>
        <dt>{w('wouldGet')}</dt>
        <dd class="large">{number(plan.receivers)}</dd>
      </div>
      <div>
        <dt>{w('leftOut')}</dt>
        <dd>
          {left.length === 0 ? (
            w('nobodyLeftOut')
          ) : (
            <ul>
              {left.map(([name, word]) => (
                <li key={name}>
                  <b>{number(plan.leftOut[name])}</b> {w(word)}
                </li>
              ))}
            </ul>
          )}
        </dd>
      </div>
    </dl>
  );
}

/** The rule that has refused something, if it was one of ours. */
export function ruleIn(error: unknown): string | undefined {
  const rule = error instanceof CallError ? error.details.rule : undefined;
  return typeof rule === 'string' ? rule : undefined;
}

/** What was asked for, or the sync that it needs first. */
export function CountedLoader<Data>({
  loaded,
  children,
}: Parameters<typeof Loader<Data>>[0] & { readonly loaded: Loaded<Data> }) {
  if (ruleIn(loaded.error) !== 'followers not synced') {
    return <Loader loaded={loaded}>{children}</Loader>;
  }
  const sync = async () => {
    await call('followers', 'sync');
    tell(w('syncing'));
  };
  return (
    <div class="good form" role="status">
      <span class="grow">{ruleName('followers not synced')}</span>
      <Act needs="edit" onAct={sync}>
        {w('sync')}
      </Act>
      <Act onAct={loaded.reload}>{t('refresh')}</Act>
    </div>
  );
}

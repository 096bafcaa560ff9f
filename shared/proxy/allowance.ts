import { calledBy } from './access.ts';
import type { Allowance } from './bucket.ts';
import type { ProxyClient } from './clients.ts';
import { covers } from './pattern.ts';
import type { Target } from './route.ts';

/** Counted for the operator's usage figures, and never used up. */
const ALL = { name: 'calls', perDay: Number.MAX_SAFE_INTEGER };

/**
 * The allowances that a call is counted against, beside the rate: the client's own budgets, and its
 * part of the account's daily allowance for this endpoint. A budget by the very name of the endpoint
 * replaces that part, since an account with many followers has larger allowances than the catalogue knows.
 */
export function allowancesFor(
  { budgets, quotaShare }: ProxyClient,
  target: Target,
): readonly Allowance[] {
  const called = calledBy(target);
  const own = [
    ALL,
    ...budgets
      .filter(({ pattern }) => pattern === '*' || covers(pattern, called))
      .map(({ pattern, perDay }) => ({ name: pattern, perDay })),
  ];
  const { day, counter } = (target.kind === 'endpoint' && target.endpoint.quota) || {};
  if (day === undefined || own.some(({ name }) => name === called.name)) return own;
  return [
    ...own,
    { name: `quota ${counter ?? called.name}`, perDay: Math.floor(day * quotaShare) },
  ];
}

import { type Check, type Finding, failure } from './check.ts';
import { callbackChecks } from './checks/callback.ts';
import { configurationChecks } from './checks/configuration.ts';
import { functionChecks } from './checks/functions.ts';
import { homeChecks } from './checks/home.ts';
import { postgresChecks } from './checks/postgres.ts';
import { storeChecks } from './checks/store.ts';
import type { Deployment } from './deployment.ts';

export const checks: readonly Check[] = [
  ...configurationChecks,
  ...homeChecks,
  ...postgresChecks,
  ...storeChecks,
  ...callbackChecks,
  ...functionChecks,
];

export interface Diagnosis extends Finding {
  readonly name: string;
}

/** Runs every check, also after one that failed. Never throws. */
export async function examine(
  deployment: Deployment,
  onFinding: (diagnosis: Diagnosis) => void,
): Promise<readonly Diagnosis[]> {
  const all: Diagnosis[] = [];
  for (const check of checks) {
    if (check.isFor?.(deployment) === false) continue;
    const diagnosis = { name: check.name, ...(await findingOf(check, deployment)) };
    all.push(diagnosis);
    onFinding(diagnosis);
  }
  return all;
}

/** Our own errors say themselves what to do. */
async function findingOf(check: Check, deployment: Deployment): Promise<Finding> {
  try {
    return await check.run(deployment);
  } catch (error) {
    const [why = '', ...more] = (error as Error).message.split('\n');
    return failure(why, more.join(' ').replace(/^- /, '') || 'See above.');
  }
}

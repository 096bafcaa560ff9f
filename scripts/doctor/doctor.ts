import { type Check, type Finding, failure } from './check.ts';
import { callbackChecks } from './checks/callback.ts';
import { configurationChecks } from './checks/configuration.ts';
import { storeChecks } from './checks/store.ts';
import { wechatChecks } from './checks/wechat.ts';
import type { DoctorWorld } from './world.ts';

export const checks: readonly Check[] = [
  ...configurationChecks,
  ...storeChecks,
  ...callbackChecks,
  ...wechatChecks,
];

export interface Diagnosis extends Finding {
  readonly name: string;
}

/** Runs every check, whatever the others find. Never throws. */
export async function examine(
  world: DoctorWorld,
  onFinding: (diagnosis: Diagnosis) => void,
): Promise<readonly Diagnosis[]> {
  const all: Diagnosis[] = [];
  for (const check of checks) {
    const diagnosis = { name: check.name, ...(await findingOf(check, world)) };
    all.push(diagnosis);
    onFinding(diagnosis);
  }
  return all;
}

/** Errors of ours say what to do by themselves. */
async function findingOf(check: Check, world: DoctorWorld): Promise<Finding> {
  try {
    return await check.run(world);
  } catch (error) {
    const [why = '', ...more] = (error as Error).message.split('\n');
    return failure(why, more.join(' ').replace(/^- /, '') || 'See above.');
  }
}

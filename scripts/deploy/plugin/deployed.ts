import { isMissing, unlessMissing } from '../../cloud/api.ts';
import type { CloudResponse } from '../../cloud/models/index.ts';
import type { Cloud } from './cloud.ts';
import { patiently } from './patience.ts';
import type { FunctionId } from './triggers.ts';

/** A function as it is in the cloud. */
export type Deployed = CloudResponse<'scf', 'GetFunction'>;

const NAMESPACE = 'default';

/** The function as it is; undefined if there is none. */
export function find(cloud: Pick<Cloud, 'scf'>, name: string): Promise<Deployed | undefined> {
  return unlessMissing(cloud.scf('GetFunction', { ...idOf(name), ShowCode: 'FALSE' }));
}

/** @returns whether there was one. */
export async function removeFunction(cloud: Cloud, name: string): Promise<boolean> {
  try {
    await patiently(() => cloud.scf('DeleteFunction', idOf(name)));
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

export function idOf(name: string): FunctionId {
  return { FunctionName: name, Namespace: NAMESPACE };
}

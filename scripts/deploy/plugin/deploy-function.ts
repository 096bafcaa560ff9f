import { CloudApiError } from '../../cloud/api.ts';
import type { CloudResponse } from '../../cloud/models/index.ts';
import type { Cloud } from './cloud.ts';
import type { FunctionPlan } from './plan.ts';
import { type FunctionId, reconcileTriggers } from './triggers.ts';

/** A function as it is in the cloud. */
export type Deployed = CloudResponse<'scf', 'GetFunction'>;

export interface Deployment {
  /** In the cloud: `fuwuhao-prod-callback`. */
  readonly name: string;
  readonly plan: FunctionPlan;
  /** The key of its zip in the bucket. */
  readonly code: string;
  readonly tags: Readonly<Record<string, string>>;
}

const NAMESPACE = 'default';
/** Between two looks whether a change is through; a change takes a second or more. */
const POLL_MS = 250;
const POLLS = 480;

/**
 * Makes the function what the plan says: creates it or changes it in place, so that its address
 * stays. It may fail at any step; doing it again goes on from there.
 *
 * @returns what was done, in a few words for the user.
 * @throws CloudApiError; Error if the function cannot become what the plan says.
 */
export async function deployFunction(cloud: Cloud, deployment: Deployment): Promise<string> {
  const { name, plan, code } = deployment;
  const id = { FunctionName: name, Namespace: NAMESPACE };
  const before = await usable(cloud, name);
  const source = { CosBucketName: cloud.bucket, CosObjectName: `/${code}` };
  const settings = { ...plan.settings, ...environmentOf(plan) };
  if (before === undefined) {
    if (plan.variables === undefined) {
      throw new Error('It is not there any more, nor are its variables: deploy it instead.');
    }
    await cloud.scf('CreateFunction', {
      ...id,
      ...settings,
      Type: 'Event',
      Runtime: plan.runtime,
      Handler: plan.handler,
      Code: { ...source, CosBucketRegion: cloud.region },
      Tags: Object.entries(deployment.tags).map(([Key, Value]) => ({ Key, Value })),
    });
  } else {
    if (before.Runtime !== plan.runtime) {
      throw new Error(
        `It runs on ${before.Runtime} and SCF cannot change that to ${plan.runtime}: remove the function first, which also ends its address, or keep the runtime.`,
      );
    }
    await cloud.scf('UpdateFunctionCode', { ...id, ...source, Handler: plan.handler });
    await untilActive(cloud, name);
    await cloud.scf('UpdateFunctionConfiguration', { ...id, ...settings });
  }
  const now = await untilActive(cloud, name);
  await cloud.scf('UpdateFunctionEventInvokeConfig', {
    ...id,
    AsyncTriggerConfig: plan.asyncTriggerConfig,
  });
  await reserve(cloud, id, plan.reservedMem);
  const changes = await reconcileTriggers(cloud, id, now.Triggers ?? [], plan.triggers);
  return [before ? 'updated' : 'created', ...changes].join(', ');
}

/** The function as it is; undefined if there is none. */
export async function find(cloud: Cloud, name: string): Promise<Deployed | undefined> {
  try {
    return await cloud.scf('GetFunction', {
      FunctionName: name,
      Namespace: NAMESPACE,
      ShowCode: 'FALSE',
    });
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** @returns whether there was one. */
export async function removeFunction(cloud: Cloud, name: string): Promise<boolean> {
  try {
    await cloud.scf('DeleteFunction', { FunctionName: name, Namespace: NAMESPACE });
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof CloudApiError && /^ResourceNotFound/.test(error.code);
}

/** What an earlier deploy left half made cannot be updated; nothing is lost with it. */
async function usable(cloud: Cloud, name: string): Promise<Deployed | undefined> {
  const found = await find(cloud, name);
  if (found?.Status !== 'CreateFailed') return found && untilActive(cloud, name);
  await removeFunction(cloud, name);
  return undefined;
}

async function untilActive(cloud: Cloud, name: string): Promise<Deployed> {
  for (let poll = 0; poll < POLLS; poll += 1) {
    const found = await find(cloud, name);
    // An update that failed leaves the code of before running, and may be tried again.
    if (found?.Status === 'Active' || found?.Status === 'UpdateFailed') return found;
    if (!found || !/^(Creating|Updating|Publishing)$/.test(found.Status ?? '')) {
      throw new Error(`SCF says ${found?.Status ?? 'that it is gone'}. ${found?.StatusDesc ?? ''}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error('SCF has not made it active for two minutes.');
}

function environmentOf({ variables }: FunctionPlan) {
  if (variables === undefined) return {};
  const Variables = Object.entries(variables).map(([Key, Value]) => ({ Key, Value }));
  return { Environment: { Variables } };
}

async function reserve(cloud: Cloud, id: FunctionId, wanted: number): Promise<void> {
  const { ReservedMem } = await cloud.scf('GetReservedConcurrencyConfig', id);
  if ((ReservedMem ?? 0) === wanted) return;
  if (wanted === 0) await cloud.scf('DeleteReservedConcurrencyConfig', id);
  else await cloud.scf('PutReservedConcurrencyConfig', { ...id, ReservedConcurrencyMem: wanted });
}

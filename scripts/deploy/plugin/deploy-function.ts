import { CloudApiError } from '../../cloud/api.ts';
import type { Cloud } from './cloud.ts';
import { digestOf, markIn, withMark } from './code-mark.ts';
import { type Deployed, find, idOf, removeFunction } from './deployed.ts';
import { hasCode, hasOtherSettings } from './differences.ts';
import { patiently } from './patience.ts';
import type { FunctionPlan } from './plan.ts';
import { type FunctionId, planTriggers, reconcileTriggers } from './triggers.ts';

export interface Deployment {
  /** In the cloud: `fuwuhao-prod-callback`. */
  readonly name: string;
  readonly plan: FunctionPlan;
  readonly zip: Buffer;
  readonly tags: Readonly<Record<string, string>>;
  /** Sends the code even where it runs already. */
  readonly isForced?: boolean;
}

/** Between two looks whether a change is through; a change takes a second or more. */
const POLL_MS = 250;
const POLLS = 480;
/** What the cloud takes in a request; more goes through COS. */
const LARGEST_DIRECT = 20e6;

/**
 * Makes the function what the plan says: creates it or changes it in place, so that its address
 * stays, and changes nothing of what is so already. It may fail at any step; doing it again goes on
 * from there.
 *
 * @returns what was done, in a few words for the user.
 * @throws CloudApiError; Error if the function cannot become what the plan says.
 */
export async function deployFunction(cloud: Cloud, deployment: Deployment): Promise<string> {
  const { name, plan } = deployment;
  const id = idOf(name);
  const before = await usable(cloud, name);
  const done = before
    ? await update(cloud, deployment, before)
    : await create(cloud, deployment).then(() => ['created']);
  const now = done.length > 0 ? await untilActive(cloud, name) : (before as Deployed);
  if (await setInvocation(cloud, id, plan)) done.push('retries changed');
  if (await reserve(cloud, id, plan.reservedMem)) done.push('concurrency changed');
  done.push(...(await reconcileTriggers(cloud, id, now.Triggers ?? [], plan.triggers)));
  return done.length === 0 ? 'unchanged' : done.join(', ');
}

/** Whether a deploy would leave the function as it is. Reads only. */
export async function isDeployed(cloud: Cloud, deployment: Deployment): Promise<boolean> {
  const { name, plan, zip, isForced } = deployment;
  const found = await find(cloud, name);
  if (!found || isForced || found.Status !== 'Active') return false;
  const digest = digestOf(zip);
  if (!hasCode(found, digest) || found.Runtime !== plan.runtime) return false;
  if (hasOtherSettings(found, plan, withMark(plan.settings.Description ?? '', digest)))
    return false;
  const { create, change, remove } = planTriggers(found.Triggers ?? [], plan.triggers);
  if (create.length + change.length + remove.length > 0) return false;
  const id = idOf(name);
  const [isInvoked, isReserved] = await Promise.all([
    hasInvocation(cloud, id, plan),
    hasReserved(cloud, id, plan.reservedMem),
  ]);
  return isInvoked && isReserved;
}

async function create(cloud: Cloud, { name, plan, zip, tags }: Deployment): Promise<void> {
  if (plan.variables === undefined) {
    throw new Error('It is not there any more, nor are its variables: deploy it instead.');
  }
  const request = {
    ...idOf(name),
    ...plan.settings,
    ...environmentOf(plan),
    Description: withMark(plan.settings.Description ?? '', digestOf(zip)),
    Type: plan.type,
    Runtime: plan.runtime,
    Handler: plan.handler,
    Code: await sourceOf(cloud, name, zip),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
  await patiently(() => cloud.scf('CreateFunction', request));
}

/** @returns what was changed. */
async function update(
  cloud: Cloud,
  { name, plan, zip, isForced }: Deployment,
  before: Deployed,
): Promise<string[]> {
  const { Type: type = 'Event' } = before;
  if (type !== plan.type) {
    throw new Error(
      `It is of the type ${type} and SCF cannot change that to ${plan.type}: deploy another stage with the new type and move its address, or remove the function first, which ends the address.`,
    );
  }
  if (before.Runtime !== plan.runtime) {
    throw new Error(
      `It runs on ${before.Runtime} and SCF cannot change that to ${plan.runtime}. Keep it by SCF_RUNTIME=${before.Runtime} in .env; docs/deploy.md, "Another runtime", says how an account moves without losing a message.`,
    );
  }
  const id = idOf(name);
  const digest = digestOf(zip);
  const description = withMark(plan.settings.Description ?? '', digest);
  const done: string[] = [];
  if (isForced || !hasCode(before, digest)) {
    if (markIn(before.Description)) {
      const Description = plan.settings.Description ?? '';
      await patiently(() => cloud.scf('UpdateFunctionConfiguration', { ...id, Description }));
      await untilActive(cloud, name);
    }
    const source = await sourceOf(cloud, name, zip);
    await patiently(() =>
      cloud.scf('UpdateFunctionCode', { ...id, ...source, Handler: plan.handler }),
    );
    await untilActive(cloud, name);
    done.push('code updated');
  }
  // The mark of the code is no setting of the user's.
  const ownDescription = withMark(
    plan.settings.Description ?? '',
    markIn(before.Description) ?? digest,
  );
  const isOther = hasOtherSettings(before, plan, ownDescription);
  if (done.length > 0 || isOther) {
    const settings = { ...plan.settings, ...environmentOf(plan), Description: description };
    await patiently(() => cloud.scf('UpdateFunctionConfiguration', { ...id, ...settings }));
  }
  if (isOther) done.push('settings updated');
  return done;
}

/** Where the cloud finds the code: in the request itself, as long as it takes that. */
async function sourceOf(cloud: Cloud, name: string, zip: Buffer) {
  if (zip.length < LARGEST_DIRECT) return { ZipFile: zip.toString('base64') };
  const key = `${name}/${digestOf(zip)}.zip`;
  await cloud.put(key, zip);
  return {
    CosBucketName: cloud.bucket,
    CosObjectName: `/${key}`,
    CosBucketRegion: cloud.region,
  };
}

/** What an earlier deploy left half made cannot be updated; nothing is lost with it. */
async function usable(cloud: Cloud, name: string): Promise<Deployed | undefined> {
  const found = await find(cloud, name);
  if (!found) return undefined;
  // An update that failed leaves the code of before running, and may be tried again.
  if (found.Status === 'UpdateFailed') return found;
  if (found.Status !== 'CreateFailed') return untilActive(cloud, name);
  await removeFunction(cloud, name);
  return undefined;
}

async function untilActive(cloud: Cloud, name: string): Promise<Deployed> {
  for (let poll = 0; poll < POLLS; poll += 1) {
    const found = await find(cloud, name);
    if (found?.Status === 'Active') return found;
    if (!found) throw new Error('SCF says that it is gone.');
    if (!/^(Creating|Updating|Publishing)$/.test(found.Status ?? '')) throw failed(found);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error('SCF has not made it active for two minutes.');
}

/** `CreateFailed` and the like, with the reasons that the cloud gives. */
function failed({ Status, StatusDesc, StatusReasons }: Deployed): Error {
  const reasons = (StatusReasons ?? []).map(
    ({ ErrorCode, ErrorMessage }) => `${ErrorCode}: ${ErrorMessage}`,
  );
  const [code = ''] = (StatusReasons ?? []).map(({ ErrorCode }) => ErrorCode);
  const why = reasons.length > 0 ? reasons.join('; ') : StatusDesc || 'SCF gives no reason.';
  return new CloudApiError(`SCF says ${Status}. The change`, code, why);
}

function environmentOf({ variables }: FunctionPlan) {
  if (variables === undefined) return {};
  const Variables = Object.entries(variables).map(([Key, Value]) => ({ Key, Value }));
  return { Environment: { Variables } };
}

async function hasInvocation(cloud: Cloud, id: FunctionId, plan: FunctionPlan): Promise<boolean> {
  const { AsyncTriggerConfig: found } = await cloud.scf('GetFunctionEventInvokeConfig', id);
  const { RetryConfig, MsgTTL } = plan.asyncTriggerConfig;
  return (
    found?.MsgTTL === MsgTTL && found.RetryConfig?.[0]?.RetryNum === RetryConfig?.[0]?.RetryNum
  );
}

async function setInvocation(cloud: Cloud, id: FunctionId, plan: FunctionPlan): Promise<boolean> {
  if (await hasInvocation(cloud, id, plan)) return false;
  const AsyncTriggerConfig = plan.asyncTriggerConfig;
  await patiently(() =>
    cloud.scf('UpdateFunctionEventInvokeConfig', { ...id, AsyncTriggerConfig }),
  );
  return true;
}

async function hasReserved(cloud: Cloud, id: FunctionId, wanted: number): Promise<boolean> {
  const { ReservedMem } = await cloud.scf('GetReservedConcurrencyConfig', id);
  return (ReservedMem ?? 0) === wanted;
}

async function reserve(cloud: Cloud, id: FunctionId, wanted: number): Promise<boolean> {
  if (await hasReserved(cloud, id, wanted)) return false;
  if (wanted === 0) await patiently(() => cloud.scf('DeleteReservedConcurrencyConfig', id));
  else {
    const request = { ...id, ReservedConcurrencyMem: wanted };
    await patiently(() => cloud.scf('PutReservedConcurrencyConfig', request));
  }
  return true;
}

import type { Trigger } from '../deploy/plugin/triggers.ts';
import { type CloudApi, unlessMissing } from './api.ts';
import { outcomeOf } from './invocation.ts';
import type { CloudResponse } from './models/index.ts';

/** A stage does not have the function, neither on SCF nor in CloudBase. */
export class NotDeployedError extends Error {
  override readonly name = 'NotDeployedError';
}

/** Where a function is deployed, and what comes with it. */
export interface DeployedFunction {
  readonly FunctionName: string;
  readonly Namespace: string;
  readonly triggers: readonly Trigger[];
  /** The topic of CLS that the platform writes its lines to. */
  readonly topicId: string | undefined;
}

export interface DeployedPlace {
  /** Of serverless.yml. */
  readonly service: string;
  readonly stage: string;
  /** The CloudBase environment in which it may be deployed instead of SCF. */
  readonly envId: string | undefined;
}

/** The function as it is on SCF, or else in the CloudBase environment. @throws Error if in neither */
export async function findDeployed(
  api: CloudApi,
  name: string,
  { service, stage, envId }: DeployedPlace,
): Promise<DeployedFunction> {
  for (const [FunctionName, Namespace] of [
    [`${service}-${stage}-${name}`, 'default'],
    [name, envId],
  ] as const) {
    if (!Namespace) continue;
    const found = await functionAt(api, { FunctionName, Namespace });
    if (!found) continue;
    const { Triggers, ClsTopicId } = found;
    return { FunctionName, Namespace, triggers: Triggers ?? [], topicId: ClsTopicId || undefined };
  }
  throw new NotDeployedError(
    `${name} is deployed neither as ${service}-${stage}-${name} on SCF nor in ${envId || 'an environment'} on CloudBase: npm run deploy -- --stage ${stage}.`,
  );
}

/** The function as it is, without its code; undefined if there is none. */
export function functionAt(
  api: CloudApi,
  place: Pick<DeployedFunction, 'FunctionName' | 'Namespace'>,
): Promise<CloudResponse<'scf', 'GetFunction'> | undefined> {
  return unlessMissing(api('scf', 'GetFunction', { ...place, ShowCode: 'FALSE' }));
}

/**
 * Invokes a deployed function, and gives its answer.
 *
 * @throws Error with the message of the function if it failed
 */
export async function invokeDeployed(
  api: CloudApi,
  { FunctionName, Namespace }: Pick<DeployedFunction, 'FunctionName' | 'Namespace'>,
  event: object,
): Promise<unknown> {
  const { Result } = await api('scf', 'Invoke', {
    FunctionName,
    Namespace,
    ClientContext: JSON.stringify(event),
  });
  const outcome = outcomeOf(Result);
  if (!outcome.ok) throw new Error(`${FunctionName} failed: ${outcome.message}`);
  try {
    return JSON.parse(outcome.text || 'null');
  } catch {
    throw new Error(`${FunctionName} answered something that is no JSON: its log says more.`);
  }
}

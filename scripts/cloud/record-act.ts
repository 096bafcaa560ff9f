import type { DeployRequest } from '../../shared/app/audit-requests.ts';
import { isRecord } from '../../shared/kernel/record.ts';
import { type CloudApi, isMissing } from './api.ts';
import { type DeployedFunction, invokeDeployed, NotDeployedError } from './deployed-function.ts';

/** What a command has changed in the cloud. */
export type DeployAct = Omit<DeployRequest, 'deployer'>;

/** The worker of a stage: it alone can write the trail, with its AppSecret. */
export interface TrailWriter {
  readonly api: CloudApi;
  readonly worker: Pick<DeployedFunction, 'FunctionName' | 'Namespace'>;
}

/**
 * Runs what changes the cloud, in steps that it names, and writes into the audit trail what was done; or at
 * which step it failed, since some of it may be done then. Before the first step nothing is.
 */
export async function recordedWork(
  act: DeployAct,
  record: (act: DeployAct) => Promise<void>,
  work: (begin: (step: string) => void) => Promise<void>,
): Promise<void> {
  let failedAt: string | undefined;
  try {
    await work((step) => {
      failedAt = step;
    });
  } catch (error) {
    if (failedAt !== undefined) await record({ ...act, failedAt });
    throw error;
  }
  await record(act);
}

/**
 * Writes into the audit trail what a command did, and under whose number (UIN) in CAM; keys stay where
 * they are. The change has happened by then, so that a failure here is a warning and no error.
 */
export async function recordAct(
  act: DeployAct,
  findWriter: () => Promise<TrailWriter>,
  warn: (line: string) => void,
): Promise<void> {
  try {
    const { api, worker } = await findWriter();
    const { Uin } = await api('cam', 'GetUserAppId', {});
    if (!Uin) throw new Error('CAM does not say whose keys these are.');
    const payload: DeployRequest = { ...act, deployer: Uin };
    const answer = await invokeDeployed(api, worker, { action: 'auditDeploy', payload });
    if (isRecord(answer) && answer.ok === true) return;
    const { error } = Object(answer) as { readonly error?: { readonly message?: unknown } };
    throw new Error(`${worker.FunctionName} refused it: ${String(error?.message)}`);
  } catch (error) {
    // Before the first deploy there is no trail either.
    if (error instanceof NotDeployedError || isMissing(error)) return;
    warn(
      `WARNING: this ${act.command} is not in the audit trail: ${(error as Error).message} Note it yourself; Tencent's CloudAudit has the calls.`,
    );
  }
}

import * as v from 'valibot';
import type { Act } from '../kernel/app.ts';
import { digits, filled, object, wholeNumber } from '../wechat/rules.ts';

export const auditRequests = {
  list: v.optional(object({ limit: v.optional(wholeNumber(1, 1_000), 50) }), {}),
  /** The number and hash of an entry as a line `audited` of the log has them. */
  verify: v.optional(object({ number: wholeNumber(1, 1e12), hash: filled() })),
  /** What a command of the deploy tools has done, and under which number (UIN) in CAM. */
  deploy: object({
    command: v.picklist(
      ['deploy', 'deploy:tcb', 'deploy:wechat', 'rollback', 'remove', 'provision'],
      'is no command that changes the cloud',
    ),
    deployer: v.pipe(digits(), v.maxLength(20, 'is too long for a UIN')),
    /** The release, or what was made. */
    subject: v.optional(
      v.pipe(
        filled(),
        v.regex(/^[\w.,: -]{1,64}$/, 'must be a short name, such as that of a release'),
      ),
    ),
    /** The step at which it failed, half done. */
    failedAt: v.optional(
      v.pipe(filled(), v.regex(/^[\w ]{1,32}$/, 'must be the short name of a step')),
    ),
  }),
};
export type DeployRequest = v.InferOutput<typeof auditRequests.deploy>;

/** The entry of a deploy. The tools say who it was: whoever may invoke the worker could name another. */
export function deployAct({ command, deployer, subject, failedAt }: DeployRequest): Act {
  const act = { actor: `deployer ${deployer}`, action: command, requestId: undefined };
  if (failedAt === undefined) return { ...act, subject, outcome: 'ok' };
  const failed = `failed at ${failedAt}`;
  return { ...act, subject: subject ? `${subject}, ${failed}` : failed, outcome: 'internal' };
}

import { CloudApiError } from '../../../cloud/api.ts';
import { accountChecks } from './account-checks.ts';
import {
  type Check,
  type Finding,
  isForbidden,
  isHopeless,
  isOtherRegion,
  type Subject,
} from './check.ts';
import { environmentChecks } from './environment-checks.ts';
import { functionChecks } from './function-checks.ts';

/** For a deploy on SCF and for one into a CloudBase environment, each with what applies to it. */
const all: readonly Check[] = [...accountChecks, ...environmentChecks, ...functionChecks];

/**
 * Looks whether a deploy can succeed before anything is bundled or sent.
 *
 * @returns what it looked at, and what is worth knowing.
 * @throws Error with everything that is wrong, in one list
 */
export async function preflight(subject: Subject): Promise<readonly string[]> {
  const found = await Promise.all(all.map((check) => runCheck(check, subject)));
  const problems = found.flatMap((each) => (each && 'problem' in each ? [each.problem] : []));
  if (problems.length > 0) {
    const list = [...new Set(problems)].map((problem) => `- ${problem}`).join('\n');
    throw new Error(`The deploy would fail. Nothing was changed.\n${list}`);
  }
  const names = all.map(({ name }) => name).join(', ');
  const notes = found.flatMap((each) => (each && 'note' in each ? [each.note] : []));
  return [`Looked at before: ${names}.`, ...new Set(notes)];
}

async function runCheck(check: Check, subject: Subject): Promise<Finding> {
  try {
    return await check.run(subject);
  } catch (error) {
    if (!(error instanceof CloudApiError) || isHopeless(error)) throw error;
    // The check of the region says so, and where to correct it.
    if (isOtherRegion(error)) return undefined;
    if (isForbidden(error)) {
      return { note: `${check.name}: not looked at, because these keys lack ${check.needs}.` };
    }
    return { problem: `${check.name}: ${error.message}` };
  }
}

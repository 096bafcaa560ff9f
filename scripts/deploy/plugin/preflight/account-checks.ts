import { CloudApiError } from '../../../cloud/api.ts';
import { type Check, isOtherRegion, type Subject } from './check.ts';

/** What is true of the account, whatever is deployed. */
export const accountChecks: readonly Check[] = [
  {
    name: 'region and quota',
    needs: 'scf:GetAccount',
    async run(subject) {
      const { api, region, functions, namespace, deployedName, temporary } = subject;
      try {
        const { AccountUsage, AccountLimit } = await api('scf', 'GetAccount', {});
        const isOurs = ({ Namespace }: { readonly Namespace?: string }) => Namespace === namespace;
        const limit = AccountLimit?.Namespace?.find(isOurs)?.FunctionsCount;
        const present = AccountUsage?.Namespace?.find(isOurs);
        if (limit === undefined || present?.FunctionsCount === undefined) return undefined;
        const wanted = [...functions.map(({ name }) => deployedName(name)), ...temporary];
        const missing = wanted.filter((name) => !present.Functions?.includes(name)).length;
        const free = limit - present.FunctionsCount;
        if (missing <= free) return undefined;
        return {
          problem: `SCF allows ${limit} functions in ${placeName(subject)}, ${present.FunctionsCount} are there, and this deploy makes ${missing} more${temporary.length > 0 ? ' for a time' : ''}: ${deletionHint(subject)}, or ask Tencent for a higher quota there; then run this again.`,
        };
      } catch (error) {
        if (!isOtherRegion(error)) throw error;
        return {
          problem: `SCF has no region ${region}: set TENCENTCLOUD_REGION in .env to that of your CloudBase environment (https://tcb.cloud.tencent.com shows it beside the name), such as ap-shanghai; then run this again.`,
        };
      }
    },
  },
  {
    name: 'log service',
    needs: 'cls:GetClsService',
    async run(subject) {
      const { api } = subject;
      const { Status } = await api('cls', 'GetClsService', {});
      // 1: nobody has opened it.
      if (Status !== 1) return undefined;
      if (subject.place === 'cloudbase') {
        // An environment has a log of its own; whether that suffices is not documented.
        return {
          note: `The log service CLS is not open. Should functions end in CreateFailed, open it first: ${setup(subject)}, or 开通 at https://console.cloud.tencent.com/cls.`,
        };
      }
      return {
        problem: `The log service CLS is not open, and without it SCF makes no function: ${setup(subject)} opens it, or click on 开通 at https://console.cloud.tencent.com/cls; then run this again.`,
      };
    },
  },
  {
    name: 'role',
    needs: 'cam:GetRole',
    async run(subject) {
      const roles = new Set(subject.functions.flatMap(({ plan }) => plan.settings.Role || []));
      for (const role of roles) {
        const problem = await roleProblem(subject, role);
        if (problem) return { problem };
      }
      return undefined;
    },
  },
];

async function roleProblem(subject: Subject, role: string): Promise<string | undefined> {
  try {
    const { RoleInfo } = await subject.api('cam', 'GetRole', { RoleName: role });
    if (decoded(RoleInfo?.PolicyDocument ?? '').includes('scf.qcloud.com')) return undefined;
    return `SCF may not take the role ${role}: ${setup(subject)} -- --replace lets it, or add scf.qcloud.com under 角色载体 of the role at https://console.cloud.tencent.com/cam/role; then run this again.`;
  } catch (error) {
    if (!(error instanceof CloudApiError) || !/NotExist|NotFound/.test(error.code)) throw error;
    return `There is no role ${role}, which the functions are to have: ${setup(subject)} makes ${subject.service}-${subject.stage} (then SCF_ROLE=${subject.service}-${subject.stage} in .env), or make it at https://console.cloud.tencent.com/cam/role with SCF as its 角色载体; then run this again.`;
  }
}

function placeName({ place, region, namespace }: Subject): string {
  return place === 'scf' ? region : `the environment ${namespace}`;
}

function deletionHint({ place, namespace }: Subject): string {
  return place === 'scf'
    ? 'delete some at https://console.cloud.tencent.com/scf (or `npm run serverless -- remove` of a stage that is no longer used)'
    : `delete some at https://tcb.cloud.tencent.com/dev?envId=${namespace}#/scf (or by \`npm run tcb -- fn delete NAME\`)`;
}

function setup({ stage }: Subject): string {
  return `\`npm run setup -- --stage ${stage}\``;
}

/** CAM gives some documents with their special characters encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

import { CloudApiError } from '../../../cloud/api.ts';
import { functionAt } from '../../../cloud/deployed-function.ts';
import type { Deployed } from '../deployed.ts';
import { type Check, isForbidden, isHopeless, type Place, type Subject } from './check.ts';

/** SCF's limit of all names and values of a function together. */
const VARIABLES_BYTES = 4096;

const sizeCheck: Check = {
  name: 'size of the variables',
  needs: 'nothing',
  async run({ functions }) {
    const large = functions
      .map(({ name, plan }) => ({ name, bytes: bytesOf(plan.variables ?? {}) }))
      .filter(({ bytes }) => bytes > VARIABLES_BYTES);
    if (large.length === 0) return undefined;
    const list = large.map(({ name, bytes }) => `${name} (${bytes} bytes)`).join(', ');
    return {
      problem: `SCF takes 4096 bytes of variables for a function, and there are more for ${list}: shorten the long ones in .env, such as lists of clients, certificates or texts; then run this again.`,
    };
  },
};

/** What is to be deployed, and whether these keys may. */
export const functionChecks: readonly Check[] = [
  {
    name: 'permissions',
    needs: 'scf:GetFunction',
    async run(subject) {
      const denied = await Promise.all(
        probes
          .filter(({ place = subject.place }) => place === subject.place)
          .map(({ action, call }) => isDenied(call(subject), action)),
      );
      const names = denied.flatMap((name) => name ?? []);
      if (names.length === 0) return undefined;
      return {
        problem: `These keys may not do ${names.join(', ')}: \`npm run setup -- --stage ${subject.stage}\` with the owner's keys makes a sub-account that may, or add them to the policy at https://console.cloud.tencent.com/cam/policy (docs/deploy.md has it); then run this again.`,
      };
    },
  },
  {
    name: 'account',
    needs: 'scf:GetFunction',
    async run(subject) {
      const { place, functions, service, stage, replacesAccount } = subject;
      if (replacesAccount) return undefined;
      const found = await Promise.all(
        functions.map(async ({ name, plan }) => {
          const is = accountOf((await there(subject, name))?.Environment?.Variables);
          const wanted = plan.variables?.WECHAT_APPID;
          return is && wanted && is !== wanted ? [{ name, is, wanted }] : [];
        }),
      );
      const [first, ...others] = found.flat();
      if (!first) return undefined;
      const who =
        others.length > 0 ? `${first.name} and ${others.length} more are` : `${first.name} is`;
      const where = place === 'scf' ? `as ${service}-${stage}` : 'in this environment';
      const other =
        place === 'scf'
          ? 'another name in serverless.yml (service: …) or another --stage'
          : 'an environment of its own (CLOUDBASE_ENV_ID)';
      return {
        problem: `${who} deployed ${where} for the account ${first.is}, and would be replaced by one for ${first.wanted}: give this one ${other}; or if it is to take the other's place, add --replace-account; then run this again.`,
      };
    },
  },
  {
    name: 'runtime',
    needs: 'scf:GetFunction',
    async run(subject) {
      const { place, functions } = subject;
      const found = await Promise.all(
        functions.map(async ({ name, plan }) => {
          const runtime = (await there(subject, name))?.Runtime;
          return runtime && runtime !== plan.runtime ? [{ name, runtime, plan }] : [];
        }),
      );
      const [first, ...others] = found.flat();
      if (!first) return undefined;
      const who =
        others.length > 0 ? `${first.name} and ${others.length} more run` : `${first.name} runs`;
      const other = place === 'scf' ? 'another stage' : 'another environment';
      return {
        problem: `${who} on ${first.runtime}, and SCF cannot change that to ${first.plan.runtime}: keep it by SCF_RUNTIME=${first.runtime} in .env, or move to ${other} (docs/deploy.md, "Another runtime"); then run this again.`,
      };
    },
  },
  {
    name: 'variables',
    needs: 'nothing',
    async run({ checkVariables }) {
      try {
        await checkVariables();
        return undefined;
      } catch (error) {
        return { problem: (error as Error).message };
      }
    },
  },
  sizeCheck,
];

interface Probe {
  /** As CAM calls it. */
  readonly action: string;
  /** Where a deploy needs it; default: everywhere. */
  readonly place?: Place;
  readonly call: (subject: Subject) => Promise<unknown>;
}

/**
 * Calls that only read, or that are about a function that does not exist: whoever may make them is told
 * so, and nothing changes.
 */
const probes: readonly Probe[] = [
  {
    action: 'scf:GetFunction',
    call: (subject) => subject.api('scf', 'GetFunction', absent(subject)),
  },
  {
    action: 'scf:DeleteFunction',
    place: 'scf',
    call: (subject) => subject.api('scf', 'DeleteFunction', absent(subject)),
  },
  {
    action: 'scf:UpdateFunctionConfiguration',
    call: (subject) =>
      subject.api('scf', 'UpdateFunctionConfiguration', { ...absent(subject), Timeout: 3 }),
  },
  {
    action: 'scf:DeleteTrigger',
    call: (subject) =>
      subject.api('scf', 'DeleteTrigger', {
        ...absent(subject),
        TriggerName: 'none',
        Type: 'timer',
      }),
  },
  {
    action: 'scf:GetReservedConcurrencyConfig',
    place: 'scf',
    call: (subject) => subject.api('scf', 'GetReservedConcurrencyConfig', absent(subject)),
  },
  {
    action: 'scf:GetFunctionEventInvokeConfig',
    place: 'scf',
    call: (subject) => subject.api('scf', 'GetFunctionEventInvokeConfig', absent(subject)),
  },
  {
    action: 'scf:ListFunctions',
    place: 'scf',
    call: ({ api }) => api('scf', 'ListFunctions', { Limit: 1 }),
  },
  {
    action: 'tcb:DescribeHTTPServiceRoute',
    place: 'cloudbase',
    call: ({ api, namespace }) =>
      api('tcb', 'DescribeHTTPServiceRoute', { EnvId: namespace, Limit: 1 }),
  },
];

function absent({ deployedName, namespace }: Subject) {
  return { FunctionName: deployedName('not-there'), Namespace: namespace };
}

/** A function that is there already. */
function there(
  { api, deployedName, namespace }: Subject,
  name: string,
): Promise<Deployed | undefined> {
  return functionAt(api, { FunctionName: deployedName(name), Namespace: namespace });
}

type Variables = NonNullable<Deployed['Environment']>['Variables'];

/** The account for which a function is deployed. */
function accountOf(variables: Variables | undefined): string | undefined {
  return variables?.find(({ Key }) => Key === 'WECHAT_APPID')?.Value ?? undefined;
}

/** Its name if CAM refuses the call. What else it is refused for is no matter of permissions. */
async function isDenied(call: Promise<unknown>, action: string): Promise<string | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (!(error instanceof CloudApiError) || isHopeless(error)) throw error;
    return isForbidden(error) ? action : undefined;
  }
}

function bytesOf(variables: Readonly<Record<string, string>>): number {
  return Object.entries(variables).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value),
    0,
  );
}

import { driverFrom } from '../../../build/sdk-bundle.ts';
import { checkVariables } from '../check-variables.ts';
import { LOCK } from '../lock.ts';
import { planFunction } from '../plan.ts';
import type { Service } from '../service.ts';
import type { Subject } from './check.ts';

/** What the preflight of a deploy on SCF looks at: these functions of serverless.yml. */
export function subjectOf(
  { root, name: service, prefix, stage, region, provider, functions }: Service,
  {
    names,
    apiIn,
    replacesAccount,
  }: Pick<Subject, 'apiIn' | 'replacesAccount'> & { readonly names: readonly string[] },
): Subject {
  const chosen = names.map((name) => {
    const config = functions[name] ?? { handler: '' };
    return { name, plan: planFunction(config, provider) };
  });
  const variables = Object.assign({}, ...chosen.map(({ plan }) => plan.variables));
  const usesDocuments = driverFrom(process.env) !== 'postgres';
  const deployedName = (name: string) => `${prefix}-${name}`;
  return {
    api: apiIn(region),
    apiIn,
    region,
    service,
    stage,
    place: 'scf',
    namespace: 'default',
    deployedName,
    temporary: [deployedName(LOCK)],
    envId: usesDocuments ? variables.CLOUDBASE_ENV_ID : undefined,
    replacesAccount,
    usesDocuments,
    functions: chosen,
    checkVariables: () =>
      checkVariables(
        root,
        names.map((name) => {
          const { variables = {} } = functions[name]?.environment ?? {};
          return { name, variables };
        }),
      ),
  };
}

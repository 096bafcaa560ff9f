import { appCollections, collections } from '../../shared/app/collections.ts';
import { fieldTypeOf } from '../../shared/store/field-type.ts';
import { findFunctions } from '../build/functions.ts';
import type { CloudApi } from '../cloud/api.ts';
import { ownRoot } from '../project/root.ts';
import { type OpenOptions, openEnvironment } from './environment.ts';
import { findFunctionRule } from './function-rule.ts';
import { type ProvisionOptions, provision, type Step } from './provision.ts';

export interface ProvisionDocuments
  extends Pick<ProvisionOptions, 'check' | 'replace' | 'onStep'>,
    OpenOptions {}

/** Creates, or compares, what the functions need in the documents of an environment. */
export async function provisionDocuments(
  api: CloudApi,
  envId: string,
  options: ProvisionDocuments,
): Promise<readonly Step[]> {
  const { database, isOfMiniProgram } = await openEnvironment(api, envId, options);
  const functions = findFunctions(ownRoot).map(({ name }) => name);
  return provision({
    ...options,
    database,
    collections,
    lists: listFields(),
    rule: await findFunctionRule(api, envId, { functions, isOfMiniProgram }),
  });
}

/** `followers.openids`: the fields that hold a list, which not every database can index. */
function listFields(): ReadonlySet<string> {
  return new Set(
    appCollections.flatMap(({ name, schema }) =>
      Object.entries(schema.entries)
        .filter(([, entry]) => fieldTypeOf(entry) === 'list')
        .map(([field]) => `${name}.${field}`),
    ),
  );
}

import type { Cloud } from './cloud.ts';
import { LOCK } from './lock.ts';
import type { Service } from './service.ts';

const PAGE = 100;

/** What is deployed of a service and stage, and is no longer in its serverless.yml. */
export async function findLeftovers(cloud: Cloud, service: Service): Promise<readonly string[]> {
  const { prefix, functions } = service;
  const wanted = new Set([...Object.keys(functions), LOCK].map((name) => `${prefix}-${name}`));
  return (await listDeployed(cloud, service)).filter((name) => !wanted.has(name));
}

/** The names of all functions with the tags of this service and stage: `dev` is not `dev-eu`. */
async function listDeployed(cloud: Cloud, { tags, prefix }: Service): Promise<readonly string[]> {
  const found: string[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const { Functions = [], TotalCount = 0 } = await cloud.scf('ListFunctions', {
      Namespace: 'default',
      Offset: offset,
      Limit: PAGE,
    });
    for (const { FunctionName = '', Tags } of Functions ?? []) {
      const has = new Map((Tags ?? []).map(({ Key, Value }) => [Key, Value]));
      const isOurs = Object.entries(tags).every(([key, value]) => has.get(key) === value);
      if (isOurs && FunctionName.startsWith(`${prefix}-`)) found.push(FunctionName);
    }
    if (offset + PAGE >= TotalCount) return found;
  }
}

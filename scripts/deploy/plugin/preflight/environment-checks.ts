import { hasPgDocuments } from '../../../provision/pg-documents.ts';
import type { Check, Subject } from './check.ts';

/** Where CloudBase is; an environment may have been made in another one than the functions. */
const REGIONS = ['ap-shanghai', 'ap-guangzhou', 'ap-beijing', 'ap-singapore'] as const;

/** The environment that holds the documents. */
export const environmentChecks: readonly Check[] = [
  {
    name: 'environment',
    needs: 'tcb:DescribeEnvs',
    async run(subject) {
      const { api, envId, region, usesDocuments } = subject;
      if (!envId) return undefined;
      const { EnvList } = await api('tcb', 'DescribeEnvs', { EnvId: envId });
      const found = EnvList?.find((each) => each.EnvId === envId);
      if (!found || (found.Region && found.Region !== region)) {
        const other = found?.Region ?? (await regionOf(subject, envId));
        if (other) {
          return {
            problem: `The environment ${envId} is in ${other} and the functions would be in ${region}, where they do not reach it: set TENCENTCLOUD_REGION=${other} in .env; then run this again.`,
          };
        }
        return {
          problem: `There is no environment ${envId} for these keys: make one at https://tcb.cloud.tencent.com (docs/environments.md), or correct CLOUDBASE_ENV_ID in .env; then run this again.`,
        };
      }
      if (found.Status && found.Status !== 'NORMAL') {
        return {
          problem: `The environment ${envId} is ${found.Status}: https://tcb.cloud.tencent.com says why (it is being made, or its package has ended); then run this again.`,
        };
      }
      if (!usesDocuments || found.Databases?.length || found.PostgreSQL?.length) return undefined;
      return {
        problem: `The environment ${envId} has no database: add PostgreSQL to it at https://tcb.cloud.tencent.com (数据库), run \`npm run provision -- --enable-documents\`, and then this again.`,
      };
    },
  },
  {
    name: 'documents',
    needs: 'tcb:ExecutePGSql',
    async run({ api, envId, usesDocuments }) {
      if (!envId || !usesDocuments) return undefined;
      const { EnvList } = await api('tcb', 'DescribeEnvs', { EnvId: envId });
      const found = EnvList?.find((each) => each.EnvId === envId);
      if (found?.Databases?.length || !found?.PostgreSQL?.length) return undefined;
      if (await hasPgDocuments(api, envId)) return undefined;
      return {
        problem: `The functions are built for documents of CloudBase, and those of ${envId} (pg_doc) are off: \`npm run provision -- --enable-documents\` switches them on and makes the collections, as does 数据库 → 文档型 at https://tcb.cloud.tencent.com/dev?envId=${envId}; or set STORE_DRIVER=postgres in .env, and the functions keep all of it in PostgreSQL itself (docs/environments.md compares the two). Then run this again.`,
      };
    },
  },
];

/** Where the environment is instead; undefined if that cannot be found out. */
async function regionOf({ apiIn, region }: Subject, envId: string): Promise<string | undefined> {
  for (const other of REGIONS.filter((each) => each !== region)) {
    const { EnvList } = await apiIn(other)('tcb', 'DescribeEnvs', { EnvId: envId });
    const found = EnvList?.find((each) => each.EnvId === envId);
    if (found) return found.Region || other;
  }
  return undefined;
}

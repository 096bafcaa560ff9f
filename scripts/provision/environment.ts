import { type CloudApi, CloudApiError } from '../cloud/api.ts';
import { type EnvironmentDatabase, openTables } from './database.ts';
import { hasPgDocuments, openPgDocuments } from './pg-documents.ts';

const POLL_MS = 2_000;
const POLLS = 60;

export interface OpenOptions {
  /** Whether pg_doc may be switched on where an environment has PostgreSQL without documents. */
  readonly enableDocuments: boolean;
  /** Creates a collection by the API of documents. */
  readonly createCollection: (name: string) => Promise<void>;
  readonly tell?: (line: string) => void;
  /** Default: real time. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

export interface OpenedEnvironment {
  readonly database: EnvironmentDatabase;
  /** Whether it was made in WeChat's developer tools, for a mini-program. */
  readonly isOfMiniProgram: boolean;
}

/**
 * Opens the documents of an environment: its document database if it was made before 2026-10-30, else
 * the plugin pg_doc of its PostgreSQL.
 *
 * @throws CloudApiError if there is no such environment; Error if it has no documents, with what to do.
 */
export async function openEnvironment(
  api: CloudApi,
  envId: string,
  { enableDocuments, createCollection, tell = () => {}, pause = realPause }: OpenOptions,
): Promise<OpenedEnvironment> {
  const { EnvList } = await api('tcb', 'DescribeEnvs', { EnvId: envId });
  const [environment] = EnvList ?? [];
  if (!environment) {
    throw new CloudApiError('DescribeEnvs', 'EnvNotFound', `There is no environment ${envId}.`);
  }
  const isOfMiniProgram = environment.Source === 'miniapp';
  const instance = environment.Databases?.[0]?.InstanceId;
  if (instance) return { database: openTables(api, envId, instance), isOfMiniProgram };
  if (!environment.PostgreSQL?.length) {
    throw new Error(
      `The environment ${envId} has no database. Add PostgreSQL in its console (https://tcb.cloud.tencent.com, 数据库), then run this again. docs/environments.md compares what there is.`,
    );
  }
  if (!(await hasPgDocuments(api, envId))) {
    if (!enableDocuments) {
      throw new Error(
        `The environment ${envId} has PostgreSQL, and its documents (pg_doc) are off. Either switch them on: npm run provision -- --enable-documents, or in the console under 数据库 → 文档型. Or let the functions use PostgreSQL itself: STORE_DRIVER=postgres. docs/environments.md says which to choose.`,
      );
    }
    tell('Switching on documents (pg_doc) …');
    await api('tcb', 'EnablePGDocumentExt', { EnvId: envId });
    for (let poll = 0; !(await hasPgDocuments(api, envId)); poll += 1) {
      if (poll === POLLS) {
        throw new Error('pg_doc was not ready after two minutes; run this again in a while.');
      }
      await pause(POLL_MS);
    }
  }
  return { database: openPgDocuments(api, envId, createCollection), isOfMiniProgram };
}

const realPause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

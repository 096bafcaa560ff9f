import type { CloudApi } from '../cloud/api.ts';
import { CloudApiError } from '../cloud/api.ts';

/** An index as it is in the environment. */
export interface FoundIndex {
  readonly name: string;
  /** `key:asc,at:desc` */
  readonly fields: string;
  readonly unique: boolean;
  /** Undefined if documents do not expire by this index. */
  readonly expireAfterSeconds: number | undefined;
}

/** An index to create: unique, or one by which documents expire, or neither. */
export interface WantedIndex {
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly direction: 'asc' | 'desc' }[];
  readonly unique: boolean;
  readonly expireAfterSeconds?: number;
}

/** The database and the access rules of one CloudBase environment, by the cloud API. */
export interface EnvironmentDatabase {
  /** Undefined if there is no such collection. */
  indexes(collection: string): Promise<readonly FoundIndex[] | undefined>;
  create(collection: string): Promise<void>;
  createIndex(collection: string, index: WantedIndex): Promise<void>;
  access(collection: string): Promise<string>;
  setAccess(collection: string, access: string): Promise<void>;
  /** The rule for calls of clients; an empty text if there is none. */
  functionRule(): Promise<string>;
  setFunctionRule(rule: string): Promise<void>;
}

/** @throws CloudApiError if there is no such environment. */
export async function openDatabase(api: CloudApi, envId: string): Promise<EnvironmentDatabase> {
  const { EnvList } = await api('tcb', 'DescribeEnvs', { EnvId: envId });
  const instance = EnvList?.[0]?.Databases?.[0]?.InstanceId;
  if (instance === undefined) {
    throw new CloudApiError('DescribeEnvs', 'EnvNotFound', `There is no database of ${envId}.`);
  }
  const place = {
    EnvId: envId,
    MongoConnector: { InstanceId: 'flexdb', DatabaseName: instance },
  };

  return {
    async indexes(collection) {
      try {
        const { Indexes } = await api('tcb', 'DescribeTable', { ...place, TableName: collection });
        const expiry = await expiries(collection);
        return (Indexes ?? []).map(({ Name, Unique, Keys }) => ({
          name: Name ?? '',
          fields: fieldsText(
            (Keys ?? []).map(({ Name: name = '', Direction }) => ({
              name,
              direction: String(Direction) === '1' ? 'asc' : 'desc',
            })),
          ),
          unique: Unique === true || String(Unique) === 'true',
          expireAfterSeconds: expiry.get(Name ?? ''),
        }));
      } catch (error) {
        if (error instanceof CloudApiError && /^ResourceNotFound/.test(error.code))
          return undefined;
        throw error;
      }
    },
    async create(collection) {
      await api('tcb', 'CreateTable', { ...place, TableName: collection });
    },
    async createIndex(collection, { name, fields, unique, expireAfterSeconds }) {
      if (expireAfterSeconds !== undefined) {
        const key = Object.fromEntries(
          fields.map((field) => [field.name, field.direction === 'asc' ? 1 : -1]),
        );
        const indexes = [{ name, key, expireAfterSeconds }];
        await run(collection, { createIndexes: collection, indexes });
        return;
      }
      const MgoIndexKeys = fields.map((field) => ({
        Name: field.name,
        Direction: field.direction === 'asc' ? '1' : '-1',
      }));
      await api('tcb', 'UpdateTable', {
        ...place,
        TableName: collection,
        CreateIndexes: [{ IndexName: name, MgoKeySchema: { MgoIndexKeys, MgoIsUnique: unique } }],
      });
    },
    async access(collection) {
      const parameters = { EnvId: envId, CollectionName: collection };
      const { AclTag } = await api('tcb', 'DescribeDatabaseACL', parameters);
      return AclTag ?? '';
    },
    async setAccess(collection, access) {
      await api('tcb', 'ModifyDatabaseACL', {
        EnvId: envId,
        CollectionName: collection,
        AclTag: access,
      });
    },
    async functionRule() {
      const { Data } = await api('tcb', 'DescribeResourcePermission', {
        EnvId: envId,
        ResourceType: 'function',
      });
      return Data?.PermissionList?.[0]?.SecurityRule ?? '';
    },
    async setFunctionRule(rule) {
      await api('tcb', 'ModifyResourcePermission', {
        EnvId: envId,
        ResourceType: 'function',
        Permission: 'CUSTOM',
        SecurityRule: rule,
      });
    },
  };

  /** The API of tables cannot set an expiry, but MongoDB's own command can. */
  async function expiries(collection: string): Promise<ReadonlyMap<string, number>> {
    const rows = (await run(collection, { listIndexes: collection })) as readonly ListedIndex[];
    return new Map(
      rows.flatMap(({ name, expireAfterSeconds: expiry }): [string, number][] =>
        expiry === undefined ? [] : [[name, numberOf(expiry)]],
      ),
    );
  }

  async function run(collection: string, command: object): Promise<readonly unknown[]> {
    const { Data } = await api('tcb', 'RunCommands', {
      ...place,
      MgoCommands: [
        { TableName: collection, CommandType: 'COMMAND', Command: JSON.stringify(command) },
      ],
    });
    return rowsOf(JSON.parse(Data?.[0] ?? '[]'));
  }
}

/** The fields of an index as one text, by which indexes are compared. */
export function fieldsText(fields: WantedIndex['fields']): string {
  return fields.map(({ name, direction }) => `${name}:${direction}`).join(',');
}

interface ListedIndex {
  readonly name: string;
  readonly expireAfterSeconds?: unknown;
}

/** Reads rows, which come as objects or as text, in a list or under MongoDB's cursor. */
function rowsOf(data: unknown): readonly unknown[] {
  if (Array.isArray(data)) {
    return data.map((row: unknown) => (typeof row === 'string' ? JSON.parse(row) : row));
  }
  const { cursor } = data as { readonly cursor?: { readonly firstBatch?: readonly unknown[] } };
  return cursor?.firstBatch ?? [];
}

/** Reads a number, plain or in MongoDB's extended JSON. */
function numberOf(value: unknown): number {
  return Number(typeof value === 'object' && value !== null ? Object.values(value)[0] : value);
}

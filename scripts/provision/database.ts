import { type CloudApi, isMissing } from '../cloud/api.ts';
import { isNotOffered, NotOffered } from './refusal.ts';

/** An index as it is in the environment. */
export interface FoundIndex {
  readonly name: string;
  /** `key:asc,at:desc`. Undefined, like `unique`, where only the name can be seen. */
  readonly fields: string | undefined;
  readonly unique: boolean | undefined;
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

/** The documents of one CloudBase environment and who may use them, by the cloud API. */
export interface EnvironmentDatabase {
  readonly kind: 'document database' | 'pg_doc';
  /** Undefined if there is no such collection. */
  indexes(collection: string): Promise<readonly FoundIndex[] | undefined>;
  create(collection: string): Promise<void>;
  /** Why such an index cannot be made here; undefined if it may be tried. Changes nothing. */
  cannotIndex(collection: string, index: WantedIndex, isList: boolean): Promise<string | undefined>;
  /** @throws NotOffered if the environment does not have such indexes after all. */
  createIndex(collection: string, index: WantedIndex): Promise<void>;
  /** @throws NotOffered if access cannot be seen or set here. */
  access(collection: string): Promise<string>;
  setAccess(collection: string, access: string): Promise<void>;
}

/** What the API of tables needs to know beside the name of a collection. */
export interface TablePlace {
  readonly EnvId: string;
  /** The document database; PostgreSQL environments have none. */
  readonly MongoConnector?: { readonly InstanceId: string; readonly DatabaseName: string };
}

/** The document database of an environment that was made before 2026-10-30. */
export function openTables(api: CloudApi, envId: string, instance: string): EnvironmentDatabase {
  const MongoConnector = { InstanceId: 'flexdb', DatabaseName: instance };
  const place = { EnvId: envId, MongoConnector };

  return {
    kind: 'document database',
    async indexes(collection) {
      const found = await describeTable(api, place, collection);
      if (!found?.length) return found;
      const expiry = await expiries(collection);
      return found.map((index) => ({ ...index, expireAfterSeconds: expiry.get(index.name) }));
    },
    async create(collection) {
      await api('tcb', 'CreateTable', { ...place, TableName: collection });
    },
    cannotIndex: () => Promise.resolve(undefined),
    async createIndex(collection, index) {
      const { name, fields, expireAfterSeconds } = index;
      if (expireAfterSeconds !== undefined) {
        const key = Object.fromEntries(
          fields.map((field) => [field.name, field.direction === 'asc' ? 1 : -1]),
        );
        const indexes = [{ name, key, expireAfterSeconds }];
        try {
          await run(collection, { createIndexes: collection, indexes });
          return;
        } catch (error) {
          // Some regions take no commands. The worker removes what has expired, by a plain index.
          if (!isNotOffered(error)) throw error;
        }
      }
      await createIndexByTable(api, place, collection, index);
    },
    ...access(api, envId),
  };

  /** The API of tables does not tell of an expiry, but MongoDB's own command does. */
  async function expiries(collection: string): Promise<ReadonlyMap<string, number>> {
    try {
      const rows = (await run(collection, { listIndexes: collection })) as readonly ListedIndex[];
      return new Map(
        rows.flatMap(({ name, expireAfterSeconds: expiry }): [string, number][] =>
          expiry === undefined ? [] : [[name, numberOf(expiry)]],
        ),
      );
    } catch (error) {
      if (isNotOffered(error)) return new Map();
      throw error;
    }
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

/** The indexes of a collection without their expiry; undefined if there is no such collection. */
export async function describeTable(
  api: CloudApi,
  place: TablePlace,
  collection: string,
): Promise<readonly FoundIndex[] | undefined> {
  try {
    const { Indexes } = await api('tcb', 'DescribeTable', { ...place, TableName: collection });
    return (Indexes ?? []).map(({ Name, Unique, Keys }) => ({
      name: Name ?? '',
      fields: fieldsText(
        (Keys ?? []).map(({ Name: name = '', Direction }) => ({
          name,
          direction: String(Direction) === '1' ? 'asc' : 'desc',
        })),
      ),
      unique: Unique === true || String(Unique) === 'true',
      expireAfterSeconds: undefined,
    }));
  } catch (error) {
    if (isMissing(error) && !isNotOffered(error)) return undefined;
    throw error;
  }
}

/** Creates an index without an expiry. */
export async function createIndexByTable(
  api: CloudApi,
  place: TablePlace,
  collection: string,
  { name, fields, unique }: WantedIndex,
): Promise<void> {
  const MgoIndexKeys = fields.map((field) => ({
    Name: field.name,
    Direction: field.direction === 'asc' ? '1' : '-1',
  }));
  await api('tcb', 'UpdateTable', {
    ...place,
    TableName: collection,
    CreateIndexes: [{ IndexName: name, MgoKeySchema: { MgoIndexKeys, MgoIsUnique: unique } }],
  });
}

/** Who may use a collection besides servers with keys. */
export function access(
  api: CloudApi,
  envId: string,
): Pick<EnvironmentDatabase, 'access' | 'setAccess'> {
  return {
    async access(collection) {
      const parameters = { EnvId: envId, CollectionName: collection };
      const { AclTag } = await offered(() => api('tcb', 'DescribeDatabaseACL', parameters));
      return AclTag ?? '';
    },
    async setAccess(collection, tag) {
      const parameters = { EnvId: envId, CollectionName: collection, AclTag: tag };
      await offered(() => api('tcb', 'ModifyDatabaseACL', parameters));
    },
  };
}

async function offered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (isNotOffered(error)) throw new NotOffered(error.message);
    throw error;
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

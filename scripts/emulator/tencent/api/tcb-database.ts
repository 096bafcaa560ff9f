import * as v from 'valibot';
import type { Cloud } from '../cloud/cloud.ts';
import { CloudError } from '../cloud/error.ts';
import { action } from './action.ts';
import { tableStatement } from './tcb-postgres.ts';

const table = {
  EnvId: v.string(),
  /** Where the documents lie. PostgreSQL environments have no such place. */
  MongoConnector: v.exactOptional(
    v.strictObject({ InstanceId: v.string(), DatabaseName: v.string() }),
  ),
  TableName: v.string(),
};
const permissions = ['READONLY', 'PRIVATE', 'ADMINWRITE', 'ADMINONLY'] as const;
/** https://cloud.tencent.com/document/product/876/129012 */
const COMMAND_REGIONS: readonly string[] = ['ap-beijing', 'ap-guangzhou', 'ap-shanghai'];

const index = v.strictObject({
  IndexName: v.string(),
  MgoKeySchema: v.strictObject({
    MgoIndexKeys: v.array(v.strictObject({ Name: v.string(), Direction: v.picklist(['1', '-1']) })),
    MgoIsUnique: v.boolean(),
    MgoIsSparse: v.exactOptional(v.boolean()),
  }),
});

/** Collections, which this API calls tables, and who may use what. */
export const databaseActions = {
  CreateTable: action(table, async (cloud, { EnvId, MongoConnector, TableName }) => {
    const { kind, sql } = placeOf(cloud, EnvId, MongoConnector);
    if (collection(cloud, EnvId, TableName)) {
      throw new CloudError('ResourceInUse', `${TableName} exists.`);
    }
    cloud.environments.database.createCollection(EnvId, { name: TableName, rule: 'PRIVATE' });
    if (kind === 'pg_doc') await sql?.(tableStatement(TableName));
    return {};
  }),
  DescribeTable: action(table, (cloud, { EnvId, MongoConnector, TableName }) => {
    placeOf(cloud, EnvId, MongoConnector);
    const found = collection(cloud, EnvId, TableName);
    if (!found) throw new CloudError('ResourceNotFound', `There is no ${TableName}.`);
    const Indexes = found.indexes.map(({ name, fields, unique }) => ({
      Name: name,
      Unique: unique ?? false,
      Keys: fields.map((field) => ({
        Name: field.name,
        Direction: field.direction === 'asc' ? '1' : '-1',
      })),
    }));
    return { Indexes, IndexNum: Indexes.length };
  }),
  UpdateTable: action(
    { ...table, CreateIndexes: v.exactOptional(v.array(index)) },
    (cloud, { EnvId, MongoConnector, TableName, CreateIndexes = [] }) => {
      placeOf(cloud, EnvId, MongoConnector);
      for (const { IndexName, MgoKeySchema } of CreateIndexes) {
        const { MgoIndexKeys, MgoIsUnique } = MgoKeySchema;
        cloud.environments.database.createIndex(EnvId, TableName, {
          name: IndexName,
          fields: MgoIndexKeys.map(({ Name, Direction }) => ({
            name: Name,
            direction: Direction === '1' ? 'asc' : 'desc',
          })),
          unique: MgoIsUnique,
        });
      }
      return {};
    },
  ),
  /** MongoDB's own commands; the only way to an index that lets documents expire. */
  RunCommands: action(
    {
      EnvId: v.string(),
      MongoConnector: table.MongoConnector,
      MgoCommands: v.array(
        v.strictObject({
          TableName: v.string(),
          CommandType: v.literal('COMMAND'),
          Command: v.string(),
        }),
      ),
    },
    (cloud, { EnvId, MongoConnector, MgoCommands }, { region }) => {
      const { kind } = placeOf(cloud, EnvId, MongoConnector);
      if (kind !== 'documents') throw unsupported('Commands of MongoDB');
      if (!COMMAND_REGIONS.includes(region)) throw unsupported(`RunCommands in ${region}`);
      return {
        Data: MgoCommands.map(({ Command }) => runCommand(cloud, EnvId, JSON.parse(Command))),
      };
    },
  ),
  DescribeDatabaseACL: action(
    { EnvId: v.string(), CollectionName: v.string() },
    (cloud, { EnvId, CollectionName }) => {
      aclOf(cloud, EnvId);
      const found = collection(cloud, EnvId, CollectionName);
      if (!found) throw new CloudError('ResourceNotFound', `There is no ${CollectionName}.`);
      return { AclTag: found.rule };
    },
  ),
  ModifyDatabaseACL: action(
    { EnvId: v.string(), CollectionName: v.string(), AclTag: v.picklist(permissions) },
    (cloud, { EnvId, CollectionName, AclTag }) => {
      aclOf(cloud, EnvId);
      cloud.environments.database.setRule(EnvId, CollectionName, AclTag);
      return {};
    },
  ),
};

/** @throws CloudError where the API of tables does not reach the documents. */
function placeOf(cloud: Cloud, envId: string, connector: object | undefined) {
  const environment = cloud.environments.get(envId);
  const { kind, hasTableApi } = environment;
  if (kind === 'documents') {
    if (connector) return environment;
    throw new CloudError('InvalidParameter.MongoConnector', 'Name the database.');
  }
  if (kind === 'pg_doc' && hasTableApi && !connector) return environment;
  throw new CloudError('ResourceNotFound.InstanceNotFound', 'There is no document database.');
}

function aclOf(cloud: Cloud, envId: string): void {
  const { kind, hasTableApi } = cloud.environments.get(envId);
  if (kind !== 'documents' && !hasTableApi) throw unsupported('Access of collections');
}

function unsupported(what: string): CloudError {
  return new CloudError('UnsupportedOperation', `${what}: not supported here.`);
}

function collection(cloud: Cloud, envId: string, wanted: string) {
  cloud.environments.get(envId);
  return cloud.environments.database.collections(envId).find(({ name }) => name === wanted);
}

const command = v.union([
  v.strictObject({ listIndexes: v.string() }),
  v.strictObject({
    createIndexes: v.string(),
    indexes: v.array(
      v.strictObject({
        name: v.string(),
        key: v.record(v.string(), v.picklist([1, -1])),
        expireAfterSeconds: v.number(),
      }),
    ),
  }),
]);

/** The answer is JSON of JSON: a list of rows, each of them text. */
function runCommand(cloud: Cloud, envId: string, input: unknown): string {
  const wanted = v.parse(command, input);
  if ('createIndexes' in wanted) {
    for (const { name, key, expireAfterSeconds } of wanted.indexes) {
      const fields = Object.entries(key).map(([field, direction]) => ({
        name: field,
        direction: direction === 1 ? ('asc' as const) : ('desc' as const),
      }));
      cloud.environments.database.createIndex(envId, wanted.createIndexes, {
        name,
        fields,
        unique: false,
        expireAfterSeconds,
      });
    }
    return JSON.stringify([JSON.stringify({ ok: { $numberDouble: '1.0' } })]);
  }
  const indexes = collection(cloud, envId, wanted.listIndexes)?.indexes ?? [];
  return JSON.stringify(
    indexes.map(({ name, expireAfterSeconds }) =>
      JSON.stringify({
        name,
        ...(expireAfterSeconds === undefined
          ? {}
          : { expireAfterSeconds: { $numberInt: String(expireAfterSeconds) } }),
      }),
    ),
  );
}

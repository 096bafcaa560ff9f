import * as v from 'valibot';
import type { Cloud } from '../cloud/cloud.ts';
import { CloudError } from '../cloud/error.ts';
import { action } from './action.ts';

const table = {
  EnvId: v.string(),
  MongoConnector: v.strictObject({ InstanceId: v.string(), DatabaseName: v.string() }),
  TableName: v.string(),
};
/** In the cloud also READONLY and PRIVATE, and a new collection is PRIVATE. */
const permissions = ['ADMINWRITE', 'ADMINONLY'] as const;

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
  CreateTable: action(table, (cloud, { EnvId, TableName }) => {
    if (collection(cloud, EnvId, TableName)) {
      throw new CloudError('ResourceInUse', `${TableName} exists.`);
    }
    cloud.environments.database.createCollection(EnvId, { name: TableName, rule: 'ADMINWRITE' });
    return {};
  }),
  DescribeTable: action(table, (cloud, { EnvId, TableName }) => {
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
    (cloud, { EnvId, TableName, CreateIndexes = [] }) => {
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
    (cloud, { EnvId, MgoCommands }) => ({
      Data: MgoCommands.map(({ Command }) => runCommand(cloud, EnvId, JSON.parse(Command))),
    }),
  ),
  DescribeDatabaseACL: action(
    { EnvId: v.string(), CollectionName: v.string() },
    (cloud, { EnvId, CollectionName }) => {
      const found = collection(cloud, EnvId, CollectionName);
      if (!found) throw new CloudError('ResourceNotFound', `There is no ${CollectionName}.`);
      return { AclTag: found.rule };
    },
  ),
  ModifyDatabaseACL: action(
    { EnvId: v.string(), CollectionName: v.string(), AclTag: v.picklist(permissions) },
    (cloud, { EnvId, CollectionName, AclTag }) => {
      cloud.environments.database.setRule(EnvId, CollectionName, AclTag);
      return {};
    },
  ),
  DescribeResourcePermission: action(
    { EnvId: v.string(), ResourceType: v.literal('function') },
    (cloud, { EnvId }) => {
      const { functionRule } = cloud.environments.get(EnvId);
      const PermissionList = functionRule
        ? [{ ResourceType: 'function', Permission: 'CUSTOM', SecurityRule: functionRule }]
        : [];
      return { Data: { TotalCount: PermissionList.length, PermissionList } };
    },
  ),
  ModifyResourcePermission: action(
    {
      EnvId: v.string(),
      ResourceType: v.literal('function'),
      Permission: v.literal('CUSTOM'),
      SecurityRule: v.pipe(v.string(), v.check(isRule, 'needs a rule for "*"')),
    },
    (cloud, { EnvId, SecurityRule }) => {
      cloud.environments.get(EnvId).functionRule = SecurityRule;
      return { Data: { Success: true } };
    },
  ),
};

function collection(cloud: Cloud, envId: string, wanted: string) {
  cloud.environments.get(envId);
  return cloud.environments.database.collections(envId).find(({ name }) => name === wanted);
}

function isRule(text: string): boolean {
  try {
    return Object.hasOwn(JSON.parse(text) as object, '*');
  } catch {
    return false;
  }
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

import { collections } from '../../shared/app/collections.ts';

/** As much of the CloudBase SDK's database as making collections takes. */
export interface CollectionMaker {
  createCollection(name: string): Promise<unknown>;
}

/** What came of it, and what is left to do by hand. */
export interface ProvisionReport {
  readonly created: readonly string[];
  readonly present: readonly string[];
  /** The SDK can make neither indexes nor access rules: the console of CloudBase can. */
  readonly byHand: readonly string[];
}

const ALREADY_THERE = 'DATABASE_COLLECTION_ALREADY_EXIST';

/**
 * Makes the collections that are not there yet. It may be run as often as one likes.
 *
 * @throws what the SDK throws, except that a collection is there already.
 */
export async function provision(
  database: CollectionMaker,
  onProgress: (line: string) => void,
): Promise<ProvisionReport> {
  const created: string[] = [];
  const present: string[] = [];
  for (const { name } of collections) {
    const isNew = await create(database, name);
    (isNew ? created : present).push(name);
    onProgress(`${name}: ${isNew ? 'created' : 'is there'}`);
  }
  return { created, present, byHand: collections.flatMap(handwork) };
}

async function create(database: CollectionMaker, name: string): Promise<boolean> {
  try {
    await database.createCollection(name);
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === ALREADY_THERE) return false;
    throw error;
  }
}

function handwork({ name, access, indexes }: (typeof collections)[number]): string[] {
  return [
    `${name}: set the access rule to ${access} (no client may read or write)`,
    ...indexes.map(({ name: index, fields, unique, expireAfterSeconds }) => {
      const over = fields.map((field) => `${field.name} ${field.direction}`).join(', ');
      const kind = unique ? 'unique index' : 'index';
      const expiry =
        expireAfterSeconds === undefined ? '' : `, expiring after ${expireAfterSeconds} s`;
      return `${name}: ${kind} ${index} over ${over}${expiry}`;
    }),
  ];
}

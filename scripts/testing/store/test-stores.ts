import { type LocalStore, localStores } from '../../start/database/local-database.ts';
import { testServer } from './postgres-server.ts';

/** The databases that a test can run the functions on here: all, or, with a notice, those that are there. */
export async function testStores(): Promise<readonly LocalStore[]> {
  const server = await testServer();
  return localStores.filter((store) => store !== 'postgres' || server !== undefined);
}

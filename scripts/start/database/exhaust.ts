import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Opens connections until the server has none left, and holds them. */
export async function exhaust(url: string, ms: number): Promise<void> {
  const taken: pg.Client[] = [];
  try {
    for (;;) {
      const client = new pg.Client({ connectionString: url });
      client.on('error', () => {
        // The server was killed under it.
      });
      await client.connect();
      taken.push(client);
    }
  } catch (error) {
    if ((error as { readonly code?: string }).code !== '53300' && taken.length === 0) throw error;
  }
  await sleep(ms);
  await Promise.allSettled(taken.map((client) => client.end()));
}

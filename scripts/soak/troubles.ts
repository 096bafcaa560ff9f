import type { DatabaseServer, LocalDatabase } from '../start/database/local-database.ts';

/** What befalls the server of a database while a soak runs. */
export interface Troubles {
  /** From 0 to 1: at its points of the work the server is killed, and in between other things happen. */
  noteProgress(part: number): void;
  /** Waits for what is under way. */
  stop(): Promise<{ readonly serverKills: number; readonly serverTroubles: number }>;
}

/** Less than the callback has for its answer, and more than it waits for one request. */
const STALL_MS = 1_000;
const EXHAUST_MS = 500;

const others: readonly ((server: DatabaseServer) => Promise<unknown>)[] = [
  async (server) => server.cut(),
  (server) => server.stall(STALL_MS),
  (server) => server.exhaust(EXHAUST_MS),
];

/**
 * Kills the server so often, at random points of the work, and after each kill does one of the other
 * things that servers do. A database without a server of its own is left alone.
 */
export function startTroubles(
  { server }: LocalDatabase,
  options: { readonly kills: number; readonly random: () => number },
): Troubles {
  const { kills, random } = options;
  const points = Array.from({ length: server ? kills : 0 }, () => 0.02 + 0.93 * random()).sort(
    (a, b) => a - b,
  );
  let [serverKills, serverTroubles] = [0, 0];
  let running: Promise<void> = Promise.resolve();

  return {
    noteProgress(part) {
      while (server && points.length > 0 && part >= (points[0] ?? 1)) {
        points.shift();
        running = running.then(() => strike(server));
      }
    },
    async stop() {
      await running;
      return { serverKills, serverTroubles };
    },
  };

  async function strike(server: DatabaseServer): Promise<void> {
    await server.crash();
    serverKills += 1;
    await others[serverTroubles % others.length]?.(server);
    serverTroubles += 1;
  }
}

import { createServer, connect as openSocket, type Server, type Socket } from 'node:net';
import { createStatementReader, type Statement } from './statement-reader.ts';

/** What befalls a statement on its way. */
export interface StatementFault {
  /** The connection is cut before the server has the statement, or after it; or it comes late. */
  readonly when: 'before' | 'after' | 'late';
  /** How late. */
  readonly ms?: number;
  /** Only statements whose SQL it finds. */
  readonly sql?: RegExp;
  /** To which part of them; default: to all. */
  readonly rate?: number;
  /** How often at most. */
  readonly times?: number;
  /** From 0 up to 1: decides with `rate`. */
  readonly random?: () => number;
}

/** A listener between clients and a PostgreSQL server that can do what networks do. */
export interface FaultProxy {
  readonly port: number;
  /** Statements that clients have sent. */
  readonly counts: {
    readonly statements: number;
    readonly bySql: ReadonlyMap<string, number>;
    /** Answers that say that others are in the way. */
    readonly conflicts: number;
  };
  /** How many statements were struck so far, by all faults there have been. */
  readonly hits: number;
  add(fault: StatementFault): void;
  clear(): void;
  /** Cuts every connection that is open now. */
  cutAll(): number;
  /** Forwards nothing, in either direction, until the function given back is called. */
  pause(): () => void;
  close(): Promise<void>;
}

/** Serialization failures, deadlocks, and locks that were not waited for. */
const CONFLICT = /^(?:40|55P03)/;

interface Active {
  readonly fault: StatementFault;
  left: number;
}

/** Two sockets that belong to each other. */
interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  cut(): void;
}

export async function startFaultProxy(target: {
  readonly host: string;
  readonly port: number;
}): Promise<FaultProxy> {
  const counts = { statements: 0, bySql: new Map<string, number>(), conflicts: 0 };
  const pairs = new Set<Pair>();
  let active: Active[] = [];
  let [hits, paused] = [0, 0];

  function strike(statement: Statement): StatementFault | undefined {
    counts.statements += 1;
    counts.bySql.set(statement.sql, (counts.bySql.get(statement.sql) ?? 0) + 1);
    const found = active.find(({ fault, left }) => {
      const { sql, rate = 1, random = Math.random } = fault;
      return left > 0 && (sql === undefined || sql.test(statement.sql)) && random() < rate;
    });
    if (!found) return undefined;
    found.left -= 1;
    hits += 1;
    return found.fault;
  }

  const listener: Server = createServer((client) => {
    const server = openSocket(target);
    const pair: Pair = {
      client,
      server,
      cut() {
        pairs.delete(pair);
        client.resetAndDestroy();
        server.destroy();
      },
    };
    pairs.add(pair);
    let isCutting = false;
    const reader = createStatementReader((code) => {
      if (CONFLICT.test(code)) counts.conflicts += 1;
    });
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => pair.cut());
      socket.on('close', () => {
        pairs.delete(pair);
        client.destroy();
        server.end();
      });
      if (paused > 0) socket.pause();
    }
    client.on('data', (bytes) => {
      if (isCutting) return;
      const strikes = reader.read(bytes).map(strike);
      if (strikes.some((fault) => fault?.when === 'before')) return pair.cut();
      const lateMs = strikes.find((fault) => fault?.when === 'late')?.ms;
      if (lateMs !== undefined) {
        client.pause();
        setTimeout(() => {
          server.write(bytes);
          client.resume();
        }, lateMs).unref();
        return;
      }
      if (!strikes.some((fault) => fault?.when === 'after')) return void server.write(bytes);
      // The server carries it out, and its answer goes nowhere.
      isCutting = true;
      client.pause();
      server.write(bytes);
      server.removeAllListeners('data');
      let answers = reader.open;
      server.on('data', (answer) => {
        answers -= reader.readyIn(answer);
        if (answers <= 0) pair.cut();
      });
    });
    server.on('data', (bytes) => {
      reader.answered(bytes);
      client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));

  return {
    port: (listener.address() as { readonly port: number }).port,
    counts,
    get hits() {
      return hits;
    },
    add(fault) {
      active.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    clear() {
      active = [];
    },
    cutAll() {
      const open = [...pairs];
      for (const pair of open) pair.cut();
      return open.length;
    },
    pause() {
      paused += 1;
      for (const { client, server } of pairs) {
        client.pause();
        server.pause();
      }
      return () => {
        paused -= 1;
        if (paused > 0) return;
        for (const { client, server } of pairs) {
          client.resume();
          server.resume();
        }
      };
    },
    async close() {
      for (const pair of [...pairs]) pair.cut();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}

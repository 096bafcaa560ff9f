import { allRunning } from '../project/running.ts';

/** The port that could not be listened on because another program has it; undefined for another error. */
export function takenPort(error: unknown): number | undefined {
  const { code, port } = Object(error) as { readonly code?: unknown; readonly port?: unknown };
  return code === 'EADDRINUSE' && typeof port === 'number' ? port : undefined;
}

/** The ports of an `npm start`, from the first one on. */
const uses = ['the functions', 'the WeChat API', 'CloudBase', 'the page'] as const;

/** Names the port as it was asked for, and one that is free of what is known to run. */
export function portsTaken(asked: number, taken: number, cause: unknown): Error {
  const use = uses[taken - asked];
  const all = allRunning();
  const holder = all.find(({ port }) => taken >= port && taken < port + uses.length);
  const by = holder ? `another \`npm start\`, on port ${holder.port}` : 'another program';
  const free = Math.max(asked, ...all.map(({ port }) => port)) + 10;
  return new Error(
    `port ${taken}${use ? `, which --port ${asked} needs for ${use},` : ''} is in use by ${by}. Stop it, or choose others: npm start -- --port ${free} (it takes the next three, too), or --port 0 for any that are free.`,
    { cause },
  );
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startLocalServer } from '../../postgres/local-server.ts';
import { becomeOwner } from '../../postgres/watcher.ts';

/**
 * A process that owns a PostgreSQL server in a folder, prints its number, and stays until it is killed.
 * It starts the server itself, or another process does that for it and ends, as a worker of the tests.
 */
const [how, folder = '', port] = process.argv.slice(2);

if (how === 'starts another') {
  const args = ['--import', 'tsx', import.meta.filename, 'for another', folder];
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...args,
    String(await becomeOwner()),
  ]);
  process.stdout.write(stdout);
} else {
  const owner = port === undefined ? {} : { ownerPort: Number(port) };
  const { pid } = await startLocalServer({ folder, isTemporary: true, ...owner });
  process.stdout.write(`${pid}\n`);
}
if (how !== 'for another') setInterval(() => undefined, 60_000);

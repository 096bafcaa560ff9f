import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { stopTestServer } from '../store/postgres-server.ts';
import { findLeaks } from './scan.ts';

/** After the last test: no log line of this run may hold a secret or an openid that it has used. */
export default async function report(): Promise<void> {
  await stopTestServer();
  const folder = process.env.LEAKS_DIR;
  if (!folder) return;
  const evidence = {
    lines: read(folder, 'lines'),
    secrets: read(folder, 'secrets'),
    openids: read(folder, 'openids'),
  };
  rmSync(folder, { recursive: true });
  const leaks = findLeaks(evidence);
  const { lines, secrets, openids } = evidence;
  process.stderr.write(
    `Searched ${lines.length} log lines for ${secrets.length} secrets and ${openids.length} openids: ${leaks.length} found.\n`,
  );
  if (leaks.length === 0) return;
  const some = leaks.slice(0, 10).map(({ line, leaked }) => `${leaked} in ${line}`);
  throw new Error(`Secrets or openids were logged in clear:\n${some.join('\n')}`);
}

/** The lines that all processes have written. */
function read(folder: string, kind: string): readonly string[] {
  const files = readdirSync(folder).filter((file) => file.startsWith(`${kind}.`));
  const values = files.flatMap((file) =>
    readFileSync(path.join(folder, file), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as string),
  );
  return kind === 'lines' ? values : [...new Set(values)];
}

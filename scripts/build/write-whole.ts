import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A process that starts meanwhile loads the old file or the new one, never a part. */
export function writeWhole(file: string, content: string | Uint8Array, mode = 0o644): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content, { mode });
  renameSync(draft, file);
}

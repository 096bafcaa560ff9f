import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Merged {
  readonly text: string;
  /** Places in which both have changed the same: both stand there, between git's marks. */
  readonly conflicts: number;
}

/** A file of the author, as fuwuhao wrote it once and as it would write it now. */
export interface Versions {
  readonly own: string;
  readonly base: string;
  readonly theirs: string;
}

/**
 * Brings into the text of the author what fuwuhao has changed from `base` to `theirs`, as git merges.
 *
 * @throws Error if there is no git
 */
export function merge({ own, base, theirs }: Versions): Merged {
  if (own === theirs || base === theirs) return { text: own, conflicts: 0 };
  if (own === base) return { text: theirs, conflicts: 0 };
  const folder = mkdtempSync(path.join(tmpdir(), 'fuwuhao-merge-'));
  try {
    const files = Object.entries({ own, base, theirs }).map(([name, text]) => {
      const file = path.join(folder, name);
      writeFileSync(file, text);
      return file;
    });
    const labels = ['-L', 'yours', '-L', 'before', '-L', 'fuwuhao'];
    const { status, stdout, stderr, error } = spawnSync(
      'git',
      ['merge-file', '--stdout', ...labels, ...files],
      { encoding: 'utf8' },
    );
    // The exit code is the number of conflicts, and above 127 a failure.
    if (error || status === null || status > 127) {
      throw new Error(`git cannot merge: ${error?.message ?? stderr}`);
    }
    return { text: stdout, conflicts: status };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

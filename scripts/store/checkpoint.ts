import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** How far a copy has come. */
export interface Progress {
  /** All collections before this one are copied. */
  readonly collection: string;
  /** Of this one, the documents up to this id. */
  readonly after?: string | undefined;
  /** Documents among them that wait for the end of the collection; see `copyStore`. */
  readonly deferred: readonly string[];
}

/** Where a copy notes its progress, so that the next one goes on from there. */
export interface Checkpoint {
  load(): Progress | undefined;
  save(progress: Progress): void;
  clear(): void;
}

/** An older one says nothing about the stores of today. */
const LASTS_MS = 24 * 3_600_000;

/**
 * In a file that only its owner can read. `between` says which stores it is about; what is noted about
 * others does not count.
 */
export function checkpointIn(file: string, between: string, now: () => number): Checkpoint {
  return {
    load() {
      try {
        const noted = JSON.parse(readFileSync(file, 'utf8')) as Progress & {
          readonly between: string;
          readonly at: number;
        };
        return noted.between === between && now() - noted.at < LASTS_MS ? noted : undefined;
      } catch {
        // There is none, or it was never finished: the copy starts from the beginning, which is slower only.
        return undefined;
      }
    },
    save(progress) {
      mkdirSync(path.dirname(file), { recursive: true });
      const draft = `${file}.draft`;
      writeFileSync(draft, JSON.stringify({ between, at: now(), ...progress }), { mode: 0o600 });
      renameSync(draft, file);
    },
    clear: () => rmSync(file, { force: true }),
  };
}

import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';

/** A log of JSON lines. A line that was acknowledged survives the death of the process. */
export interface Log {
  append(record: unknown): void;
  close(): void;
}

/** The log of an emulator without a state directory. */
export const noLog: Log = { append: () => undefined, close: () => undefined };

/**
 * Reads the records of a log. A last line without its newline is the trace of a process that died
 * while writing: nobody was told that it was written, so it is ignored.
 *
 * @throws Error if any other line is not JSON
 */
export function readLog(file: string): readonly unknown[] {
  const lines = readText(file).split('\n').slice(0, -1);
  return lines.map((line, position) => {
    try {
      return JSON.parse(line) as unknown;
    } catch (error) {
      throw new Error(`${file}, line ${position + 1}: not JSON. The log is damaged.`, {
        cause: error,
      });
    }
  });
}

/** Replaces the log by these records in one step (write aside, then rename) and opens it. */
export function rewriteLog(file: string, records: Iterable<unknown>): Log {
  mkdirSync(path.dirname(file), { recursive: true });
  const aside = `${file}.new`;
  const handle = openSync(aside, 'w');
  for (const record of records) writeLine(handle, record);
  fsyncSync(handle);
  renameSync(aside, file);
  let isOpen = true;
  return {
    append(record) {
      // The system gives the number of a closed file to the next one that is opened.
      if (!isOpen) throw new Error(`${file} has been closed.`);
      writeLine(handle, record);
    },
    close() {
      if (isOpen) closeSync(handle);
      isOpen = false;
    },
  };
}

/** The kernel has the whole line when this returns: killing the process cannot lose it. */
function writeLine(handle: number, record: unknown) {
  const bytes = Buffer.from(`${JSON.stringify(record)}\n`);
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(handle, bytes, written);
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

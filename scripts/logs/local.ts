import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { LogLine } from '../emulator/scf/invocation.ts';
import type { Line } from './pretty.ts';

const POLL_MS = 200;

/** The next `npm start` puts a file aside that has grown beyond this. */
const MAX_BYTES = 20 * 1024 * 1024;

function fileIn(stateDir: string): string {
  return path.join(stateDir, 'functions.log');
}

/** Keeps the lines of the functions while `npm start` runs, for `npm run logs`. */
export function keepLines(
  stateDir: string,
  show: (line: LogLine) => void,
): (line: LogLine) => void {
  const file = fileIn(stateDir);
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  if (existsSync(file) && statSync(file).size > MAX_BYTES) renameSync(file, `${file}.1`);
  const handle = openSync(file, 'a', 0o600);
  return (line) => {
    if (line.stream !== 'platform') {
      const kept: Line = { function: line.function, at: Date.now(), text: line.line };
      writeSync(handle, `${JSON.stringify(kept)}\n`);
    }
    show(line);
  };
}

/**
 * Gives the kept lines, and with `follow` also those that are still to come.
 *
 * @throws Error if no `npm start` has ever kept lines there
 */
export async function* localLines(
  stateDir: string,
  { last, follow }: { readonly last: number; readonly follow: boolean },
): AsyncGenerator<Line> {
  const file = fileIn(stateDir);
  if (!existsSync(file) && !follow) {
    throw new Error(`There is no ${file}: npm start has never run with this folder.`);
  }
  let position = 0;
  for (let isFirst = true; ; isFirst = false) {
    // Another npm start has put the file aside, so all of this one is new.
    if (sizeOf(file) < position) position = 0;
    const { lines, end } = linesFrom(file, position);
    position = end;
    for (const line of isFirst ? lines.slice(-last) : lines) yield JSON.parse(line) as Line;
    if (!follow) return;
    await delay(POLL_MS);
  }
}

function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}

/** The complete lines from a position on; an incomplete one is left for later. */
function linesFrom(file: string, position: number) {
  const bytes = Buffer.alloc(Math.max(0, sizeOf(file) - position));
  if (bytes.length === 0) return { lines: [], end: position };
  const handle = openSync(file, 'r');
  readSync(handle, bytes, 0, bytes.length, position);
  closeSync(handle);
  const whole = bytes.lastIndexOf('\n') + 1;
  const lines = bytes.subarray(0, whole).toString().split('\n').slice(0, -1);
  return { lines, end: position + whole };
}

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRandom } from '../emulator/cloudbase/control/random.ts';
import type { FuzzTarget } from './targets.ts';

/** Inputs that a parser once failed at, or that are worth keeping: a folder for each target. */
const corpusFolder = path.join(import.meta.dirname, 'corpus');

/** An input that led to what must never happen. */
export interface Finding {
  readonly input: Buffer;
  readonly error: unknown;
}

export interface FuzzReport {
  readonly runs: number;
  readonly findings: readonly Finding[];
}

export interface FuzzOptions {
  readonly seed: number;
  /** Whether to go on, after so many runs. */
  readonly goesOn: (runs: number) => boolean;
}

/** An input that takes the parser longer than this is a finding: its length is at most this. */
const SLOW_MS = 1_000;
const MAX_BYTES = 20_000;
/** More would be the same again. */
const MAX_FINDINGS = 10;
/** How many inputs are kept to be changed further. */
const POOL = 500;

export function readCorpus(name: string): readonly Buffer[] {
  const folder = path.join(corpusFolder, name);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((file) => readFileSync(path.join(folder, file)));
}

/** Keeps an input, so that every later run begins with it; gives the file. */
export function keepInput(name: string, input: Buffer): string {
  const folder = path.join(corpusFolder, name);
  mkdirSync(folder, { recursive: true });
  const digest = createHash('sha256').update(input).digest('hex').slice(0, 16);
  const file = path.join(folder, digest);
  writeFileSync(file, input);
  return file;
}

/** Feeds the corpus to a parser, then what becomes of it and of the seeds by one change after the other. */
export async function fuzz(
  name: string,
  target: FuzzTarget,
  { seed, goesOn }: FuzzOptions,
): Promise<FuzzReport> {
  const random = createRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const first = [...target.seeds.map((text) => Buffer.from(text)), ...readCorpus(name)];
  const pool = [...first];
  const findings: Finding[] = [];
  let runs = 0;
  for (const input of first) await run(input);
  while (goesOn(runs) && findings.length < MAX_FINDINGS) {
    const input = changed(pool[below(pool.length)] ?? Buffer.alloc(0));
    await run(input);
    if (pool.length < POOL) pool.push(input);
    else pool[first.length + below(POOL - first.length)] = input;
  }
  return { runs, findings };

  async function run(input: Buffer): Promise<void> {
    runs += 1;
    const startedAt = process.cpuUsage();
    try {
      await target.run(input);
      const { user, system } = process.cpuUsage(startedAt);
      const ms = (user + system) / 1_000;
      if (ms > SLOW_MS) throw new Error(`It took ${ms} ms for ${input.length} bytes.`);
    } catch (error) {
      findings.push({ input, error });
    }
  }

  function changed(input: Buffer): Buffer {
    let bytes = input;
    for (let times = 1 + below(4); times > 0; times -= 1) bytes = changedOnce(bytes);
    return bytes.subarray(0, MAX_BYTES);
  }

  function changedOnce(bytes: Buffer): Buffer {
    const at = below(bytes.length + 1);
    const length = below(Math.min(64, bytes.length - at) + 1);
    const [before, part, after] = [
      bytes.subarray(0, at),
      bytes.subarray(at, at + length),
      bytes.subarray(at + length),
    ];
    const word = Buffer.from(target.words[below(target.words.length)] ?? '');
    switch (below(7)) {
      case 0:
        return Buffer.concat([before, word, part, after]);
      case 1:
        return Buffer.concat([before, word, after]);
      case 2:
        return Buffer.concat([before, after]);
      case 3:
        return Buffer.concat([before, ...Array.from({ length: 2 + below(30) }, () => part), after]);
      case 4:
        return Buffer.concat([before, Buffer.from([below(256)]), after]);
      case 5: {
        const other = pool[below(pool.length)] ?? word;
        return Buffer.concat([before, other.subarray(below(other.length + 1))]);
      }
      default: {
        const flipped = Buffer.from(bytes);
        if (at < flipped.length) flipped[at] = (flipped[at] ?? 0) ^ (1 << below(8));
        return flipped;
      }
    }
  }
}

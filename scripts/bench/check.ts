import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type PartName, parts, shortParts } from './parts/list.ts';
import type { BenchContext } from './report/part.ts';
import { median } from './report/stats.ts';
import { format } from './report/table.ts';

/** What a ratio may grow by before somebody has to look. */
export const TOLERANCE = 0.3;
/** A machine that does something else meanwhile spoils a try or two, a regression all of them. */
const TRIES = 3;
const file = path.join(import.meta.dirname, 'ratios.json');

export type Ratios = Readonly<Record<string, number>>;

export interface Verdict {
  readonly name: string;
  readonly committed: number;
  /** The best of the tries. */
  readonly measured: number;
  readonly tries: number;
  readonly ok: boolean;
}

/** Measures the short form against the committed table. A ratio has failed when every try has. */
export async function check(context: BenchContext): Promise<readonly Verdict[]> {
  const committed = JSON.parse(readFileSync(file, 'utf8')) as Ratios;
  const verdicts: Verdict[] = [];
  for (const name of shortParts) {
    const measure = async () => (await parts[name](context)).ratios;
    verdicts.push(...(await judge(await measure(), committed, measure)));
  }
  const missing = Object.keys(committed).filter(
    (name) => !verdicts.some((verdict) => verdict.name === name),
  );
  if (missing.length > 0) throw new Error(`Nothing measures ${missing.join('; ')} any more.`);
  return verdicts;
}

/** Judges one part's ratios, measuring again as long as one is too large. */
export async function judge(
  first: Ratios,
  committed: Ratios,
  again: () => Promise<Ratios>,
): Promise<readonly Verdict[]> {
  const best = new Map(Object.entries(first));
  let tries = 1;
  for (; tries < TRIES && [...best].some(([name, ratio]) => isTooLarge(name, ratio)); tries += 1) {
    for (const [name, ratio] of Object.entries(await again())) {
      best.set(name, Math.min(ratio, best.get(name) ?? ratio));
    }
  }
  return [...best].map(([name, measured]) => ({
    name,
    measured,
    tries,
    committed: committed[name] ?? Number.NaN,
    ok: !isTooLarge(name, measured),
  }));

  /** A ratio that is not in the table is too large: it has to be put there. */
  function isTooLarge(name: string, ratio: number): boolean {
    return !(ratio <= (committed[name] ?? Number.NaN) * (1 + TOLERANCE));
  }
}

/** Measures the table anew: medians of several runs. */
export async function saveRatios(context: BenchContext): Promise<Ratios> {
  const runs = new Map<string, number[]>();
  for (let run = 0; run < TRIES; run += 1) {
    for (const name of shortParts) {
      const { ratios } = await parts[name as PartName](context);
      for (const [key, ratio] of Object.entries(ratios)) {
        runs.set(key, [...(runs.get(key) ?? []), ratio]);
      }
    }
  }
  const table = Object.fromEntries(
    [...runs].map(([name, ratios]) => [name, Number(median(ratios).toPrecision(3))]),
  );
  writeFileSync(file, `${JSON.stringify(table, null, 2)}\n`);
  return table;
}

export function describe({ name, committed, measured, tries, ok }: Verdict): string {
  const mark = ok ? 'ok  ' : 'FAIL';
  const again = tries > 1 ? `, best of ${tries}` : '';
  return `${mark} ${name}: ${format(measured)}${again} (committed ${format(committed)}, at most ${format(committed * (1 + TOLERANCE))})`;
}

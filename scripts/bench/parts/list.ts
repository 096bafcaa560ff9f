import type { BenchContext, PartReport } from '../report/part.ts';
import { autoReplies } from './auto-replies.ts';
import { coldStart } from './cold-start.ts';
import { consolePage } from './console-page.ts';
import { garbage } from './garbage.ts';
import { inEachHome } from './homes.ts';
import { overHttp } from './http.ts';
import { inProcess } from './in-process.ts';
import { manyAtOnce } from './many-at-once.ts';
import { memory } from './memory.ts';
import { operations } from './operations.ts';
import { scale } from './scale.ts';
import { shipped } from './shipped.ts';
import { stores } from './store.ts';
import { token } from './token.ts';
import { wholePath } from './whole-path.ts';
import { worst } from './worst-bodies.ts';

type Part = (context: BenchContext) => Promise<PartReport>;

/** Every part by its name on the command line, in the order in which they run. */
export const parts = {
  'in-process': inProcess,
  http: overHttp,
  'cold-start': coldStart,
  token,
  memory,
  garbage,
  operations,
  scale,
  store: stores,
  'many-at-once': manyAtOnce,
  'whole-path': wholePath,
  shipped,
  'auto-replies': autoReplies,
  'worst-bodies': worst,
  homes: inEachHome,
  'console-page': consolePage,
} as const satisfies Record<string, Part>;

export type PartName = keyof typeof parts;
export const partNames = Object.keys(parts) as readonly PartName[];

/** Those with ratios that hold on any machine, and that have a short form. */
export const shortParts: readonly PartName[] = ['in-process', 'cold-start', 'memory'];

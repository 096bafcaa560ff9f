import type { Create } from '../workload/contest.ts';
import { answerWith } from './answer-with.ts';
import { benchApp } from './fuwuhao-app.ts';
import { noStore } from './no-store.ts';

/** Ours from the platform's event to its answer, as an event function. */
export const main: Create = (options) => answerWith(benchApp(options, noStore));

import { call } from './call.ts';
import type { InvokeOptions } from './options.ts';
import type { Terminal } from './terminal.ts';

const BAR_WIDTH = 30;

interface Watched {
  readonly state: string;
  readonly progress: number;
  readonly isOver: boolean;
}

/**
 * Asks again and again until what is asked about is over, and shows how far it is. Gives the last
 * outcome.
 *
 * @throws Error if the action does not say how far anything is
 */
export async function watch(options: InvokeOptions, terminal: Terminal): Promise<unknown> {
  for (let shown = ''; ; ) {
    const outcome = await call(options);
    const { ok, data } = Object(outcome) as { ok?: unknown; data?: unknown };
    if (ok !== true) return outcome;
    if (!isWatched(data)) {
      throw new Error(
        `${options.event.action} does not say how far it is; there is nothing to --watch.`,
      );
    }
    const line = options.json ? JSON.stringify(outcome) : bar(data);
    if (line !== shown && !(options.json && data.isOver)) terminal.progress(line);
    shown = line;
    if (data.isOver) return outcome;
    await terminal.pause();
  }
}

/** What was stopped or cancelled is over, too. */
export function endedWell(data: unknown): boolean {
  return (Object(data) as Partial<Watched>).state === 'done';
}

function isWatched(data: unknown): data is Watched {
  const { progress, isOver } = Object(data) as { progress?: unknown; isOver?: unknown };
  return typeof progress === 'number' && typeof isOver === 'boolean';
}

function bar({ state, progress }: Watched): string {
  const full = Math.round(progress * BAR_WIDTH);
  const percent = `${Math.floor(progress * 100)}`.padStart(3);
  return `[${'#'.repeat(full)}${'-'.repeat(BAR_WIDTH - full)}] ${percent} %  ${state}`;
}

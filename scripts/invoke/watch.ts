import type { Call } from './call.ts';
import type { InvokeOptions } from './options.ts';
import type { Terminal } from './terminal.ts';

const BAR_WIDTH = 30;

interface Watched {
  readonly state?: string;
  /** What a sync calls its state. */
  readonly phase?: string;
  readonly progress: number;
  readonly isOver: boolean;
}

/**
 * Repeats an action until the work that it reports is over, and shows the progress. Gives the last
 * outcome.
 *
 * @throws Error if the action reports no progress
 */
export async function watch(
  call: Call,
  options: InvokeOptions,
  terminal: Terminal,
): Promise<unknown> {
  for (let shown = ''; ; ) {
    const outcome = await call(options.function, options.event);
    const { ok, data } = Object(outcome) as { ok?: unknown; data?: unknown };
    if (ok !== true) return outcome;
    if (!isWatched(data)) {
      throw new Error(
        `${options.event.action} reports no progress, so --watch has nothing to show.`,
      );
    }
    const line = options.json ? JSON.stringify(outcome) : bar(data);
    if (line !== shown && !(options.json && data.isOver)) terminal.progress(line);
    shown = line;
    if (data.isOver) return outcome;
    await terminal.pause();
  }
}

/** Whether the work succeeded: it may also have been stopped or cancelled. */
export function endedWell(data: unknown): boolean {
  const { state, phase } = Object(data) as Partial<Watched>;
  return (state ?? phase) === 'done';
}

function isWatched(data: unknown): data is Watched {
  const { progress, isOver } = Object(data) as { progress?: unknown; isOver?: unknown };
  return typeof progress === 'number' && typeof isOver === 'boolean';
}

function bar({ state, phase, progress }: Watched): string {
  const full = Math.round(progress * BAR_WIDTH);
  const percent = `${Math.floor(progress * 100)}`.padStart(3);
  return `[${'#'.repeat(full)}${'-'.repeat(BAR_WIDTH - full)}] ${percent} %  ${state ?? phase ?? ''}`;
}

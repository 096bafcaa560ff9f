import type { LogEntry } from '../../feed.ts';
import { exactTime } from '../format.ts';

/** Lines of the functions; those in JSON by their level and words, the rest as they are. */
export function LogLines({ lines }: { readonly lines: readonly LogEntry[] }) {
  return (
    <div class="log-lines">
      {lines.map((entry) => {
        const { level, words } = readLine(entry);
        return (
          <div key={entry.id} class={`log-line ${entry.stream} ${level}`}>
            <time>{exactTime(entry.at)}</time> <b>{entry.instance}</b> <span>{words}</span>
          </div>
        );
      })}
    </div>
  );
}

function readLine({ line, stream }: LogEntry): { readonly level: string; readonly words: string } {
  try {
    const { level = '', time: _, function: __, requestId: ___, ...rest } = JSON.parse(line);
    const { event = '', msg = event, ...fields } = rest;
    const details = Object.keys(fields).length > 0 ? ` ${JSON.stringify(fields)}` : '';
    return { level: String(level), words: `${level} ${msg}${details}` };
  } catch {
    return { level: stream === 'stderr' ? 'error' : '', words: line };
  }
}

import { styleText } from 'node:util';
import { localTimeOfDay } from '../project/local-time.ts';

/** One line that a function has written, from any place of logs. */
export interface Line {
  readonly function: string;
  /** Epoch ms. */
  readonly at: number;
  readonly text: string;
}

/** The lines to show. */
export interface Wanted {
  /** Only the lines of this function. */
  readonly function?: string;
  /** Hides less severe lines. A line that is not of our log is always shown. */
  readonly level: Level;
}

export const levels = ['debug', 'info', 'warn', 'error'] as const;
export type Level = (typeof levels)[number];

const colours = { debug: 'gray', info: 'green', warn: 'yellow', error: 'red' } as const;

/** The fields that stand at the front of every line. */
const KNOWN = new Set(['time', 'level', 'event', 'function', 'error']);

/** The line for people; `undefined` if it is hidden. */
export function pretty({ function: name, at, text }: Line, wanted: Wanted): string | undefined {
  if (wanted.function !== undefined && wanted.function !== name) return undefined;
  const fields = fieldsOf(text);
  const level = levels.find((each) => each === fields?.level);
  if (!fields || !level) return [timeOf(at), '     ', name, text].join(' ');
  if (levels.indexOf(level) < levels.indexOf(wanted.level)) return undefined;
  const rest = Object.entries(fields).filter(([key]) => !KNOWN.has(key));
  const head = [
    timeOf(Date.parse(String(fields.time)) || at),
    styleText(colours[level], level.padEnd(5)),
    styleText('cyan', name),
    styleText('bold', String(fields.event)),
    ...rest.map(([key, value]) => `${styleText('gray', `${key}=`)}${shown(value)}`),
  ].join(' ');
  return [head, ...causesOf(fields.error)].join('\n');
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function timeOf(at: number): string {
  return styleText('gray', localTimeOfDay(at));
}

function shown(value: unknown): string {
  return typeof value === 'string' && !/[\s"=]/.test(value) ? value : JSON.stringify(value);
}

/** An error with its causes, the outermost first, and the place of the innermost. */
function causesOf(error: unknown): string[] {
  if (error === undefined || error === null) return [];
  if (typeof error !== 'object') return [`    ${String(error)}`];
  const { name, message, stack, cause } = error as Readonly<Record<string, unknown>>;
  const own = `    ${styleText('red', String(name ?? 'Error'))} ${String(message ?? '')}`;
  if (cause !== undefined && cause !== null) return [own, ...causesOf(cause)];
  const place = String(stack ?? '')
    .split('\n')
    .find((line) => /^\s+at /.test(line));
  return place === undefined ? [own] : [own, styleText('gray', `      ${place.trim()}`)];
}

import type { Delivery } from '../wechat/push/deliver.ts';
import type { LogEntry } from './feed.ts';
import type { Step } from './steps.ts';

/** One part of the way that a message takes, by the emulated clock. */
export interface Stretch {
  /** WeChat delivers, a function runs, asks the database, calls WeChat, or writes a line. */
  readonly kind: 'delivery' | 'run' | Step['kind'] | 'log';
  readonly at: number;
  /** Of a line, and of a run that has not ended: 0. */
  readonly ms: number;
  /** The number of the delivery; the function; the collection; the endpoint; the event of the line. */
  readonly name: string;
  readonly about: string;
  readonly failure?: string;
  /** Of a run that waited for its instance: how long. */
  readonly coldMs?: number;
  /** It took the message for this instance, so that no other handles it. */
  readonly isClaim?: true;
  /** The row of the traffic. */
  readonly trafficId?: number;
}

export interface Passed {
  readonly deliveries: readonly Delivery[];
  /** Of all invocations that had to do with the message. */
  readonly lines: readonly LogEntry[];
  readonly steps: readonly Step[];
  /** The collection in which a message is claimed by the first write. */
  readonly inbox: string;
}

/** Everything that happened on the way of a message, in order. */
export function wayOf({ deliveries, lines, steps, inbox }: Passed): readonly Stretch[] {
  const stored = [...steps].sort((a, b) => a.at - b.at);
  const claim = stored.find(({ kind, name, about, failure }) => {
    const isWrite = kind === 'store' && /^(insert|add|update|modify)/.test(about);
    return isWrite && name === inbox && failure === undefined;
  });
  return [
    ...deliveries.map(deliveryStretch),
    ...runsIn(lines),
    ...stored.map((step) => (step === claim ? { ...step, isClaim: true as const } : step)),
    ...lines.flatMap(lineStretch),
  ].sort((a, b) => a.at - b.at);
}

function deliveryStretch({ at, ms, status, problem }: Delivery, index: number): Stretch {
  return {
    kind: 'delivery',
    at,
    ms,
    name: String(index + 1),
    about: status === undefined ? '' : `HTTP ${status}`,
    ...(problem === undefined ? {} : { failure: problem }),
  };
}

/** From what the platform writes around each invocation. */
function runsIn(lines: readonly LogEntry[]): readonly Stretch[] {
  const platform = lines.filter(({ stream }) => stream === 'platform');
  return platform
    .filter(({ line }) => line.startsWith('START '))
    .map(({ at, requestId, function: name }) => {
      const own = platform.filter((each) => each.requestId === requestId && each.at >= at);
      const end = own.find(({ line }) => line.startsWith('END '));
      const report = own.find(({ line }) => line.startsWith('Report '))?.line ?? '';
      const [, cold] = /Coldstart:(\d+)ms/.exec(report) ?? [];
      return {
        kind: 'run' as const,
        at,
        ms: end ? end.at - at : 0,
        name,
        about: '',
        ...(cold === undefined ? {} : { coldMs: Number(cold) }),
      };
    });
}

/** What the function itself has written; lines that are not in our format are of no event. */
function lineStretch({ at, stream, line }: LogEntry): readonly Stretch[] {
  if (stream === 'platform' || !line.startsWith('{')) return [];
  try {
    const { event, level } = JSON.parse(line) as { event?: unknown; level?: unknown };
    if (typeof event !== 'string') return [];
    const failure = level === 'error' ? { failure: 'error' } : {};
    return [{ kind: 'log', at, ms: 0, name: event, about: String(level ?? ''), ...failure }];
  } catch {
    return [];
  }
}

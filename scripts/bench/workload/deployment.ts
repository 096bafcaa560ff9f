import { readFileSync } from 'node:fs';
import { ordinary } from '../../emulator/wechat/push/ordinary.ts';
import type { Emulation } from '../../start/emulation.ts';

/** So that no follower floods. */
const FOLLOWERS = 200;

export interface Load {
  /** Of the callback, at the end. */
  readonly instances: number;
  readonly messagesPerSecond: number;
  /** Of each message, in milliseconds. */
  readonly latencies: readonly number[];
  /** Of all instances of the callback, a message. */
  readonly cpuMs: number;
}

/** Loads the whole deployment with so many messages, so many of them in flight. */
export async function measureLoad(
  emulation: Emulation,
  inFlight: number,
  messages: number,
): Promise<Load> {
  const [startedAt, cpuBefore] = [performance.now(), callbackCpuMs(emulation)];
  const latencies = await loadDeployment(emulation, inFlight, messages);
  const seconds = (performance.now() - startedAt) / 1000;
  return {
    instances: instancesOf(emulation).length,
    messagesPerSecond: messages / seconds,
    latencies,
    cpuMs: (callbackCpuMs(emulation) - cpuBefore) / messages,
  };
}

/** Of all instances of the callback since they were started. */
export function callbackCpuMs(emulation: Emulation): number {
  return instancesOf(emulation).reduce((sum, { pid }) => sum + cpuMsOf(pid), 0);
}

function instancesOf({ scf }: Emulation) {
  return scf.instances().filter((each) => each.function === 'callback');
}

/** Sends texts and checks each answer; each sender waits for it before it sends the next. */
export async function loadDeployment(
  { push }: Emulation,
  inFlight: number,
  count: number,
): Promise<number[]> {
  const latencies: number[] = [];
  let left = count;
  await Promise.all(
    Array.from({ length: inFlight }, async (_, sender) => {
      while (left > 0) {
        left -= 1;
        const content = `hello ${left} of ${sender}`;
        const startedAt = performance.now();
        const { outcome } = await push.send(ordinary.text(`oBench${left % FOLLOWERS}`, content));
        latencies.push(performance.now() - startedAt);
        const reply = outcome.kind === 'reply' ? outcome.reply : undefined;
        if (reply?.type !== 'text' || reply.content !== content) {
          throw new Error(`"${content}" was answered wrongly: ${JSON.stringify(outcome)}`);
        }
      }
    }),
  );
  return latencies;
}

/** User and system of one process, in steps of 10 ms; only Linux tells. */
function cpuMsOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in brackets, may hold anything.
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13);
    return 10 * (Number(user) + Number(system));
  } catch {
    return Number.NaN;
  }
}

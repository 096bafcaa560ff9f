import { Interrupted } from './interruption.ts';

/** So many functions at the same time: the cloud takes 20 calls a second. */
const AT_ONCE = 3;

export interface EachOptions {
  readonly progress: (line: string) => void;
  /** Once it is aborted, no further function is begun. */
  readonly signal: AbortSignal;
}

/**
 * Works on each function, whatever becomes of the others.
 *
 * @throws Error that names all that failed; Interrupted if not every one was begun
 */
export async function eachFunction<T extends { readonly name: string }>(
  items: readonly T[],
  work: (item: T) => Promise<string>,
  { progress, signal }: EachOptions,
): Promise<void> {
  const failures: string[] = [];
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item; item = waiting.shift()) {
      if (signal.aborted) {
        waiting.unshift(item);
        return;
      }
      try {
        progress(`${item.name}: ${await work(item)}`);
      } catch (error) {
        failures.push(`${item.name}: ${(error as Error).message}`);
        progress(`${item.name}: failed`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const done = items.length - failures.length - waiting.length;
  if (failures.length > 0) {
    throw new Error(
      `${failures.length} of ${items.length} functions failed:\n- ${failures.join('\n- ')}\n` +
        `The other ${done} are done. When the cause is gone, run the same command again: it goes on from here.`,
    );
  }
  if (waiting.length > 0) {
    throw new Interrupted(
      `Stopped: ${done} of ${items.length} functions are done, the others are as they were. Run the same command again: it goes on from here.`,
    );
  }
}

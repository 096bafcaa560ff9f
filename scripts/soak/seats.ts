export type Seat = <R>(work: () => Promise<R>) => Promise<R>;

/** Runs so many tasks at a time; the others wait for their turn. */
export function createSeats(count: number): Seat {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free -= 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

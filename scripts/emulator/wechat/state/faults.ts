import * as v from 'valibot';

/** What shall go wrong, `times` in a row, with calls to `path` (`*` for any). */
export const faultSchema = v.pipe(
  v.strictObject({
    path: v.string(),
    times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1),
    /** Refuse with this code, undone. */
    errcode: v.optional(v.pipe(v.number(), v.integer())),
    errmsg: v.optional(v.string()),
    /** Answer with this HTTP status and body, undone. */
    status: v.optional(v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599))),
    body: v.optional(v.string()),
    /** Break the connection, with the call undone or done. */
    reset: v.optional(v.picklist(['before', 'after'])),
    /** Carry out at once, answer late. */
    slowMs: v.optional(v.pipe(v.number(), v.minValue(1))),
    /** Carry out, and spoil the JSON of the answer. */
    malformed: v.optional(v.picklist(['control-characters', 'truncated'])),
  }),
  v.check(
    ({ errcode, status, reset, slowMs, malformed }) =>
      [errcode, status, reset, slowMs, malformed].some((each) => each !== undefined),
    'name what shall go wrong: errcode, status, reset, slowMs or malformed',
  ),
);

export type Fault = v.InferOutput<typeof faultSchema>;

/** `times` is how often it will still strike. */
export type ListedFault = Fault & { readonly id: number };

export function createFaults() {
  let faults: ListedFault[] = [];
  let lastId = 0;
  return {
    add(fault: Fault): void {
      lastId += 1;
      faults.push({ ...fault, id: lastId });
    },

    /** The first fault that waits for this path; it has one time less from now on. */
    take(path: string): Fault | undefined {
      const fault = faults.find((each) => each.path === path || each.path === '*');
      faults = faults
        .map((each) => (each === fault ? { ...each, times: each.times - 1 } : each))
        .filter(({ times }) => times > 0);
      return fault;
    },

    list: (): readonly ListedFault[] => faults,

    /** Ends one of them; gives whether it was there. */
    remove(id: number): boolean {
      const before = faults.length;
      faults = faults.filter((fault) => fault.id !== id);
      return faults.length < before;
    },

    clear(): void {
      faults = [];
    },
  };
}

export type Faults = ReturnType<typeof createFaults>;

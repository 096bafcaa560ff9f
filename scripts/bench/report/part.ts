/** What one part of the benchmarks found. */
export interface PartReport {
  readonly title: string;
  /** What the numbers are, and how they were taken. */
  readonly note: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /**
   * Ours against somebody else, smaller is better: what a later run on any machine is held against.
   * Nothing else is; the numbers of the rows belong to this machine and this hour.
   */
  readonly ratios: Readonly<Record<string, number>>;
  /** Figures of ours that the cost model and the simulation start from. */
  readonly figures?: Readonly<Record<string, number>>;
}

export interface Row {
  readonly name: string;
  readonly values: readonly (number | string)[];
}

/** Who takes part, how long, and the files that were built for it. */
export interface BenchContext {
  readonly root: string;
  readonly isShort: boolean;
  /** Built from `workload/worker.ts`. */
  readonly workerFile: string;
  /** Built from `contestants/fuwuhao.ts`. */
  readonly oursFile: string;
  /** Built from `contestants/fuwuhao-server.ts`. */
  readonly serverFile: string;
  /** For whatever else a part builds. */
  readonly folder: string;
}

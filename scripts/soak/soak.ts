/** One soak: what it takes besides `--seed` and `--json`, and how it is run. */
export interface Soak {
  readonly help: string;
  /** Its options with their defaults; all are numbers. */
  readonly options: Readonly<Record<string, string>>;
  /** @throws Error for a number out of its range, before anything is started */
  run(
    values: Readonly<Record<string, string | undefined>>,
    world: { readonly seed: number; readonly show: (line: string) => void },
  ): Promise<{ readonly ok: boolean }>;
}

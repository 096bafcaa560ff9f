/** What is uploaded of a function. */
export interface Package {
  readonly name: string;
  /** Of the zip, absolute. */
  readonly file: string;
  readonly zipBytes: number;
  readonly bytes: number;
  /** Made by an earlier run, from the same. */
  readonly isReused?: true;
}

/** A function as it is to be packed: an HTTP function is its server, and nothing else. */
export interface PackedFunction {
  readonly name: string;
  readonly isHttp: boolean;
}

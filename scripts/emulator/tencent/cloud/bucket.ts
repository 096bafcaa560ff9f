/** The buckets that Tencent lends for the packages of functions, one in each region. */
export const TEMPORARY = /^(?:sh|gz|bj|sg)tempcos-1253665819$/;

/** COS: the buckets of one region, by their full names. */
export interface Buckets {
  /** Uploads in parts that are under way: their parts by number. */
  readonly uploads: Map<string, Map<number, Buffer>>;
  /** Signatures that the cloud gave out for its own bucket of packages. */
  readonly lentSignatures: Set<string>;
  create(name: string): void;
  has(name: string): boolean;
  /** Keys without a leading slash. */
  keys(bucket: string, prefix: string): readonly string[];
  put(bucket: string, key: string, body: Buffer): void;
  get(bucket: string, key: string): Buffer | undefined;
  /** Everything that lies in any bucket, for those who look for what should not be there. */
  all(): readonly { readonly bucket: string; readonly key: string; readonly body: Buffer }[];
}

export function createBuckets(): Buckets {
  const buckets = new Map<string, Map<string, Buffer>>();

  return {
    uploads: new Map(),
    lentSignatures: new Set(),
    create: (name) => void buckets.set(name, new Map()),
    has: (name) => buckets.has(name),
    keys: (bucket, prefix) =>
      [...(buckets.get(bucket)?.keys() ?? [])].filter((key) => key.startsWith(prefix)).sort(),
    put: (bucket, key, body) => void buckets.get(bucket)?.set(key, body),
    get: (bucket, key) => buckets.get(bucket)?.get(key),
    all: () =>
      [...buckets].flatMap(([bucket, objects]) =>
        [...objects].map(([key, body]) => ({ bucket, key, body })),
      ),
  };
}

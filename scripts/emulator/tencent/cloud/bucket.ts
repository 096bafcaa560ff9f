/** COS: the buckets of one region, by their full names. */
export interface Buckets {
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

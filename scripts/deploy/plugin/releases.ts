import type { Cloud } from './cloud.ts';
import type { FunctionPlan } from './plan.ts';

/** What was deployed at one time: enough to go back to it, and no secret. */
export interface Release {
  /** Seconds since the epoch; its name. */
  readonly timestamp: number;
  readonly functions: Readonly<Record<string, ReleasedFunction>>;
}

export interface ReleasedFunction {
  /** Without variables: they are secrets, and a rollback must not bring back old ones anyway. */
  readonly plan: Omit<FunctionPlan, 'variables'>;
  /** The key of its zip. */
  readonly code: string;
}

/** Releases of one service and stage in the bucket, under `<service>-<stage>/`. */
export function releasesOf(cloud: Cloud, service: string) {
  const pattern = new RegExp(`^${service}/(\\d+)\\.json$`);
  const keyOf = (timestamp: number) => `${service}/${timestamp}.json`;

  return {
    codeKey: (timestamp: number, name: string) => `${service}/${timestamp}/${name}.zip`,
    save: (release: Release) =>
      cloud.put(keyOf(release.timestamp), Buffer.from(JSON.stringify(release))),
    /** The newest first. */
    async list(): Promise<readonly number[]> {
      const keys = await cloud.keys(`${service}/`);
      return keys
        .flatMap((key) => pattern.exec(key)?.[1] ?? [])
        .map(Number)
        .sort((a, b) => b - a);
    },
    async get(timestamp: number): Promise<Release> {
      return JSON.parse(await cloud.get(keyOf(timestamp))) as Release;
    },
  };
}

export type Releases = ReturnType<typeof releasesOf>;

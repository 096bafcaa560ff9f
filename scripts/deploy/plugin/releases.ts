import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';
import type { Cloud } from './cloud.ts';
import { digestOf } from './code-mark.ts';
import type { FunctionPlan } from './plan.ts';

/** What was deployed at one time: enough to go back to it, and no secret. */
export interface Release {
  /** `20261128-131500-1f9a03bc`: the time, and chance, so that no two are alike. */
  readonly id: string;
  readonly functions: Readonly<Record<string, ReleasedFunction>>;
}

export interface ReleasedFunction {
  /** Without variables: they are secrets, and a rollback must not bring back old ones anyway. */
  readonly plan: Omit<FunctionPlan, 'variables'>;
  /** Of its zip. */
  readonly digest: string;
}

export function newReleaseId(now: number): string {
  const [day = '', time = ''] = new Date(now).toISOString().replace(/[-:]/g, '').split('T');
  return `${day}-${time.slice(0, 6)}-${randomBytes(4).toString('hex')}`;
}

/** When the release of this id was made, for people. */
export function timeOf(id: string): string {
  return id.replace(/^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-.*$/, '$1-$2-$3 $4:$5:$6');
}

const stored = v.strictObject({ release: v.string(), seal: v.string() });
const content = v.object({
  id: v.string(),
  functions: v.record(
    v.string(),
    v.object({ plan: v.looseObject({}), digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)) }),
  ),
});

/**
 * Releases of one service and stage in the bucket. Others may write to that bucket, so a release is
 * sealed with a key that only those have who may deploy the account, and its packages go by their
 * digests: what was changed there is refused.
 *
 * @param secret - The AppSecret of the account; undefined if the functions have none.
 */
export function releasesOf(cloud: Cloud, service: string, secret: string | undefined) {
  const folder = `${service}/releases/`;
  const codeKey = (digest: string) => `${service}/code/${digest}.zip`;
  const seal = (text: string) =>
    createHmac('sha256', secret ?? '')
      .update(`fuwuhao release\n${service}\n${text}`)
      .digest();

  return {
    /** Puts the packages that are not there yet into the bucket, and then the release. */
    async save(release: Release, zips: readonly Buffer[]): Promise<void> {
      if (!secret) throw new Error('No function has WECHAT_APPSECRET, with which it is sealed.');
      const present = new Set(await cloud.keys(`${service}/code/`));
      for (const zip of zips) {
        const key = codeKey(digestOf(zip));
        if (!present.has(key)) await cloud.put(key, zip);
      }
      const text = JSON.stringify(release);
      const sealed = { release: text, seal: seal(text).toString('hex') };
      await cloud.put(`${folder}${release.id}.json`, Buffer.from(JSON.stringify(sealed)));
    },
    /** Their ids, the newest first. */
    async list(): Promise<readonly string[]> {
      const keys = await cloud.keys(folder);
      return keys
        .flatMap((key) => /([0-9]{8}-[0-9]{6}-[0-9a-f]{8})\.json$/.exec(key)?.[1] ?? [])
        .sort()
        .reverse();
    },
    /** @throws Error if it is not as it was saved. */
    async get(id: string): Promise<Release> {
      const parsed = v.safeParse(stored, parse(await cloud.get(`${folder}${id}.json`)));
      const found = parsed.success ? parsed.output : { release: '', seal: '' };
      if (!secret || !isSame(Buffer.from(found.seal, 'hex'), seal(found.release))) {
        throw new Error(
          `Release ${id} is not sealed with the AppSecret of now: it was changed in the bucket ${cloud.bucket}, or the AppSecret was. Deploy the commit of that release instead.`,
        );
      }
      const release = v.parse(content, parse(found.release)) as unknown as Release;
      if (release.id !== id) throw new Error(`Release ${id} says that it is ${release.id}.`);
      return release;
    },
    /** @throws Error if it is not the package that was released. */
    async zip(name: string, digest: string): Promise<Buffer> {
      const zip = await cloud.getBytes(codeKey(digest));
      if (digestOf(zip) === digest) return zip;
      throw new Error(`The package of ${name} in the bucket ${cloud.bucket} was changed.`);
    },
  };
}

export type Releases = ReturnType<typeof releasesOf>;

/**
 * Keeps what was deployed. A deploy does not need COS, and does not fail where there is none.
 *
 * @returns a warning if the release could not be kept.
 */
export async function keepRelease(
  releases: Releases,
  id: string,
  chosen: readonly {
    readonly name: string;
    readonly deployment: { readonly plan: FunctionPlan; readonly zip: Buffer };
  }[],
): Promise<string | undefined> {
  const functions = chosen.map(({ name, deployment: { plan, zip } }) => {
    const { variables, ...rest } = plan;
    return [name, { plan: rest, digest: digestOf(zip) }] as const;
  });
  try {
    const zips = chosen.map(({ deployment }) => deployment.zip);
    await releases.save({ id, functions: Object.fromEntries(functions) }, zips);
    return undefined;
  } catch (error) {
    return `WARNING: all functions run, but \`rollback\` will not know this release: ${(error as Error).message}`;
  }
}

function isSame(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

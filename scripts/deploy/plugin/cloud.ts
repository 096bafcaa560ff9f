import type { Credentials } from '../../../shared/store/credentials.ts';
import { CloudApiError, createCloudApi } from '../../cloud/api.ts';
import type { CloudAction, CloudRequest, CloudResponse } from '../../cloud/models/index.ts';
import type { CosClient, Vendor } from './vendor.ts';

/** The account, as a deploy needs it: the API of functions, and one bucket. */
export interface Cloud {
  scf<Action extends CloudAction<'scf'>>(
    action: Action,
    parameters: CloudRequest<'scf', Action>,
  ): Promise<CloudResponse<'scf', Action>>;
  put(key: string, body: Buffer): Promise<void>;
  get(key: string): Promise<string>;
  getBytes(key: string): Promise<Buffer>;
  keys(prefix: string): Promise<readonly string[]>;
  /** Its name without the account's number, as the API of functions wants it. */
  readonly bucket: string;
  readonly region: string;
  /** The number of the account. */
  appid(): Promise<string>;
}

export interface CloudOptions {
  readonly vendor: Vendor;
  readonly keys: Credentials;
  readonly region: string;
  readonly bucket: string;
}

interface Page {
  readonly Contents: readonly { readonly Key: string }[];
  readonly IsTruncated: string;
  readonly NextMarker?: string;
}

/** Nothing is asked before it is needed: a deploy without COS never looks for its bucket. */
export function openCloud(options: CloudOptions): Cloud {
  const { vendor, keys, region, bucket } = options;
  const api = createCloudApi({
    credentials: keys,
    region,
    origin: process.env.TENCENTCLOUD_API_ORIGIN,
  });
  const cosClient = vendor.createCosClient(keys);
  let number: Promise<string> | undefined;
  let ready: Promise<unknown> | undefined;

  return {
    bucket,
    region,
    appid,
    scf: (action, parameters) => api('scf', action, parameters),
    async put(key, body) {
      ready ??= ensureBucket();
      await ready;
      await cos('putObject', {
        ...(await place()),
        Key: key,
        Body: body,
        ContentLength: body.length,
      });
    },
    get: async (key) => (await getBytes(key)).toString(),
    getBytes,
    async keys(prefix) {
      const found: string[] = [];
      let marker: string | undefined = '';
      while (marker !== undefined) {
        const page: Page | undefined = await pageAt(prefix, marker);
        if (!page) break;
        found.push(...page.Contents.map(({ Key }) => Key));
        marker = page.IsTruncated === 'true' ? page.NextMarker : undefined;
      }
      return found;
    },
  };

  function appid(): Promise<string> {
    number ??= api('cam', 'GetUserAppId', {}).then(({ AppId }) => String(AppId));
    return number;
  }

  async function place() {
    return { Bucket: `${bucket}-${await appid()}`, Region: region };
  }

  /** Undefined if there is no bucket yet. */
  async function pageAt(Prefix: string, Marker: string): Promise<Page | undefined> {
    try {
      return await cos<Page>('getBucket', { ...(await place()), Prefix, Marker });
    } catch (error) {
      if (error instanceof CloudApiError && error.code === 'NoSuchBucket') return undefined;
      throw error;
    }
  }

  async function getBytes(key: string): Promise<Buffer> {
    const { Body } = await cos<{ readonly Body: Buffer }>('getObject', {
      ...(await place()),
      Key: key,
    });
    return Body;
  }

  /** Asks for this bucket only: a sub-account may not be allowed to list all of them. */
  async function ensureBucket(): Promise<void> {
    try {
      await cos('headBucket', await place());
    } catch (error) {
      if (!(error instanceof CloudApiError) || error.code !== 'NoSuchBucket') throw error;
      await cos('putBucket', await place());
    }
  }

  function cos<T>(method: keyof CosClient, parameters: object): Promise<T> {
    return new Promise((resolve, reject) => {
      cosClient[method](parameters, (error, result) =>
        error ? reject(cosError(method, error as CosFailure)) : resolve(result as T),
      );
    });
  }
}

interface CosFailure {
  readonly statusCode?: number;
  readonly code?: string;
  readonly message?: string;
}

const COS_HINT =
  'Open COS at https://console.cloud.tencent.com/cos if nobody has yet; else let these keys use the bucket of releases (docs/deploy.md has the policy). Without COS an older state comes back by deploying its commit.';

/** The answer to HEAD has no body that could say what is missing. */
function cosError(method: string, { statusCode, code, message }: CosFailure): CloudApiError {
  const isMissing = statusCode === 404 && method === 'headBucket';
  return new CloudApiError(
    `COS ${method}`,
    isMissing ? 'NoSuchBucket' : (code ?? `HTTP ${statusCode}`),
    // COS says the same of a service that nobody has opened and of keys that may not.
    statusCode === 403 ? `${message ?? ''} ${COS_HINT}`.trim() : (message ?? ''),
  );
}

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
  keys(prefix: string): Promise<readonly string[]>;
  /** Its name without the account's number, as the API of functions wants it. */
  readonly bucket: string;
  readonly region: string;
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

/** @throws CloudApiError, also for keys that are not accepted. */
export async function openCloud(options: CloudOptions): Promise<Cloud> {
  const { vendor, keys, region, bucket } = options;
  const api = createCloudApi({
    credentials: keys,
    region,
    origin: process.env.TENCENTCLOUD_API_ORIGIN,
  });
  const cosClient = vendor.createCosClient(keys);
  const { AppId } = await api('cam', 'GetUserAppId', {});
  const place = { Bucket: `${bucket}-${AppId}`, Region: region };
  let ready: Promise<unknown> | undefined;

  return {
    bucket,
    region,
    scf: (action, parameters) => api('scf', action, parameters),
    async put(key, body) {
      ready ??= ensureBucket();
      await ready;
      await cos('putObject', { ...place, Key: key, Body: body, ContentLength: body.length });
    },
    async get(key) {
      const { Body } = await cos<{ readonly Body: Buffer }>('getObject', { ...place, Key: key });
      return Body.toString();
    },
    async keys(prefix) {
      const found: string[] = [];
      let marker: string | undefined = '';
      while (marker !== undefined) {
        const page: Page = await cos('getBucket', { ...place, Prefix: prefix, Marker: marker });
        found.push(...page.Contents.map(({ Key }) => Key));
        marker = page.IsTruncated === 'true' ? page.NextMarker : undefined;
      }
      return found;
    },
  };

  /** Asks for this bucket only: a sub-account may not be allowed to list all of them. */
  async function ensureBucket(): Promise<void> {
    try {
      await cos('headBucket', place);
    } catch (error) {
      if (!(error instanceof CloudApiError) || error.code !== 'NoSuchBucket') throw error;
      await cos('putBucket', place);
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

/** The answer to HEAD has no body that could say what is missing. */
function cosError(method: string, { statusCode, code, message }: CosFailure): CloudApiError {
  const isMissing = statusCode === 404 && method === 'headBucket';
  return new CloudApiError(
    `COS ${method}`,
    isMissing ? 'NoSuchBucket' : (code ?? `HTTP ${statusCode}`),
    message ?? '',
  );
}

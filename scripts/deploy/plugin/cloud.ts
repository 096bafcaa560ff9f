import type { Keys } from './credentials.ts';
import type { ApiClient, CosClient, Vendor } from './vendor.ts';

/** What the cloud refused, with its code. */
export class CloudError extends Error {
  readonly code: string;

  constructor(action: string, code: string, message: string) {
    super(`${action} failed: ${code}. ${message}${hint(code)}`);
    this.code = code;
  }
}

/** The account, as a deploy needs it: the API of functions, and one bucket. */
export interface Cloud {
  scf<T extends object>(action: string, parameters: object): Promise<T>;
  put(key: string, body: Buffer): Promise<void>;
  get(key: string): Promise<string>;
  keys(prefix: string): Promise<readonly string[]>;
  /** Its name without the account's number, as the API of functions wants it. */
  readonly bucket: string;
  readonly region: string;
}

export interface CloudOptions {
  readonly vendor: Vendor;
  readonly keys: Keys;
  readonly region: string;
  readonly bucket: string;
}

interface Page {
  readonly Contents: readonly { readonly Key: string }[];
  readonly IsTruncated: string;
  readonly NextMarker?: string;
}

/** @throws CloudError, also for keys that are not accepted. */
export async function openCloud(options: CloudOptions): Promise<Cloud> {
  const { vendor, keys, region, bucket } = options;
  const { secretId, secretKey, token } = keys;
  const credentials = { tencent_secret_id: secretId, tencent_secret_key: secretKey };
  const handler = new vendor.Handler({ credentials, region, token }, undefined);
  const { AppId } = await call<{ readonly AppId: number }>(handler.camClient, 'GetUserAppId', {});
  const place = { Bucket: `${bucket}-${AppId}`, Region: region };
  let ready: Promise<unknown> | undefined;

  return {
    bucket,
    region,
    scf: (action, parameters) => call(handler.scfClient, action, parameters),
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
      if (!(error instanceof CloudError) || error.code !== 'NoSuchBucket') throw error;
      await cos('putBucket', place);
    }
  }

  function cos<T>(method: keyof CosClient, parameters: object): Promise<T> {
    return new Promise((resolve, reject) => {
      handler.cosClient[method](parameters, (error, result) =>
        error ? reject(cosError(method, error as CosFailure)) : resolve(result as T),
      );
    });
  }
}

function call<T extends object>(client: ApiClient, action: string, parameters: object): Promise<T> {
  return new Promise((resolve, reject) => {
    let answer: object = {};
    const box = {
      deserialize(data: object) {
        answer = data;
      },
    };
    client.request(action, parameters, box, (error) => {
      const { code = 'no answer', message } = (error ?? {}) as { code?: string; message?: string };
      if (error) reject(new CloudError(action, code, message ?? String(error)));
      else resolve(answer as T);
    });
  });
}

interface CosFailure {
  readonly statusCode?: number;
  readonly code?: string;
  readonly message?: string;
}

/** The answer to HEAD has no body that could say what is missing. */
function cosError(method: string, { statusCode, code, message }: CosFailure): CloudError {
  const isMissing = statusCode === 404 && method === 'headBucket';
  return new CloudError(
    `COS ${method}`,
    isMissing ? 'NoSuchBucket' : (code ?? `HTTP ${statusCode}`),
    message ?? '',
  );
}

/** What to do about it, for what happens to everyone once. */
const hints: readonly (readonly [RegExp, string])[] = [
  [
    /^AuthFailure\.Signature(Failure|NotFound)|^SignatureDoesNotMatch/,
    'TENCENTCLOUD_SECRET_KEY does not belong to TENCENTCLOUD_SECRET_ID.',
  ],
  [/SecretIdNotFound|InvalidAccessKeyId/, 'There is no such TENCENTCLOUD_SECRET_ID (any more).'],
  [/SignatureExpire|RequestTimeTooSkewed/, 'The clock of this machine is wrong.'],
  [/TokenFailure|InvalidSecurity/, 'TENCENTCLOUD_SESSION_TOKEN is wrong or has ended.'],
  [/Unauthorized|AccessDenied/, 'These keys may not do that: see the policy in docs/deploy.md.'],
];

function hint(code: string): string {
  const [, text] = hints.find(([pattern]) => pattern.test(code)) ?? [];
  return text === undefined ? '' : ` ${text}`;
}

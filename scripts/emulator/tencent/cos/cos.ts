import { createHash } from 'node:crypto';
import type { CallRecord } from '../api/dispatch.ts';
import { TEMPORARY } from '../cloud/bucket.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { CloudError } from '../cloud/error.ts';
import { doubtCos } from '../protocol/cos-signature.ts';
import type { WireRequest } from '../protocol/request.ts';
import type { CosAnswer } from './answer.ts';
import { partOperation, partOperations } from './multipart.ts';

interface Target {
  readonly bucket: string;
  readonly key: string;
  readonly prefix: string;
  readonly body: Buffer;
}

const statuses: Readonly<Record<string, number>> = {
  NoSuchBucket: 404,
  NoSuchKey: 404,
  BucketAlreadyOwnedByYou: 409,
  NotImplemented: 501,
  ServiceUnavailable: 503,
};

/** What a request to COS asks for; it says so by method, host and path alone. */
export function answerCos(
  cloud: Cloud,
  request: WireRequest,
  record: (call: CallRecord) => void,
): CosAnswer {
  const url = new URL(request.url, `https://${request.host}`);
  const target: Target = {
    bucket: request.host.split('.')[0] ?? '',
    key: decodeURIComponent(url.pathname.slice(1)),
    prefix: url.searchParams.get('prefix') ?? '',
    body: request.body,
  };
  const inParts = partOperation(request.method, url.searchParams);
  const name = inParts ?? actionOf(request.method, target);
  const { bucket, key, prefix } = target;
  const { authorization = '' } = request.headers;
  const call = { action: `cos.${name}`, parameters: { bucket, key, prefix } };
  try {
    const secretId = /q-ak=([^&]+)/.exec(authorization)?.[1];
    const principal = cloud.access.principalOf(secretId);
    const isLent = TEMPORARY.test(bucket) && cloud.buckets.lentSignatures.has(authorization);
    const doubt = isLent ? undefined : doubtCos(request, principal.keys, cloud.now());
    if (isLent && !cloud.buckets.has(bucket)) cloud.buckets.create(bucket);
    if (doubt) throw new CloudError(doubt, 'The request is not signed as it should be.');
    const { appid } = cloud.account;
    const region = request.host.split('.')[2] ?? '';
    const resource = `qcs::cos:${region}:uid/${appid}:${bucket}/${key}`;
    // A lent signature is the permission for its one place.
    if (!isLent) cloud.access.demand(principal, { action: `cos:${name}`, resource });
    if (!cloud.conditions.isObjectStorageOpen) {
      throw new CloudError('AccessDenied', 'COS has not been opened in this account.');
    }
    cloud.faults.check(name, call.parameters);
    const answer = inParts
      ? partOperations[inParts]?.(cloud, {
          ...target,
          uploadId: url.searchParams.get('uploadId') ?? '',
          partNumber: Number(url.searchParams.get('partNumber')),
        })
      : actions[name]?.(cloud, target);
    if (!answer) throw new CloudError('NotImplemented', `COS here has no ${name}.`);
    record(call);
    return answer;
  } catch (error) {
    const { code, message } =
      error instanceof CloudError ? error : new CloudError('InternalError', String(error));
    record({ ...call, error: code });
    const body = xml(`<Error><Code>${code}</Code><Message>${text(message)}</Message></Error>`);
    return { status: statuses[code] ?? 403, body };
  }
}

function actionOf(method: string, { key }: Target): string {
  const noun = key === '' ? 'Bucket' : 'Object';
  return `${method[0] ?? ''}${method.slice(1).toLowerCase()}${noun}`;
}

const actions: Readonly<Record<string, (cloud: Cloud, target: Target) => CosAnswer>> = {
  HeadBucket({ buckets }, { bucket }) {
    mustBe(buckets.has(bucket), 'NoSuchBucket', bucket);
    return { status: 200, body: '' };
  },
  PutBucket({ account, buckets }, { bucket }) {
    if (buckets.has(bucket)) throw new CloudError('BucketAlreadyOwnedByYou', bucket);
    if (!bucket.endsWith(`-${account.appid}`)) throw new CloudError('InvalidBucketName', bucket);
    buckets.create(bucket);
    return { status: 200, body: '' };
  },
  GetBucket({ buckets }, { bucket, prefix }) {
    mustBe(buckets.has(bucket), 'NoSuchBucket', bucket);
    const list = buckets
      .keys(bucket, prefix)
      .map((key) => `<Contents><Key>${text(key)}</Key></Contents>`);
    return ok(
      `<ListBucketResult><Name>${text(bucket)}</Name><Prefix>${text(prefix)}</Prefix>${list.join('')}<IsTruncated>false</IsTruncated></ListBucketResult>`,
    );
  },
  PutObject({ buckets }, { bucket, key, body }) {
    mustBe(buckets.has(bucket), 'NoSuchBucket', bucket);
    buckets.put(bucket, key, body);
    return { status: 200, body: '', etag: `"${createHash('md5').update(body).digest('hex')}"` };
  },
  GetObject({ buckets }, { bucket, key }) {
    const found = buckets.get(bucket, key);
    if (!found) throw new CloudError('NoSuchKey', key);
    return { status: 200, body: found };
  },
};

function mustBe(isTrue: boolean, code: string, message: string): void {
  if (!isTrue) throw new CloudError(code, message);
}

function ok(body: string): CosAnswer {
  return { status: 200, body: xml(body) };
}

function xml(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${body}`;
}

function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

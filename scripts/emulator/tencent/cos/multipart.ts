import { createHash, randomUUID } from 'node:crypto';
import type { Cloud } from '../cloud/cloud.ts';
import { CloudError } from '../cloud/error.ts';
import type { CosAnswer } from './answer.ts';

/** A request about an upload in parts. https://cloud.tencent.com/document/product/436/7746 */
export interface PartRequest {
  readonly bucket: string;
  readonly key: string;
  readonly body: Buffer;
  readonly uploadId: string;
  readonly partNumber: number;
}

type Operation = (cloud: Cloud, request: PartRequest) => CosAnswer;

/** The operation by the method and the parameters that tell uploads in parts from all else. */
export function partOperation(method: string, query: URLSearchParams): string | undefined {
  if (query.has('uploads')) {
    return method === 'POST' ? 'InitiateMultipartUpload' : 'ListMultipartUploads';
  }
  if (!query.has('uploadId')) return undefined;
  if (method === 'PUT') return 'UploadPart';
  return method === 'POST' ? 'CompleteMultipartUpload' : 'ListParts';
}

export const partOperations: Readonly<Record<string, Operation>> = {
  /** Uploads under way elsewhere are none of the asker's. */
  ListMultipartUploads: (_, { bucket }) =>
    ok(
      `<ListMultipartUploadsResult><Bucket>${bucket}</Bucket><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>`,
    ),
  InitiateMultipartUpload({ buckets }, { bucket, key }) {
    const id = randomUUID();
    buckets.uploads.set(id, new Map());
    return ok(
      `<InitiateMultipartUploadResult><Bucket>${bucket}</Bucket><Key>${key}</Key><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
    );
  },
  UploadPart(cloud, { uploadId, partNumber, body }) {
    partsOf(cloud, uploadId).set(partNumber, body);
    return { status: 200, body: '', etag: etagOf(body) };
  },
  ListParts(cloud, { bucket, key, uploadId }) {
    const parts = [...partsOf(cloud, uploadId)].map(
      ([number, body]) =>
        `<Part><PartNumber>${number}</PartNumber><ETag>${etagOf(body)}</ETag><Size>${body.length}</Size></Part>`,
    );
    return ok(
      `<ListPartsResult><Bucket>${bucket}</Bucket><Key>${key}</Key><UploadId>${uploadId}</UploadId><IsTruncated>false</IsTruncated>${parts.join('')}</ListPartsResult>`,
    );
  },
  CompleteMultipartUpload(cloud, { bucket, key, uploadId }) {
    const parts = [...partsOf(cloud, uploadId)].sort(([a], [b]) => a - b).map(([, body]) => body);
    const whole = Buffer.concat(parts);
    cloud.buckets.put(bucket, key, whole);
    cloud.buckets.uploads.delete(uploadId);
    return ok(
      `<CompleteMultipartUploadResult><Bucket>${bucket}</Bucket><Key>${key}</Key><ETag>${etagOf(whole)}</ETag></CompleteMultipartUploadResult>`,
    );
  },
};

function partsOf({ buckets }: Cloud, uploadId: string): Map<number, Buffer> {
  const found = buckets.uploads.get(uploadId);
  if (!found) throw new CloudError('NoSuchUpload', uploadId);
  return found;
}

function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

function ok(body: string): CosAnswer {
  return { status: 200, body: `<?xml version="1.0" encoding="UTF-8"?>${body}` };
}

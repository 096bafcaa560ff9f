import { randomUUID } from 'node:crypto';
import { readForm } from '../../multipart.ts';
import type { Clock } from '../clock.ts';
import type { Environment } from '../environment.ts';
import { decodePlace, decodeStep, type Place, plainPlace } from './places.ts';
import type { Tickets } from './tickets.ts';

export interface StorageRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Buffer;
}

export interface StorageAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer | string;
}

export interface StorageWorld {
  readonly environments: ReadonlyMap<string, Environment>;
  readonly tickets: Tickets;
  readonly clock: Clock;
}

/** Where files are put (by PUT, or by a form) and fetched; COS answers in XML. */
export async function answerStorage(
  world: StorageWorld,
  request: StorageRequest,
): Promise<StorageAnswer> {
  const place = decodePlace(request.url.pathname);
  const environment = place && world.environments.get(place.envId);
  if (!place || !environment) return xmlError(404, 'NoSuchBucket', 'The bucket does not exist.');
  if (request.method === 'PUT') return upload(world, environment, place, readPut(request));
  if (request.method === 'POST') return upload(world, environment, place, await readPost(request));
  return download(world, environment, place, request.url);
}

interface Upload {
  readonly key: string;
  readonly authorization: string;
  readonly bytes: Buffer | undefined;
}

function readPut({ headers, bytes }: StorageRequest): Upload {
  const { key = '', authorization = '' } = headers;
  return { key: decodeStep(key), authorization, bytes };
}

async function readPost({ headers, bytes }: StorageRequest): Promise<Upload> {
  const parts = await readForm(headers['content-type'] ?? '', bytes);
  const part = (name: string) => {
    const found = parts?.find((other) => other.name === name);
    return found && Buffer.from(found.bytes);
  };
  return {
    key: part('key')?.toString('utf8') ?? '',
    authorization: part('Signature')?.toString('utf8') ?? '',
    bytes: part('file'),
  };
}

function upload(
  { tickets, clock }: StorageWorld,
  { files }: Environment,
  place: Place,
  { key, authorization, bytes }: Upload,
): StorageAnswer {
  const [ticket = '', expires = ''] = authorization.split(';');
  if (!tickets.isValid('put', plainPlace(place), Number(expires), ticket)) {
    return xmlError(403, 'SignatureDoesNotMatch', 'The signature does not match.');
  }
  if (clock.now() > Number(expires)) {
    return xmlError(403, 'AccessDenied', 'Request has expired.');
  }
  if (key !== place.cloudPath || !bytes) {
    return xmlError(400, 'InvalidArgument', 'The key or the file is missing.');
  }
  files.put(place.cloudPath, bytes);
  return { status: 200, contentType: 'application/xml', body: '' };
}

function download(
  { tickets, clock }: StorageWorld,
  { files }: Environment,
  place: Place,
  { searchParams }: URL,
): StorageAnswer {
  const expires = Number(searchParams.get('t'));
  const ticket = searchParams.get('sign') ?? '';
  if (!tickets.isValid('get', plainPlace(place), expires, ticket) || clock.now() > expires) {
    return xmlError(403, 'AccessDenied', 'The signature is wrong or has expired.');
  }
  const body = files.get(place.cloudPath);
  if (!body) return xmlError(404, 'NoSuchKey', 'The specified key does not exist.');
  return { status: 200, contentType: 'application/octet-stream', body };
}

/** All four elements: the SDK cannot read an error that lacks one. */
function xmlError(status: number, code: string, message: string): StorageAnswer {
  const [requestId, traceId] = [randomUUID(), randomUUID()];
  const body =
    `<?xml version='1.0' encoding='utf-8' ?><Error><Code>${code}</Code><Message>${message}</Message>` +
    `<RequestId>${requestId}</RequestId><TraceId>${traceId}</TraceId></Error>`;
  return { status, contentType: 'application/xml', body };
}

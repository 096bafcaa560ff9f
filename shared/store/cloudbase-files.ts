import type { IncomingMessage } from 'node:http';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { startTimeLimit, TimeLimitError, withinTime } from '../kernel/time-limit.ts';
import { cloudbaseVerdict, reasonFor } from './cloudbase-failure.ts';
import type { Credentials } from './credentials.ts';
import { failure, reasonOf } from './failure.ts';
import type { FileStore } from './file-store.ts';
import type { Driver } from './sdk/driver.ts';
import type { StorageLink, UploadTicket } from './storage-link.ts';

export interface CloudbaseFilesOptions {
  readonly envId: string;
  /** Called before every operation, because SCF renews the credentials of a running instance. */
  readonly credentials: () => Credentials | undefined;
  /** The address of an emulator, in place of the service's own. */
  readonly serviceUrl?: string | undefined;
  readonly clock: Clock;
  /** The SDK to use; default: the one that the build has put behind `#store-driver`. */
  readonly driver?: () => Promise<Driver>;
}

/** Limit of one request to the service. */
const ASK_MS = 5_000;
/** Limit of a whole file, in either direction. */
const FILE_MS = 30_000;

/** The storage of a CloudBase environment. */
export function createCloudbaseFiles(options: CloudbaseFilesOptions): FileStore {
  const { envId, serviceUrl, clock } = options;
  const load = options.driver ?? (() => import('#store-driver'));

  return {
    async *read(fileId, { isElsewhere } = { isElsewhere: false }) {
      if (!isElsewhere && !fileId.startsWith(`cloud://${envId}.`)) {
        throw new AppError(
          'invalid',
          'This file is of another environment. If that is meant, say so: "elsewhere": true beside the fileId.',
        );
      }
      const url = await ask('find a file', async (storage) => storage.url(fileId));
      if (!url) throw new AppError('not_found', 'There is no file with this id in the storage.');
      const limit = startLimit();
      try {
        // The SDKs encode the address as it is here.
        const target = new URL(encodeURI(url));
        const response = await send(target, { method: 'GET', signal: limit.signal });
        if (response.statusCode !== 200) throw refused(response);
        yield* response as AsyncIterable<Uint8Array>;
      } catch (error) {
        throw asFailure(error, 'read a file', limit.signal);
      } finally {
        limit.end();
      }
    },

    async write(path, bytes) {
      const ticket = await ask('store a file', async (storage) => storage.ticket(path));
      const limit = startLimit();
      try {
        const response = await put(ticket, bytes, limit.signal);
        response.destroy();
        if (response.statusCode !== 200) throw refused(response);
        return ticket.fileId;
      } catch (error) {
        throw asFailure(error, 'store a file', limit.signal);
      } finally {
        limit.end();
      }
    },
  };

  async function ask<R>(operation: string, question: (storage: StorageLink) => Promise<R>) {
    const credentials = options.credentials();
    if (!credentials) throw failure(cloudbaseVerdict('credentials_missing'), { operation });
    try {
      const { connectStorage } = await load();
      const { secretId, secretKey, sessionToken } = credentials;
      const storage = connectStorage({
        envId,
        serviceUrl,
        timeoutMs: ASK_MS,
        secretId,
        secretKey: secretKey.reveal(),
        sessionToken: sessionToken?.reveal(),
      });
      return await withinTime(clock, ASK_MS, () => question(storage));
    } catch (error) {
      throw failure(cloudbaseVerdict(reasonFor(error)), { operation, isHarmless: true }, error);
    }
  }

  function startLimit() {
    return startTimeLimit(clock, FILE_MS, () => new TimeLimitError(FILE_MS));
  }
}

interface Sending {
  readonly method: string;
  readonly signal: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: readonly (string | Uint8Array)[];
}

function put(
  { method, url, headers, before, after }: UploadTicket,
  bytes: Uint8Array,
  signal: AbortSignal,
) {
  const body = [before, bytes, after].filter((part) => part.length > 0);
  const length = body.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  const all = { ...headers, 'content-length': String(length) };
  return send(new URL(url), { method, signal, headers: all, body });
}

/** Over a connection of its own: a kept one may have died while the instance was frozen. */
async function send(url: URL, { method, signal, headers = {}, body = [] }: Sending) {
  // To load either costs a cold start some 5 ms, and most instances carry no file.
  const loading = url.protocol === 'http:' ? import('node:http') : import('node:https');
  const { request } = await loading;
  return new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = request(url, { method, signal, headers, agent: false }, resolve);
    outgoing.on('error', reject);
    for (const part of body) outgoing.write(part);
    outgoing.end();
  });
}

function refused(response: IncomingMessage): Error {
  const { statusCode = 0 } = response;
  response.destroy();
  return Object.assign(new Error(`The storage answered ${statusCode}.`), { statusCode });
}

function asFailure(error: unknown, operation: string, signal: AbortSignal): unknown {
  if (reasonOf(error)) return error;
  const reason = signal.aborted ? 'time_limit' : reasonFor(error);
  return failure(cloudbaseVerdict(reason), { operation }, error);
}

import { randomUUID } from 'node:crypto';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listenOnLoopback } from '../loopback.ts';
import { type CallRecord, dispatch } from './api/dispatch.ts';
import type { Cloud } from './cloud/cloud.ts';
import { answerCos } from './cos/cos.ts';
import type { WireRequest } from './protocol/request.ts';

const API = /^[a-z]+(\.[a-z-]+\d*)?\.tencentcloudapi\.com$/;
const COS = /\.(myqcloud\.com|tencentcos\.cn)$/;
/** Where the CLIs report to. They do without an answer, so it must not matter that none comes. */
const TELEMETRY = /(^|\.)(beacon\.qq\.com|serverless-platform\.com)$/;

/** Every host of Tencent's, told apart by the Host header. @throws Error if the port is taken. */
export async function startServer(
  cloud: Cloud,
  port: number,
  record: (call: CallRecord) => void,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const host = (request.headers.host ?? '').split(':')[0] ?? '';
    serve(host, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  const { port: bound, close } = await listenOnLoopback(server, port);

  return {
    port: bound,
    close,
  };

  async function serve(
    host: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const address = addressOf(cloud, host, request.url ?? '/');
    if (address) return pass(address, request, response);
    const wire: WireRequest = {
      method: request.method ?? 'GET',
      host,
      url: request.url ?? '/',
      headers: request.headers as WireRequest['headers'],
      body: await buffer(request),
    };
    if (API.test(host)) {
      const answer = JSON.stringify(await dispatch(cloud, wire, record));
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
    } else if (COS.test(host)) {
      const { status, body, etag } = answerCos(cloud, wire, record);
      response.writeHead(status, {
        'content-type': 'application/xml',
        'content-length': Buffer.byteLength(body),
        // Without it the SDK takes the answer for somebody else's and tries another host.
        'x-cos-request-id': randomUUID(),
        ...(etag ? { etag } : {}),
      });
      response.end(body);
    } else {
      const kind = TELEMETRY.test(host) ? 'telemetry' : 'unknown';
      record({ action: `${kind}.${host}`, parameters: { url: wire.url }, error: 'NoSuchHost' });
      response.writeHead(404).end();
    }
  }
}

/** Passes a request on to the gateway of the functions, as it is but for its path. */
function pass(address: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', headers } = request;
  return new Promise((resolve, reject) => {
    const onward = httpRequest(address, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response).on('finish', resolve);
    });
    onward.on('error', reject);
    request.pipe(onward);
  });
}

/** Where on this machine a request goes that a function answers; undefined if none does. */
function addressOf(cloud: Cloud, host: string, url: string): string | undefined {
  const own = cloud.functions.addressOf(host, url);
  if (own) return own;
  const { pathname } = new URL(url, `https://${host}`);
  const endpoint = cloud.domains.endpointOf(host, pathname);
  if (endpoint) {
    return `${cloud.runtime.scf(endpoint.Namespace).url}/${endpoint.FunctionName}${url}`;
  }
  const found = cloud.environments.routeOf(host, pathname);
  return found && `${cloud.runtime.scf(found.envId).url}${found.path}${url.slice(found.cut)}`;
}

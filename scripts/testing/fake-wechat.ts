import { createLog } from '../../shared/kernel/log.ts';
import { Secret } from '../../shared/kernel/secret.ts';
import { type Api, createClient, type Transport } from '../../shared/wechat/client/index.ts';
import { createFakeClock } from './fake-clock.ts';
import { gather, responseOf } from './fetch-transport.ts';

/** One request as it reached WeChat. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** Without the token. */
  readonly query: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly body: Buffer;
  /** The body, if it is JSON. */
  readonly json: unknown;
}

/** A file for an answer, in the pieces in which it arrives; one that throws is a broken connection. */
export interface FakeFile {
  readonly contentType: string;
  readonly fileName?: string;
  readonly length?: number;
  readonly chunks: () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

type Answer = object | FakeFile;
export type Answers = Readonly<Record<string, Answer | ((request: SeenRequest) => Answer)>>;

/**
 * The real client over a network that is a table: what WeChat answers on each path. A path that is
 * not in it fails the test.
 */
export function createFakeWechat(answers: Answers = {}): {
  readonly api: Api;
  readonly requests: readonly SeenRequest[];
} {
  const requests: SeenRequest[] = [];
  const transport: Transport = async ({ method, url, headers, body }) => {
    const { pathname, searchParams } = new URL(url);
    searchParams.delete('access_token');
    const bytes = await gather(body);
    const contentType = headers['content-type'] ?? '';
    const request = {
      method,
      path: pathname,
      query: Object.fromEntries(searchParams),
      contentType,
      body: bytes,
      json: contentType === 'application/json' ? JSON.parse(bytes.toString()) : undefined,
    };
    requests.push(request);
    const answer = answers[pathname];
    if (!answer) throw new Error(`The test has no answer for ${pathname}.`);
    return respond(typeof answer === 'function' ? answer(request) : answer);
  };
  const token = new Secret('TOKEN');
  const api = createClient({
    transport,
    baseUrl: 'https://api.weixin.qq.com',
    token: { get: async () => token, reject: async () => token },
    clock: createFakeClock(),
    random: () => 0.5,
    log: createLog({ write: () => {}, now: () => 0 }),
  });
  return { api, requests };
}

function respond(answer: Answer) {
  const file = isFile(answer) ? answer : jsonFile(answer);
  const headers: Record<string, string | undefined> = {
    'content-type': file.contentType,
    'content-disposition': file.fileName && `attachment; filename="${file.fileName}"`,
    'content-length': file.length?.toString(),
  };
  return responseOf({ header: (name) => headers[name], chunks: file.chunks() });
}

function jsonFile(value: object): FakeFile {
  return { contentType: 'application/json', chunks: () => [Buffer.from(JSON.stringify(value))] };
}

const isFile = (answer: Answer): answer is FakeFile => 'chunks' in answer;

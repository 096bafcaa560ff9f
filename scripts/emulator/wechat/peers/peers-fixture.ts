import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, test } from '@jest/globals';
import { installOnce } from '../../../install.mjs';
import { createWechatApi, type ListeningApi } from '../api.ts';
import { account } from '../api-fixture.ts';
import { files } from '../content-fixture.ts';
import type { PushMode } from '../push/account.ts';
import { createPush } from '../push/push.ts';

const problem = installOnce(import.meta.dirname, 'the public SDKs of the emulator tests (once)');
if (problem && process.env.CI) throw new Error(problem);
if (problem) console.warn(`The public SDKs are not tested: ${problem}`);

/** A test that needs the SDKs. Without a registry it is skipped, loudly; in CI that is a failure. */
export const flow = problem ? test.skip : test;
/** Loads a package of this folder. */
export const load = createRequire(import.meta.url);

export type Method = (...args: unknown[]) => unknown;
export type Client = Record<string, Method>;
export type Answer = Record<string, unknown>;

/** Calls a method that promises its answer. */
export const ask = async (client: Client, name: string, ...args: unknown[]) =>
  (await methodOf(client, name)(...args)) as Answer;

/** Calls a method that takes a callback. */
export const call = (client: Client, name: string, ...args: unknown[]) =>
  new Promise<Answer>((resolve, reject) => {
    const done = (error: unknown, answer: Answer) => (error ? reject(error) : resolve(answer));
    methodOf(client, name)(...args, done);
  });

export function methodOf(client: Client, name: string): Method {
  const method = client[name];
  if (!method) throw new Error(`The SDK has no ${name}`);
  return method.bind(client);
}

/** WeChat's hosts that SDKs ask. */
const HOST = /^https?:\/\/(?:api|mp)\.weixin\.qq\.com\//;

/** A listening emulator with the follower oAnn and the visitor oVisitor, for the tests of one file. */
export function usePeers() {
  const emulator = createWechatApi({ account, now: Date.now });
  const folder = mkdtempSync(path.join(tmpdir(), 'peers-'));
  const picture = path.join(folder, 'picture.jpg');
  let server: ListeningApi;

  beforeAll(async () => {
    writeFileSync(picture, files.jpeg);
    server = await emulator.listen(0);
    const put = (name: string, body: object) =>
      emulator.fetch(`${server.url}/emulator/${name}`, {
        method: 'PUT',
        body: JSON.stringify(body),
      });
    await put('followers/oAnn', { isFollowing: true });
    await put('visitor', { openid: 'oVisitor', nickname: 'Eve' });
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  /** The emulator's address in place of WeChat's. No SDK gets past this machine. */
  function toEmulator(url: string): string {
    if (!HOST.test(url)) throw new Error(`${new URL(url).host} is not WeChat's API`);
    return url.replace(HOST, `${server.url}/`);
  }

  /** What the OAuth page leads back with. */
  async function codeFrom(page: string): Promise<string> {
    const { headers } = await emulator.fetch(page);
    return new URL(headers.get('location') ?? '').searchParams.get('code') ?? '';
  }

  return { emulator, folder, picture, toEmulator, codeFrom };
}

export interface Received {
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Pushes one text of oAnn to a callback that an SDK answers. */
export async function pushTo(
  mode: PushMode,
  answer: (received: Received) => Promise<string> | string,
) {
  const server: Server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const reply = text(request).then((body) =>
      answer({ query: Object.fromEntries(searchParams), body }),
    );
    reply.then(
      (said) => response.end(said),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const push = createPush({
      account: { ...account, mode },
      callbackUrl: `http://127.0.0.1:${port}/`,
      now: Date.now,
      deliveries: 1,
    });
    const check = await push.verifyUrl();
    return { check, ...(await push.send({ openid: 'oAnn', type: 'text', Content: '在吗 <a>' })) };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

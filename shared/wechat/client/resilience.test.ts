import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { CallerOptions } from './index.ts';
import {
  closedUrl,
  createTestClient,
  type Loopback,
  type LoopbackReply,
  reset,
  silence,
  startLoopback,
  text,
} from './loopback.test-helper.ts';

const servers: Loopback[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(...replies: LoopbackReply[]) {
  const server = await startLoopback(...replies);
  servers.push(server);
  return server;
}

async function prepare(replies: LoopbackReply[], overrides: Partial<CallerOptions> = {}) {
  const server = await serve(...replies);
  return { server, ...createTestClient(server.url, overrides) };
}

const ok = { errcode: 0, errmsg: 'ok' };
const busy = { errcode: -1, errmsg: 'system error' };
const stale = { errcode: 40001, errmsg: 'invalid credential' };
const message = { touser: 'o1', msgtype: 'text', text: { content: 'x' } } as const;

describe('a stale token', () => {
  test.each([40001, 40014, 42001])(
    '(%d) is renewed and the call repeated, once',
    async (errcode) => {
      const { api, server, token, lines } = await prepare([{ errcode, errmsg: 'x' }, ok]);

      await api.customerService.send(message);

      expect(server.received.map(({ query }) => query.access_token)).toEqual([
        'token-1',
        'token-2',
      ]);
      expect(token.refused).toEqual(['token-1']);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain('token_stale');
    },
  );

  test('that is stale again is an error', async () => {
    const { api, server, token } = await prepare([stale]);

    await expect(api.menu.get()).rejects.toMatchObject({ errcode: 40001, class: 'token_stale' });
    expect(server.received).toHaveLength(2);
    expect(token.refused).toEqual(['token-1']);
  });

  test('under fifty calls at once fails none of them', async () => {
    const { api, token } = await prepare([
      (response, _, { query }) => {
        response.end(JSON.stringify(query.access_token === 'token-1' ? stale : ok));
      },
    ]);

    const calls = Array.from({ length: 50 }, () => api.customerService.send(message));

    expect(await Promise.all(calls)).toEqual(Array(50).fill(ok));
    expect(token.refused).toEqual(['token-1']);
  });

  test('repeats an upload from the start of its stream', async () => {
    const { api, server } = await prepare([stale, { url: 'http://x' }]);
    const open = async function* () {
      yield Buffer.from('abc');
    };

    await api.media.uploadImage({
      media: { fileName: 'a.png', contentType: 'image/png', open, length: 3 },
    });

    expect(server.received).toHaveLength(2);
    expect(server.received[1]?.body.toString()).toContain('\r\n\r\nabc\r\n--');
  });

  test('is no matter of the token when the AppSecret was sent', async () => {
    const { api, server, token } = await prepare([stale]);

    const attempt = api.token.get({ grant_type: 'client_credential', appid: 'a', secret: 's' });

    await expect(attempt).rejects.toMatchObject({ class: 'configuration' });
    expect(server.received).toHaveLength(1);
    expect(token.refused).toEqual([]);
  });
});

describe('a transient failure', () => {
  test.each([
    ['-1', busy],
    ['HTTP 502', text('', 'text/html', 502)],
    ['HTML', text('<html>')],
  ])('(%s) of a repeatable call is repeated with growing pauses', async (_, failure) => {
    const { api, server, clock, nextLine } = await prepare([failure, failure, { tags: [] }]);

    const first = nextLine();
    const call = api.tag.list();
    await first;
    await clock.advance(199);
    expect(server.received).toHaveLength(1);
    const second = nextLine();
    await clock.advance(1);
    await second;
    await clock.advance(800);

    expect(await call).toEqual({ tags: [] });
    expect(server.received).toHaveLength(3);
    expect(clock.pending).toBe(0);
  });

  test('is given up after three tries', async () => {
    const { api, server, clock, nextLine } = await prepare([busy]);

    const first = nextLine();
    const call = api.tag.list().catch((error: unknown) => error);
    await first;
    const second = nextLine();
    await clock.advance(200);
    await second;
    await clock.advance(800);

    expect(await call).toMatchObject({ errcode: -1 });
    expect(server.received).toHaveLength(3);
  });

  test('is given up at once when the pause would outlast the time', async () => {
    const { api, server } = await prepare([busy]);

    await expect(api.tag.list(undefined, { timeoutMs: 150 })).rejects.toMatchObject({
      errcode: -1,
    });
    expect(server.received).toHaveLength(1);
  });

  test('of a send is not repeated, since it may have been sent', async () => {
    const { api, server } = await prepare([busy]);

    await expect(api.customerService.send(message)).rejects.toMatchObject({ errcode: -1 });
    expect(server.received).toHaveLength(1);
  });

  test('of a send with a key is repeated', async () => {
    const { api, server, clock, nextLine } = await prepare([busy, { ...ok, msgid: 1 }]);

    const line = nextLine();
    const call = api.template.send({
      touser: 'o1',
      template_id: 't',
      data: { thing1: { value: 'x' } },
      client_msg_id: 'c1',
    });
    await line;
    await clock.advance(200);

    expect(await call).toMatchObject({ msgid: '1' });
    expect(server.received).toHaveLength(2);
  });

  test('that passes in a minute waits for it only if there is time', async () => {
    const slow = { errcode: 45011, errmsg: 'api minute-quota reach limit' };
    const { api, server, clock, nextLine } = await prepare([slow, slow, { tags: [] }]);

    await expect(api.tag.list()).rejects.toMatchObject({ code: 'rate_limited', errcode: 45011 });
    const line = nextLine();
    const call = api.tag.list(undefined, { timeoutMs: 120_000 });
    await line;
    await clock.advance(60_000);
    expect(server.received).toHaveLength(2);
    await clock.advance(200);

    expect(await call).toEqual({ tags: [] });
  });

  test.each([40003, 40164, 45009, 47001])('(not %d) is the only kind repeated', async (errcode) => {
    const { api, server } = await prepare([{ errcode, errmsg: 'x' }]);

    await expect(api.tag.list()).rejects.toMatchObject({ errcode });
    expect(server.received).toHaveLength(1);
  });
});

describe('a host that cannot be reached', () => {
  test('gives way to the next for any call, since nothing was sent', async () => {
    const server = await serve(ok);
    const { api } = createTestClient(await closedUrl(), {
      fallbackUrls: [await closedUrl(), server.url],
    });

    await api.customerService.send(message);

    expect(server.received).toHaveLength(1);
  });

  test('that drops the connection gives way for repeatable calls', async () => {
    const dropping = await serve(reset);
    const server = await serve({ tags: [] });
    const { api } = createTestClient(dropping.url, { fallbackUrls: [server.url] });

    expect(await api.tag.list()).toEqual({ tags: [] });
    expect([dropping.received.length, server.received.length]).toEqual([1, 1]);
  });

  test('that drops the connection fails a send, which may have arrived', async () => {
    const dropping = await serve(reset);
    const server = await serve(ok);
    const { api } = createTestClient(dropping.url, { fallbackUrls: [server.url] });

    await expect(api.customerService.send(message)).rejects.toMatchObject({
      code: 'upstream',
      details: { reason: 'ECONNRESET', outcome: 'unknown' },
    });
    expect(server.received).toEqual([]);
  });

  test('gives way when there is no TLS to be had', async () => {
    const plain = await serve(ok);
    const server = await serve(ok);
    const { api } = createTestClient(plain.url.replace('http:', 'https:'), {
      fallbackUrls: [server.url],
    });

    await api.customerService.send(message);

    expect(plain.received).toEqual([]);
    expect(server.received).toHaveLength(1);
  });

  test('is tried again after a pause when no host is left', async () => {
    const url = await closedUrl();
    const { api, clock, nextLine } = createTestClient(url);

    const first = nextLine();
    const call = api.customerService.send(message).catch((error: unknown) => error);
    await first;
    const second = nextLine();
    await clock.advance(200);
    await second;
    await clock.advance(800);

    expect(await call).toMatchObject({
      code: 'upstream',
      details: { reason: 'ECONNREFUSED', outcome: 'refused' },
    });
    expect(clock.pending).toBe(0);
  });
});

describe('a connection', () => {
  test('is used again', async () => {
    const { api, server } = await prepare([{ tags: [] }]);

    await api.tag.list();
    await api.tag.list();

    expect(server.connections).toBe(1);
  });

  test('that died unnoticed costs a repeatable call nothing but one more', async () => {
    const { api, server, lines } = await prepare([{ tags: [] }, reset, { tags: [] }]);

    await api.tag.list();
    expect(await api.tag.list()).toEqual({ tags: [] });

    expect(server.connections).toBe(2);
    expect(lines[0]).toContain('dead_connection');
  });

  test('that was used before is never used for a send', async () => {
    const { api, server } = await prepare([{ tags: [] }, ok]);

    await api.tag.list();
    await api.customerService.send(message);
    await api.customerService.send(message);

    expect(server.connections).toBe(3);
  });

  test('that was idle for long, as after a thaw, is not trusted', async () => {
    const { api, server, clock } = await prepare([{ tags: [] }]);

    await api.tag.list();
    await clock.advance(15_001);
    await api.tag.list();

    expect(server.connections).toBe(2);
    expect(server.received).toHaveLength(2);
  });
});

describe('the time', () => {
  test('ends a call that is not answered', async () => {
    let arrived = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { api, clock } = await prepare([() => arrived()]);

    const call = api.tag.list().catch((error: unknown) => error);
    await arrival;
    await clock.advance(10_000);

    expect(await call).toMatchObject({
      code: 'timeout',
      message: 'tag.list: WeChat did not answer within 10000 ms.',
      details: { outcome: 'unknown' },
    });
    expect(clock.pending).toBe(0);
  });

  test('ends a call whose answer stalls half-way', async () => {
    let halfSent = () => {};
    const half = new Promise<void>((resolve) => {
      halfSent = resolve;
    });
    const { api, clock } = await prepare([(response) => response.write('{"tags":', halfSent)]);

    const call = api.tag.list(undefined, { timeoutMs: 500 }).catch((error: unknown) => error);
    await half;
    await clock.advance(500);

    expect(await call).toMatchObject({ code: 'timeout' });
    expect(clock.pending).toBe(0);
  });

  test('ends a file that stalls half-way', async () => {
    const { api, clock } = await prepare([
      (response) => {
        response.writeHead(200, { 'content-type': 'image/jpeg' }).write('x');
      },
    ]);

    const file = await api.media.getVoice({ media_id: 'M' });
    const reading = (async () => {
      for await (const _ of file.stream);
    })().catch((error: unknown) => error);
    await clock.advance(10_000);

    expect(await reading).toMatchObject({ code: 'timeout' });
    expect(clock.pending).toBe(0);
  });

  test('ends the wait for a token', async () => {
    const never = new Promise<never>(() => {});
    const { api, clock, server } = await prepare([ok], {
      token: { get: () => never, reject: () => never },
    });

    const call = api.menu.delete().catch((error: unknown) => error);
    await clock.advance(10_000);

    expect(await call).toMatchObject({ code: 'timeout' });
    expect(server.received).toEqual([]);
  });

  test('ends a pause', async () => {
    const { api, clock, nextLine } = await prepare([busy], { random: () => 0.9 });
    const controller = new AbortController();

    const line = nextLine();
    const call = api.tag.list(undefined, { signal: controller.signal }).catch((e: unknown) => e);
    await line;
    controller.abort(new Error('enough'));

    expect(await call).toMatchObject({ message: 'enough' });
    expect(clock.pending).toBe(0);
  });

  test("is the caller's own to end", async () => {
    const { api, clock, server } = await prepare([silence]);
    const controller = new AbortController();
    const reason = new Error('the handler is over');

    const call = api.menu.delete(undefined, { signal: controller.signal });
    controller.abort(reason);

    await expect(call).rejects.toBe(reason);
    await expect(api.menu.delete(undefined, { signal: controller.signal })).rejects.toBe(reason);
    expect(server.received.length).toBeLessThan(2);
    expect(clock.pending).toBe(0);
  });
});

describe('a big upload', () => {
  const CHUNK = Buffer.alloc(64 * 1024, 7);
  const CHUNKS = 1_024;

  function bigFile(onChunk: (count: number) => void) {
    return {
      fileName: 'a.mp4',
      contentType: 'video/mp4',
      length: CHUNK.length * CHUNKS,
      async *open() {
        for (let count = 1; count <= CHUNKS; count += 1) {
          onChunk(count);
          yield CHUNK;
        }
      },
    };
  }

  test('is read from its source only as fast as the network takes it', async () => {
    let read = 0;
    const arrived = createDeferred<Socket>();
    const server = createServer((request) => arrived.resolve(request.pause().socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { api } = createTestClient(`http://127.0.0.1:${port}`);
    const media = bigFile((count) => {
      read = count;
    });

    const call = api.material.add({ type: 'image', media }).catch((error: unknown) => error);
    const socket = await arrived.promise;
    for (let before = -1; before !== read; ) {
      before = read;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const readWhileStuck = read;
    socket.destroy();
    const error = await call;
    server.close();

    expect(readWhileStuck).toBeLessThan(CHUNKS / 2);
    expect(error).toMatchObject({ code: 'upstream', details: { outcome: 'unknown' } });
  });

  test('that is answered before it was sent whole lets go of its source', async () => {
    const answer = '{"errcode":40006,"errmsg":"invalid meida size"}';
    const server = createTcpServer((socket) => {
      socket.once('data', () => {
        socket
          .pause()
          .write(`HTTP/1.1 200 OK\r\nContent-Length: ${answer.length}\r\n\r\n${answer}`);
      });
      socket.on('error', () => {});
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { api } = createTestClient(`http://127.0.0.1:${port}`);
    const letGo = createDeferred<boolean>();
    const file = bigFile(() => {});
    const media = {
      ...file,
      async *open() {
        try {
          yield* file.open();
        } finally {
          letGo.resolve(true);
        }
      },
    };

    const call = api.media.upload({ type: 'video', media });

    await expect(call).rejects.toMatchObject({ errcode: 40006 });
    expect(await letGo.promise).toBe(true);
    server.close();
  });

  test('that breaks at its source never arrives whole', async () => {
    const { api, server } = await prepare([ok]);
    const failure = new Error('the disk failed');

    const call = api.material.add({
      type: 'image',
      media: bigFileThatFails(failure),
    });

    await expect(call).rejects.toBe(failure);
    expect(server.received).toEqual([]);
  });

  function bigFileThatFails(failure: Error) {
    return bigFile((count) => {
      if (count === 3) throw failure;
    });
  }

  test.each([
    ['shorter', 4, 'only 3'],
    ['longer', 2, 'more'],
  ])('that is %s than announced never arrives', async (_, length, got) => {
    const { api, server } = await prepare([ok]);
    const open = async function* () {
      yield Buffer.from('abc');
    };

    const call = api.material.add({
      type: 'image',
      media: { fileName: 'a.png', contentType: 'image/png', open, length },
    });

    await expect(call).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining(got),
    });
    expect(server.received).toEqual([]);
  });
});

describe('secrets', () => {
  test('are in no error and no log line, whatever fails', async () => {
    const failing: LoopbackReply[] = [
      busy,
      reset,
      stale,
      text('<html>'),
      text('', 'text/html', 500),
    ];
    const shown: string[] = [];

    for (const reply of failing) {
      const { api, lines } = await prepare([reply]);
      const error: unknown = await api.customerService.send(message).catch((e: unknown) => e);
      shown.push(show(error), ...lines);
    }
    const { api } = createTestClient(await closedUrl(), { random: () => 1, timeoutMs: 100 });
    shown.push(show(await api.customerService.send(message).catch((error: unknown) => error)));

    expect(shown.join('\n')).not.toMatch(/token-\d/);
    expect(shown).toHaveLength(failing.length + 2);
  });

  function show(error: unknown): string {
    if (!(error instanceof Error)) return String(error);
    const { stack, cause, message: text } = error;
    return [text, stack, JSON.stringify(error), show(cause)].join('\n');
  }
});

function createDeferred<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

import { expect, test } from '@jest/globals';
import { systemClock } from '../../../../shared/kernel/clock.ts';
import { createLog } from '../../../../shared/kernel/log.ts';
import { Secret } from '../../../../shared/kernel/secret.ts';
import { endpointByName, endpoints } from '../../../../shared/wechat/catalogue/endpoints.ts';
import type { EndpointName } from '../../../../shared/wechat/catalogue/index.ts';
import { createClient, createHttpTransport } from '../../../../shared/wechat/client/index.ts';
import { parseJson } from '../../../../shared/wechat/json.ts';
import { createFakeClock } from '../../../testing/fake-clock.ts';
import { createWechatApi } from '../api.ts';
import { account, HOUR, MIDNIGHT } from '../api-fixture.ts';
import { sampleOf } from './index.ts';
import { ann, ben } from './people.ts';
import type { Sample, SampleCall, Stage } from './sample.ts';

test.each(endpoints)('$name', async ({ name, endpoint }) => {
  await using stage = await createStage();
  const sample = await callOf(sampleOf(name), stage);

  if ('leadsTo' in sample) {
    const query = sample.request as Record<string, string>;
    expect((await stage.open(name as 'oauth.authorize', query)).href).toMatch(sample.leadsTo);
    return;
  }
  const asked = stage.call(name, sample.request as never) as Promise<object>;
  if ('errcode' in sample) {
    await expect(asked).rejects.toMatchObject({ errcode: sample.errcode });
  } else {
    const answer = await asked;
    expect(answer).toMatchObject(withPatterns(sample.answer) as object);
    if ('stream' in answer) await read(answer.stream as AsyncIterable<Uint8Array>);
    else expect(endpoint.answer).not.toBe('binary');
  }
  await expectSent(stage, name, (sample.request ?? {}) as Record<string, unknown>);
});

async function callOf(sample: Sample, stage: Stage): Promise<SampleCall> {
  return typeof sample === 'function' ? sample(stage) : sample;
}

/** An emulator that listens, at noon in Beijing, and the product's client before it. */
async function createStage(): Promise<Stage & AsyncDisposable & { calls(): Promise<Call[]> }> {
  const clock = createFakeClock(MIDNIGHT + 12 * HOUR);
  const emulator = createWechatApi({ account, now: clock.now, after: clock.after });
  const server = await emulator.listen(0);
  let token = '';
  const client = createClient({
    transport: createHttpTransport({ clock: systemClock }),
    baseUrl: server.url,
    token: {
      get: async () => new Secret(token),
      reject: () => Promise.reject(new Error('the token was refused')),
    },
    clock: systemClock,
    random: Math.random,
    log: createLog({ write: () => {}, now: () => 0 }),
  });
  type Methods = Record<string, Record<string, (request?: unknown) => Promise<never>>>;

  const stage: Stage = {
    async call(name, request) {
      const [area = '', operation = ''] = name.split('.');
      const method = (client as unknown as Methods)[area]?.[operation];
      if (method) return method(request);
      // The client has no method for what WeChat no longer carries out.
      const { method: verb, path } = endpointByName(name);
      return (await client.request(verb, path, { json: request as never })) as never;
    },
    async open(name, query) {
      const page = new URL(`${server.url}${endpointByName(name).path}`);
      page.search = String(new URLSearchParams(query));
      const response = await fetch(page, { redirect: 'manual' });
      return new URL(response.headers.get('location') ?? '');
    },
    async control(method, path, body) {
      const content = body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
      const response = await fetch(`${server.url}${path}`, { method, body: content });
      expect({ path, status: response.status }).toEqual({ path, status: 200 });
      return response.json();
    },
    advance: (ms) => emulator.clock.advance(ms),
    now: () => emulator.clock.now(),
  };
  const credentials = { grant_type: 'client_credential', ...account } as const;
  token = (await stage.call('token.getStable', credentials)).access_token;
  for (const openid of [ann, ben]) {
    const follower = { isFollowing: true, wechatId: openid };
    await stage.control('PUT', `/emulator/followers/${openid}`, follower);
  }
  return {
    ...stage,
    calls: async () => (await (await fetch(`${server.url}/emulator/calls`)).json()) as Call[],
    [Symbol.asyncDispose]: () => server.close(),
  };
}

interface Call {
  readonly endpoint: string;
  readonly query: Record<string, string>;
  readonly body: string;
}

/** What the emulator received is what was asked for, field by field. */
async function expectSent(
  stage: { calls(): Promise<Call[]> },
  name: EndpointName,
  request: Record<string, unknown>,
): Promise<void> {
  const last = (await stage.calls()).at(-1);
  expect(last?.endpoint).toBe(name);
  const { access_token: _, ...query } = last?.query ?? {};
  const isUpload = Object.values(request).some(isFile);
  const body = isUpload || !last?.body ? {} : (parseJson(last.body) as object);
  const sent: Record<string, unknown> = { ...query, ...body };
  for (const [field, value] of Object.entries(request)) {
    if (isFile(value) || isMasked(field) || (isUpload && !(field in query))) continue;
    expect({ [field]: asText(sent[field]) }).toEqual({ [field]: asText(value) });
  }
}

const isFile = (value: unknown) =>
  typeof value === 'object' && value !== null && 'data' in value && 'fileName' in value;
const isMasked = (field: string) => /secret|token|code|ticket/.test(field);
/** Numbers in a query, and ids that are bare numbers in a body, come back as text. */
const asText = (value: unknown): unknown =>
  typeof value === 'object' ? value : value === undefined ? undefined : String(value);

function withPatterns(expected: unknown): unknown {
  if (expected instanceof RegExp) return expect.stringMatching(expected);
  if (Array.isArray(expected)) return expected.map(withPatterns);
  if (typeof expected !== 'object' || expected === null) return expected;
  return Object.fromEntries(
    Object.entries(expected).map(([field, value]) => [field, withPatterns(value)]),
  );
}

async function read(stream: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of stream);
}

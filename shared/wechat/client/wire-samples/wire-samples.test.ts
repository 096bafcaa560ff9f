import { afterEach, expect, test } from '@jest/globals';
import { endpointByName, endpoints } from '../../catalogue/endpoints.ts';
import { idFields } from '../../catalogue/ids.ts';
import {
  bytes,
  createTestClient,
  type Loopback,
  startLoopback,
  text,
} from '../loopback.test-helper.ts';
import { wireSamples } from './index.test-data.ts';
import {
  type OfficialShape,
  officialRequests,
  officialShapes,
} from './official-shapes.test-data.ts';
import { file } from './wire-sample.test-data.ts';

type Sample = { readonly request?: object; readonly answer?: unknown };
type Areas = Readonly<Record<string, Readonly<Record<string, Sample>>>>;
type Call = (request?: object) => Promise<unknown>;

const servers: Loopback[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const names = endpoints
  .filter(({ endpoint }) => endpoint.answer !== 'page')
  .map(({ name }) => name);

/** WeChat writes ids as bare numbers, as it likes; a caller has them as text all the same. */
const onWire = (answer: unknown): string =>
  JSON.stringify(answer).replace(/"(\w+)":"(\d+)"/g, (whole, field: string, digits: string) =>
    idFields.has(field) ? `"${field}":${digits}` : whole,
  );

test.each(names)('%s: what goes out and what comes back is what the types say', async (name) => {
  const [area = '', operation = ''] = name.split('.');
  const { request, answer } = (wireSamples as unknown as Areas)[area]?.[operation] ?? {};
  const reply =
    answer === 'file'
      ? bytes(new Uint8Array([1]), { 'content-type': 'image/jpeg' })
      : text(onWire(answer), 'application/json');
  const server = await startLoopback(reply);
  servers.push(server);
  const { api } = createTestClient(server.url);
  const method = (api as unknown as Record<string, Record<string, Call>>)[area]?.[operation];
  const { method: verb, path, query, body } = endpointByName(name);

  // The client has no method for what WeChat no longer carries out.
  const got = method
    ? await method(request)
    : await api.request(verb, path, { json: (request ?? {}) as never });

  if (answer === 'file') expect(got).toMatchObject({ contentType: 'image/jpeg' });
  else expect(got).toEqual(answer);
  const [received] = server.received;
  expect(received).toMatchObject({ method: verb, path });
  if (!method) return;
  const fields = Object.entries(request ?? {});
  const isInQuery = (field: string) => query === 'all' || query.includes(field);
  for (const [field, value] of fields.filter(([each]) => isInQuery(each))) {
    expect(received?.query[field]).toBe(String(value));
  }
  if (body === 'json') {
    const sent = JSON.parse(received?.body.toString() ?? '') as Record<string, unknown>;
    const own = fields.filter(([field]) => !isInQuery(field)).map(([field]) => field);
    expect(Object.keys(sent)).toEqual(own);
  }
  if (body === 'multipart') expect(received?.body.includes(Buffer.from(file.fileName))).toBe(true);
});

test.each(officialShapes.map((shape): [string, OfficialShape] => [shape.name, shape]))(
  '%s: another shape of an official sample reaches the caller as the type has it',
  async (name, { answer }) => {
    const server = await startLoopback(text(onWire(answer), 'application/json'));
    servers.push(server);
    const { api } = createTestClient(server.url);
    const [area = '', operation = ''] = name.split('.');
    const method = (api as unknown as Record<string, Record<string, Call>>)[area]?.[operation];

    const { request } = (wireSamples as unknown as Areas)[area]?.[operation] ?? {};
    const { method: verb = 'GET', path = '/' } = endpointByName(name) ?? {};

    const got = method
      ? await method(request)
      : await api.request(verb, path, { json: (request ?? {}) as never });

    expect(got).toEqual(answer);
  },
);

test.each(officialRequests.map((each): [string, object] => [each.name, each.request]))(
  '%s: another shape of an official request leaves as it is',
  async (name, request) => {
    const server = await startLoopback(text('{"errcode":0}', 'application/json'));
    servers.push(server);
    const { api } = createTestClient(server.url);
    const [area = '', operation = ''] = name.split('.');

    await (api as unknown as Record<string, Record<string, Call>>)[area]?.[operation]?.(request);

    const [received] = server.received;
    const sent = JSON.parse(received?.body.toString() ?? '') as object;
    // Some of it travels in the query.
    expect({ ...received?.query, ...sent }).toMatchObject(request);
  },
);

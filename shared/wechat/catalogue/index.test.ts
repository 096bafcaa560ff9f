import { describe, expect, test } from '@jest/globals';
import { endpointByName, endpointByRoute, endpoints } from './endpoints.ts';
import {
  catalogue,
  type Endpoint,
  type EndpointName,
  type RequestOf,
  type ResponseOf,
} from './index.ts';

const rows = endpoints.map(({ name, endpoint }) => [name, endpoint] as const);

describe('the catalogue as a whole', () => {
  test('has no two rows with one route', () => {
    const routes = endpoints.flatMap(({ endpoint: { method, otherMethod, path } }) =>
      [method, otherMethod].filter(Boolean).map((each) => `${each} ${path}`),
    );

    expect(new Set(routes).size).toBe(routes.length);
  });

  test('names areas and operations in camelCase, each name once', () => {
    const names = endpoints.map(({ name }) => name);

    expect(names.filter((name) => !/^[a-z][a-zA-Z]*\.[a-z][a-zA-Z]*$/.test(name))).toEqual([]);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });
});

describe.each(rows)('%s', (name, endpoint) => {
  test('is well formed', () => {
    expect(endpoint.path).toMatch(/^(\/[a-z0-9_-]+)+$/);
    expect(endpoint.body === 'none').toBe(endpoint.query === 'all');
    if (endpoint.method === 'GET') expect(endpoint.body).toBe('none');
    if (endpoint.body === 'file-or-url') expect(endpoint.query).toContain('img_url');
    if (endpoint.access === 'read') expect(endpoint.repeat).toBe('safe');
    if (typeof endpoint.repeat === 'object') expect(endpoint.access).toBe('send');
    if (endpoint.answer === 'page') expect(endpoint.host).toBeDefined();
    if (endpoint.host) expect(endpoint.auth).toBe('none');
    if (endpoint.numericIds) expect(endpoint.body).toBe('json');
    for (const limit of Object.values(endpoint.quota ?? {})) {
      expect(typeof limit === 'string' || limit > 0).toBe(true);
    }
  });

  test('is found by its name and by its route', () => {
    expect(endpointByName(name)).toBe(endpoint);
    expect(endpointByRoute(endpoint.method, endpoint.path)).toEqual({ name, endpoint });
  });
});

test('WeChat listed 196 endpoints of its API in 2026; the others are marked as gone from there', () => {
  const listed = rows.filter(([, { host, unlisted }]) => !host && !unlisted);

  expect(listed).toHaveLength(196);
});

describe('rows that an account must apply for', () => {
  test('say for what, in their type too', () => {
    const named: string = catalogue.itemCode.apply.application;
    const open: string | undefined = catalogue.menu.get.application;

    expect([named, open]).toEqual(['一物一码', undefined]);
  });
});

describe('retired rows', () => {
  const retired = rows.filter(([, endpoint]) => endpoint.retired);

  test.each(retired)('%s names what replaced it, or says why nothing did', (_, endpoint) => {
    const { replacedBy, reason } = endpoint.retired ?? { replacedBy: [], reason: '' };

    expect(reason.length).toBeGreaterThan(10);
    for (const replacement of replacedBy) {
      expect(endpointByName(replacement)).toMatchObject({ path: expect.any(String) });
      expect(endpointByName(replacement)?.retired).toBeUndefined();
    }
  });

  test('are known from the others by their type too', () => {
    const live: undefined | object = catalogue.draft.add.retired;
    const gone: object = catalogue.material.addNews.retired;

    expect([live, gone]).toEqual([
      undefined,
      expect.objectContaining({ replacedBy: ['draft.add'] }),
    ]);
  });
});

describe('look-up', () => {
  test('finds a route by the other method that WeChat also takes', () => {
    expect(endpointByRoute('GET', '/cgi-bin/message/mass/speed/get')?.name).toBe(
      'massSend.getSpeed',
    );
    expect(endpointByRoute('GET', '/cgi-bin/menu/create')).toBeUndefined();
  });

  test.each(['__proto__', 'menu', 'menu.constructor', 'menu.toString', ''])(
    'knows nothing by the name "%s"',
    (name) => {
      expect(endpointByName(name)).toBeUndefined();
    },
  );
});

// Checked by the compiler only.
void function types() {
  const name: EndpointName = 'menu.create';
  // @ts-expect-error no such operation
  const unknown: EndpointName = 'menu.publish';
  // @ts-expect-error an area alone is not an endpoint
  const area: EndpointName = 'menu';

  const menu: RequestOf<'menu.create'> = { button: [{ type: 'click', name: 'Go', key: 'GO' }] };
  // @ts-expect-error a click button has a key, not a url
  const wrong: RequestOf<'menu.create'> = { button: [{ type: 'click', name: 'Go', url: 'x' }] };
  // @ts-expect-error either a type or a sub-menu
  const both: RequestOf<'menu.create'> = { button: [{ name: 'Go' }] };

  const none: RequestOf<'menu.get'> = undefined;
  // @ts-expect-error nothing to ask for
  const some: RequestOf<'menu.get'> = {};

  const id: ResponseOf<'massSend.send'>['msg_id'] = '6272960105994287618';
  // @ts-expect-error 64 bits do not fit a number
  const rounded: ResponseOf<'massSend.send'>['msg_id'] = 6272960105994288000;

  const byUrl: RequestOf<'ocr.readText'> = { img_url: 'https://example.com/a.jpg' };
  // @ts-expect-error a picture or its address
  const neither: RequestOf<'ocr.readText'> = {};
  // @ts-expect-error a strip is for articles of pictures
  const strip: RequestOf<'product.getCard'> = {
    product_id: '1',
    article_type: 'news',
    card_type: 3,
  };
  // @ts-expect-error what is set must be there
  const unset: RequestOf<'invoice.settings'> = { action: 'set_contact' };

  const nothing = (page: ResponseOf<'oauth.authorize'>): never => page;
  const certain: Endpoint = endpointByName('menu.get');
  // @ts-expect-error any other string may be no endpoint
  const doubtful: Endpoint = endpointByName('menu.get' as string);

  void [
    name,
    unknown,
    area,
    menu,
    wrong,
    both,
    none,
    some,
    id,
    rounded,
    byUrl,
    neither,
    strip,
    unset,
    nothing,
    certain,
    doubtful,
  ];
};

import { describe, expect, test } from '@jest/globals';
import { actions, type MenuInvocation } from '../../functions/menu/index.ts';
import { createAccountFixture } from '../../scripts/testing/account-fixture.ts';
import { createRuleBook } from '../auto-replies/rule-book.ts';
import { createLog } from '../kernel/log.ts';
import { invokable } from '../scf/invoke.ts';
import { createMenus } from './menus.ts';
import { createPublications, type PublishedMenu } from './publications.ts';
import { KEPT_VERSIONS, menuVersionCollection } from './version-document.ts';
import { createMenuVersions, type MenuVersion } from './versions.ts';

const song = { type: 'click', name: '今日歌曲', key: 'SONG' } as const;
const shop = { type: 'view', name: '商城', url: 'https://example.com/' } as const;
const help = { type: 'click', name: '客服', key: 'HELP' } as const;
const more = { name: '更多', sub_button: [song, shop] } as const;
const onIos = { client_platform_type: '1' } as const;

async function setUp() {
  const fixture = await createAccountFixture();
  const { api, store, clock } = fixture;
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line), now: clock.now });
  const menus = createMenus(api);
  const versions = createMenuVersions({ store, clock });
  const main = invokable(actions, () => ({
    ...{ clock, log, menus },
    publications: createPublications({ menus, versions, log }),
    autoReplies: createRuleBook({ store, api, clock }),
  }));
  async function invoke(event: MenuInvocation): Promise<unknown> {
    await clock.advance(1_000);
    const result = await main(event, { request_id: 'r' });
    if (result.ok) return result.data;
    throw new Error(`${result.error.code}: ${result.error.message}`);
  }
  return {
    ...{ ...fixture, invoke, lines },
    publish: async (...button: readonly object[]) =>
      (await invoke({ action: 'create', payload: { button } as never })) as PublishedMenu,
    add: async (matchrule: object, ...button: readonly object[]) =>
      (await invoke({ action: 'addConditional', payload: { button, matchrule } as never })) as {
        readonly menuid: string;
      },
    async versions(): Promise<readonly MenuVersion[]> {
      const { versions: found } = (await invoke({ action: 'listVersions' })) as {
        readonly versions: readonly MenuVersion[];
      };
      return found;
    },
    /** The names of the live buttons, those of conditional menus after them. */
    async live(): Promise<readonly string[]> {
      const { menu, conditionalmenu = [] } = Object(await invoke({ action: 'get' }));
      return [menu, ...conditionalmenu].map(({ button }) =>
        button.map(({ name }: { name: string }) => name).join(' '),
      );
    },
  };
}

describe('a publication', () => {
  test('is kept with who did it and when, the newest first and live', async () => {
    const { publish, versions, clock } = await setUp();
    const { version } = await publish(song);
    const firstAt = clock.now();
    await publish(more, help);

    expect(await versions()).toEqual([
      {
        id: expect.any(String),
        at: firstAt + 1_000,
        by: 'operator',
        isLive: true,
        menu: { button: [more, help] },
      },
      { id: version, at: firstAt, by: 'operator', isLive: false, menu: { button: [song] } },
    ]);
  });

  test('of what others have made meanwhile keeps that too, once, as found', async () => {
    const { publish, versions, api } = await setUp();
    await publish(song);
    await api.menu.create({ button: [help] });
    await publish(shop);
    await publish(shop);

    const found = await versions();

    expect(found.map(({ by, menu: { button } }) => [by, button[0]?.name])).toEqual([
      ['operator', '商城'],
      ['operator', '商城'],
      [null, '客服'],
      ['operator', '今日歌曲'],
    ]);
    expect(found.map(({ isLive }) => isLive)).toEqual([true, false, false, false]);
  });

  test('over the menu of mp.weixin.qq.com keeps that one, which the API could not make', async () => {
    const { publish, versions, invoke, control } = await setUp();
    const text = { type: 'text', name: '关于', value: '我们' };
    await control('PUT', 'menu', {
      button: [{ name: '旧', sub_button: { list: [text] } }],
    });
    await publish(song);

    const [, before] = await versions();

    expect(before).toMatchObject({
      by: null,
      menu: { button: [{ name: '旧', sub_button: [text] }] },
    });
    await expect(invoke({ action: 'restore', payload: { id: before?.id ?? '' } })).rejects.toThrow(
      'type is none that the API can make',
    );
  });

  test('that WeChat refuses is no version', async () => {
    const { publish, versions } = await setUp();
    await publish(song);

    const unknown = { type: 'media_id', name: '图', media_id: 'unknown' };
    await expect(publish(unknown)).rejects.toThrow('upstream');

    expect(await versions()).toHaveLength(1);
  });

  test('takes nothing away that cannot be kept, and counts if it cannot be kept itself', async () => {
    const { publish, live, fails, lines, api, versions } = await setUp();
    await api.menu.create({ button: [help] });
    fails.writes = new Error('the store is down');
    await expect(publish(song)).rejects.toThrow('internal');
    expect(await live()).toEqual(['客服']);

    delete fails.writes;
    await publish(help);
    fails.writes = new Error('the store is down');
    expect(await publish(song)).toEqual({ version: null });

    expect(await live()).toEqual(['今日歌曲']);
    expect(lines.join()).toContain('menu version not kept');
    delete fails.writes;
    expect((await versions()).map(({ by, isLive }) => [by, isLive])).toEqual([
      ['operator', false],
      [null, false],
    ]);
  });

  test('beyond the fiftieth pushes the oldest out', async () => {
    const { publish, versions, store } = await setUp();
    for (let n = 0; n < KEPT_VERSIONS + 3; n += 1) await publish({ ...song, key: `K${n}` });

    const found = await versions();

    expect(found).toHaveLength(KEPT_VERSIONS);
    expect(found.at(-1)?.menu.button[0]).toMatchObject({ key: 'K3' });
    expect(await store.count(menuVersionCollection, 'all')).toBe(KEPT_VERSIONS);
  });
});

describe('a version', () => {
  test('is compared with what is live, and restored as a publication of its own', async () => {
    const { publish, versions, invoke, live } = await setUp();
    const { version: id } = await publish(song, more);
    await publish(help);

    const compared = await invoke({ action: 'getVersion', payload: { id: id ?? '' } });
    await invoke({ action: 'restore', payload: { id: id ?? '' } });

    expect(compared).toMatchObject({
      menu: { button: [song, more] },
      diff: {
        lines: [
          '+ button[0] "今日歌曲": click SONG',
          '+ button[1] "更多": opens a list',
          '+ button[1].sub_button[0] "今日歌曲": click SONG',
          '+ button[1].sub_button[1] "商城": view https://example.com/',
          '- button[0] "客服": click HELP',
        ],
      },
    });
    expect(await live()).toEqual(['今日歌曲 更多']);
    expect((await versions()).map(({ isLive }) => isLive)).toEqual([true, false, false]);
  });

  test.each(['', 'x', '../menu', '__proto__', '0mi71wpdc-kLVLQxBzPG2yTQEl '])(
    'of a forged id is none: "%s"',
    async (id) => {
      const { publish, invoke, live } = await setUp();
      await publish(song);

      await expect(invoke({ action: 'restore', payload: { id } })).rejects.toThrow('invalid');
      await expect(
        invoke({ action: 'restore', payload: { id: '0mi71wpdc-kLVLQxBzPG2yTQEl' } }),
      ).rejects.toThrow('not_found');
      expect(await live()).toEqual(['今日歌曲']);
    },
  );
});

describe('a conditional menu', () => {
  test('is changed in place: the new one is there before the old one goes', async () => {
    const { publish, add, invoke, live, calls, versions } = await setUp();
    await publish(song);
    const { menuid } = await add(onIos, help);
    calls();

    const changed = { menuid, button: [shop], matchrule: onIos } as const;
    const made = Object(await invoke({ action: 'changeConditional', payload: changed }));

    expect(Object.keys(calls())).toEqual([
      '/cgi-bin/menu/get',
      '/cgi-bin/menu/addconditional',
      '/cgi-bin/menu/delconditional',
    ]);
    expect(made).toEqual({
      menuid: expect.not.stringMatching(menuid),
      version: expect.any(String),
    });
    expect(await live()).toEqual(['今日歌曲', '商城']);
    expect((await versions()).map(({ menu }) => menu.matchrule)).toEqual([onIos, onIos, undefined]);
  });

  test('is compared with the one that it replaces', async () => {
    const { publish, add, invoke } = await setUp();
    await publish(song);
    const { menuid } = await add(onIos, help);
    const android = { client_platform_type: '2' } as const;
    const lines = async (payload: object) =>
      Object(await invoke({ action: 'diff', payload: payload as never })).lines;

    const added = ['+ button[0] "商城": view https://example.com/'];
    const removed = ['- button[0] "客服": click HELP'];
    expect(await lines({ button: [shop], matchrule: onIos })).toEqual([...added, ...removed]);
    expect(await lines({ button: [shop], matchrule: android })).toEqual(added);
    expect(await lines({ menuid, button: [help], matchrule: android })).toEqual([]);
  });

  test('that was deleted comes back, as does a whole menu that was taken down', async () => {
    const { publish, add, invoke, live, versions } = await setUp();
    await publish(song);
    const { menuid } = await add(onIos, help);
    await invoke({ action: 'deleteConditional', payload: { menuid } });
    expect(await live()).toEqual(['今日歌曲']);
    const [conditional, whole] = await versions();

    await invoke({ action: 'restore', payload: { id: conditional?.id ?? '' } });
    expect(await live()).toEqual(['今日歌曲', '客服']);
    await invoke({ action: 'restore', payload: { id: conditional?.id ?? '' } });
    expect(await live()).toEqual(['今日歌曲', '客服']);

    await invoke({ action: 'delete' });
    await invoke({ action: 'restore', payload: { id: whole?.id ?? '' } });
    expect(await live()).toEqual(['今日歌曲']);
  });

  test('of an unknown id is not changed', async () => {
    const { publish, invoke, live } = await setUp();
    await publish(song);
    const payload = { menuid: '404', button: [help], matchrule: onIos } as const;

    await expect(invoke({ action: 'changeConditional', payload })).rejects.toThrow('not_found');

    expect(await live()).toEqual(['今日歌曲']);
  });
});

import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Emulation, startEmulation } from '../start/emulation.ts';
import { putDeadJob } from '../testing/jobs/dead-job.ts';
import { fixtureAccount } from '../testing/tools/fixture-build.ts';
import { invoke } from './invoke.ts';

const root = path.resolve(import.meta.dirname, '../..');
let emulation: Emulation;

beforeAll(async () => {
  emulation = await startEmulation({
    root,
    account: fixtureAccount,
    port: 0,
    mode: 'safe',
    timers: 'hand',
  });
});
afterAll(() => emulation.close());

async function run(...args: string[]) {
  const printed: string[] = [];
  const complaints: string[] = [];
  const { port } = new URL(emulation.urls.callback);
  const exitCode = await invoke(
    ['--port', port, ...args],
    ['followers', 'mass-send', 'material', 'menu', 'worker'],
    {
      language: 'en',
      print: (text) => printed.push(text),
      progress: (text) => printed.push(text),
      pause: () => delay(200),
      complain: (text) => complaints.push(text),
    },
  );
  return { exitCode, printed: printed.join('\n'), complaints: complaints.join('\n') };
}

async function dataOf(...args: string[]) {
  const { exitCode, printed } = await run('--json', ...args);
  expect(exitCode).toBe(0);
  return (JSON.parse(printed) as { data: Record<string, unknown> }).data;
}

describe('npm run invoke, against everything that npm start runs', () => {
  test('a menu is compared, made, read and deleted', async () => {
    expect((await run('menu', 'get')).printed).toBe('menu  null');
    expect((await run('menu', 'diff', '@examples/menu.json')).printed).toContain(
      '+ button[1].sub_button[0] "官网": view https://example.com/',
    );

    expect(await run('menu', 'create', '@examples/menu.json')).toMatchObject({
      exitCode: 0,
      // Under which it can be restored.
      printed: expect.stringMatching(/^version {2}\S+$/),
    });

    expect((await run('menu', 'diff', '@examples/menu.json')).printed).toBe('identical  true');
    expect((await run('menu', 'get')).printed).toMatch(/^click +今日歌曲 +SONG_OF_TODAY$/m);
    expect((await run('menu', 'addConditional', '@examples/conditional-menu.json')).exitCode).toBe(
      0,
    );
    expect((await run('menu', 'current')).printed).toMatch(/^ {2}view +官网/m);
    expect((await run('menu', 'delete')).exitCode).toBe(0);
    expect((await run('menu', 'get')).printed).toBe('menu  null');
  });

  test('material is added, listed, fetched, put into a draft, published and deleted', async () => {
    const { media_id: cover } = await dataOf('material', 'add', '@examples/image.json');
    const id = JSON.stringify({ media_id: cover });
    expect((await run('material', 'list', '{"type":"image"}')).printed).toContain('cover.png');
    expect((await run('material', 'count')).printed).toMatch(/^image_count +1$/m);
    expect(await dataOf('material', 'get', id)).toMatchObject({
      contentType: 'image/png',
      base64: expect.stringMatching(/^iVBORw0KGgo/),
    });

    const article = { title: '标题', content: '<p>正文</p>', thumb_media_id: cover };
    const draft = await dataOf('material', 'addDraft', JSON.stringify({ articles: [article] }));
    expect((await run('material', 'listDrafts')).printed).toMatch(/^\S+ .* 标题 *$/m);
    const draftId = JSON.stringify({ media_id: draft.media_id });
    expect(await dataOf('material', 'publish', draftId)).toMatchObject({
      publish_id: expect.stringMatching(/^\d+$/),
    });

    expect((await run('material', 'delete', id)).exitCode).toBe(0);
    expect((await run('material', 'get', id)).complaints).toContain('40007');
  });

  test('media is uploaded and fetched', async () => {
    const media = await dataOf('material', 'uploadMedia', '@examples/image.json');

    const fetched = await dataOf(
      'material',
      'getMedia',
      JSON.stringify({ media_id: media.media_id }),
    );

    expect(fetched).toMatchObject({ contentType: 'image/png', bytes: 23_535 });
  });

  test('followers are synced and sent to, from the dry run to the last word of WeChat', async () => {
    const { wechatApi, push, scf } = emulation;
    await wechatApi.fetch('http://localhost/emulator/followers', {
      method: 'POST',
      body: JSON.stringify({ count: 120 }),
    });
    expect((await run('followers', 'sync')).exitCode).toBe(0);
    const syncing = scf.invoke('worker', {});
    const synced = await run('followers', 'status', '--watch');
    await syncing;
    expect(synced).toMatchObject({ exitCode: 0, printed: expect.stringContaining('100 %  done') });
    // One who comes by an event, and one who leaves.
    await push.send({ openid: 'oNewcomer', type: 'event', Event: 'subscribe', EventKey: '' });
    await push.send({ openid: `oSeeded${'0'.repeat(21)}`, type: 'event', Event: 'unsubscribe' });
    const submission = JSON.stringify({
      requestId: 'e2e',
      audience: { filter: { subscribedFrom: '2020-01-01' } },
      content: { msgtype: 'text', text: { content: '你好' } },
    });

    const dry = await run('mass-send', 'submit', submission, '--dry-run');
    const { id } = await dataOf('mass-send', 'submit', submission);
    const working = scf.invoke('worker', {});
    const watched = await run('mass-send', 'status', JSON.stringify({ id }), '--watch');
    await working;

    expect(dry.printed).toContain('It would go to 120 followers in 1 batch.');
    expect(watched.exitCode).toBe(0);
    expect(watched.printed).toContain(`[${'#'.repeat(30)}] 100 %  done`);
    expect(watched.printed).toMatch(/^followers\.sent +120$/m);
    expect(wechatApi.inspect().statistics.endpoints['massSend.send']?.calls).toBe(1);
  });

  test('a dead job is listed with its error, retried and dropped', async () => {
    await putDeadJob(emulation, 'message.poison');
    const id = '{"id":"message.poison"}';

    const dead = await run('worker', 'list', '{"state":"dead"}');
    expect(dead.printed).toContain('message.poison');
    expect(dead.printed).toContain('It cannot be digested.');

    expect(await dataOf('worker', 'retry', id)).toMatchObject({ state: 'ready' });
    await run('worker', 'run');
    expect(await dataOf('worker', 'list', '{"state":"dead"}')).toMatchObject([
      { id: 'message.poison', attempts: 1, error: { code: 'invalid' } },
    ]);
    expect(await dataOf('worker', 'drop', id)).toMatchObject({ state: 'dropped' });
    expect(await run('worker', 'drop', id)).toMatchObject({ exitCode: 1 });
    expect((await run('worker', 'list', '{"state":"dead"}')).printed).not.toContain('poison');
  });

  test('what is wrong is told with what is expected', async () => {
    const action = await run('menu', 'creat');
    const payload = await run('menu', 'create', '{"button":[{"name":"Song","type":"click"}]}');
    const inside = { type: 'image', file: { url: emulation.urls.wechatApi } };
    const address = await run('material', 'add', JSON.stringify(inside));

    expect([action, payload, address].map(({ exitCode }) => exitCode)).toEqual([1, 1, 1]);
    expect(action.complaints).toContain('Known: create, get, delete, current');
    expect(payload.complaints).toContain('button[0] "Song": key is missing');
    expect(address.complaints).toContain('only public hosts');
  });

  test.each(['menu', 'material'])('a client of the environment may not call %s', async (name) => {
    const environ = { WX_OPENID: 'oAlice', TRIGGER_SRC: 'tcb' };
    const outcome = await emulation.scf.invoke(name, { action: 'get' }, { environ });

    expect(outcome).toMatchObject({
      ok: true,
      result: { ok: false, error: { code: 'forbidden' } },
    });
  });
});

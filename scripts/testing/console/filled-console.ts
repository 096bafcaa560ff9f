import { readFileSync } from 'node:fs';
import path from 'node:path';
import { eraseJob } from '../../../shared/app/erase.ts';
import { jobCollection } from '../../../shared/jobs/index.ts';
import { mp3, mp4 } from '../../../shared/material/samples.test-data.ts';
import { newSecret } from '../../../shared/proxy/secrets.ts';
import { toolsRoot } from '../../project/root.ts';
import { seed } from '../../start/seed.ts';
import type { ConsoleBrowser } from './console-browser.ts';

const example = (name: string) => readFileSync(path.join(toolsRoot, 'examples', name));
const json = (name: string) =>
  JSON.parse(example(name).toString()) as Readonly<Record<string, unknown>>;

/** Puts something on every page of the console, so that none is looked at while it is empty. */
export async function fillConsole(console: ConsoleBrowser): Promise<void> {
  const { emulation, invoke } = console;
  await seed(emulation);
  await emulation.push.send({ type: 'text', Content: '营业时间', openid: 'oAlice' });
  await fillFollowers();
  await fillMenus();
  await fillMaterial();
  await fillBroadcasts();
  await emulation.push.send(scanOf('oNewcomer'));
  await bury(
    '关注者资料没能清除：The database did not answer in time, and the job was tried 8 times.',
  );
  const client = {
    id: 'crm',
    allow: ['menu.*', '*:read'],
    note: '会员系统',
    secret: newSecret(),
  };
  await invoke('proxy-client', 'add', client);
  await invoke('console', 'invite', { name: '小李', role: 'edit', secret: newSecret() });
  // What was counted until now is written when an invocation ends, ten seconds after the last time.
  await emulation.wechatApi.clock.advance(26 * 3_600_000);
  await emulation.scf.fireTimer('every-five-minutes');
  await emulation.push.send({ type: 'text', Content: '你好', openid: 'oAlice' });
  // The session has ended meanwhile.
  await console.page.goto(emulation.urls.console);
  await console.page.getByRole('navigation').waitFor();

  async function fillFollowers(): Promise<void> {
    await invoke('followers', 'sync');
    await workUntilOver(() => invoke('followers', 'status'));
    const [header = '', ...rows] = example('customers.csv').toString().trim().split('\n');
    const names = header.split(',');
    const imported = rows.map((row) => {
      const values = row.split(',');
      return Object.fromEntries(names.map((name, index) => [name, values[index]]));
    });
    await invoke('followers', 'import', { rows: imported });
    await invoke('followers', 'setRemark', { openid: 'oAlice', remark: '王阿姨' });
    const consent = { openid: 'oAlice', to: '短信营销', how: '门店登记表', isGiven: true };
    await invoke('followers', 'noteConsent', consent);
    const filter = { province: ['广东', '福建'] };
    await invoke('followers', 'saveSegment', { name: '两广与福建的老顾客', filter });
    await invoke('followers', 'createQrcode', { scene: 'shop-12', note: '南京路店海报' });
  }

  /** Lets the worker go on, a minute at a time, until something is over. */
  async function workUntilOver(read: () => Promise<unknown>): Promise<void> {
    for (let minutes = 0; Object(await read()).isOver !== true; minutes += 1) {
      if (minutes === 60) throw new Error('The worker has not come to an end in an hour.');
      await invoke('worker', 'run');
      await emulation.wechatApi.clock.advance(60_000);
    }
  }

  async function fillMenus(): Promise<void> {
    const { tags } = (await invoke('followers', 'listTags')) as { tags: readonly { id: number }[] };
    const conditional = json('conditional-menu.json');
    const matchrule = { tag_id: String(tags[0]?.id), client_platform_type: '2' };
    await invoke('menu', 'create', json('menu.json'));
    await invoke('menu', 'addConditional', { ...conditional, matchrule });
    await invoke('menu', 'setAutoReplies', json('auto-replies.json'));
  }

  async function fillMaterial(): Promise<void> {
    const files = [
      {
        type: 'image',
        file: {
          base64: example('cover.png').toString('base64'),
          name: '春茶上市 海报（横版）.png',
        },
      },
      { type: 'voice', file: { base64: mp3(8).toString('base64'), name: '店长语音问候.mp3' } },
      {
        ...{ type: 'video', title: '三分钟学会泡茶', introduction: '水温、时间与茶量' },
        file: { base64: mp4().toString('base64'), name: '泡茶.mp4' },
      },
    ];
    for (const file of files) await invoke('material', 'add', file);
    const { items } = (await invoke('material', 'listDrafts', {})) as {
      items: readonly { media_id: string }[];
    };
    await invoke('material', 'publish', { media_id: items[0]?.media_id });
    await emulation.wechatApi.clock.advance(60_000);
  }

  async function fillBroadcasts(): Promise<void> {
    await invoke('mass-send', 'submit', json('mass-send.json'));
    await workUntilOver(async () => {
      const { massSends } = (await invoke('mass-send', 'list')) as { massSends: unknown[] };
      return massSends[0];
    });
  }

  function scanOf(openid: string) {
    return { type: 'event', Event: 'subscribe', EventKey: 'qrscene_shop-12', openid } as const;
  }

  /** A job that has failed too often. */
  async function bury(message: string): Promise<void> {
    const now = emulation.wechatApi.clock.now();
    await console.store.create(jobCollection, {
      ...{ _id: 'j-dead', slot: 'j-dead', kind: eraseJob.kind, state: 'dead', attempts: 8 },
      createdAt: new Date(now - 60_000),
      payload: { openid: 'oNobodyAnyMore', at: now },
      error: { code: 'upstream', message, at: new Date(now) },
    });
  }
}

import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mp4 } from '../../shared/material/samples.test-data.ts';
import { unabridged } from '../invoke/short-forms.ts';
import { type Emulation, startEmulation } from '../start/emulation.ts';
import { seed } from '../start/seed.ts';
import { putDeadJob } from '../testing/jobs/dead-job.ts';
import { fixtureAccount } from '../testing/tools/fixture-build.ts';
import { runInvocation } from './invocation-run.ts';
import { type PageCommand, shellCommandsOf, shellWords } from './page-commands.ts';
import { readPages } from './pages.ts';

const root = path.resolve(import.meta.dirname, '../..');
const cover = { file: '@examples/cover.png' };
let emulation: Emulation;

/** One emulation for all commands, filled as `npm start -- --seed` does. */
beforeAll(async () => {
  emulation = await startEmulation({
    root,
    account: fixtureAccount,
    port: 0,
    mode: 'safe',
    timers: 'hand',
  });
  await seed(emulation);
});
afterAll(() => emulation.close());

const run = (...args: readonly string[]) => runInvocation(emulation, args);

async function dataOf(...args: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const { exitCode, output } = await run('--json', ...args);
  if (exitCode !== 0) throw new Error(`${args.join(' ')}: ${output}`);
  return (JSON.parse(output) as { data: Record<string, string> }).data;
}

async function draft() {
  const { media_id } = await dataOf('material', 'addDraft', '@examples/draft.json');
  return { media_id };
}
const uploaded = () =>
  dataOf('material', 'uploadMedia', JSON.stringify({ type: 'image', ...cover }));

/** What a page has recorded by the JS-SDK. */
async function recorded() {
  const answer = await emulation.wechatApi.fetch(
    'https://api.weixin.qq.com/emulator/media?type=voice&fileName=a.amr',
    { method: 'POST', body: '#!AMR\n' },
  );
  return (await answer.json()) as object;
}

const newSecret = () => randomBytes(32).toString('base64url');

/** What has been published, as WeChat tells it a while later. */
async function published() {
  const { publish_id } = await dataOf('material', 'publish', JSON.stringify(await draft()));
  await emulation.wechatApi.clock.advance(60_000);
  const status = (await dataOf('material', 'publishStatus', JSON.stringify({ publish_id }))) as {
    readonly article_id?: string;
  };
  return { publish_id, article_id: status.article_id };
}

async function deadJob() {
  await putDeadJob(emulation, 'job-1');
  return {};
}

async function newestMenu() {
  const { versions } = (await dataOf('menu', 'listVersions')) as unknown as {
    readonly versions: readonly { readonly id: string }[];
  };
  return { id: versions[0]?.id };
}

/** WeChat takes one broadcast an hour, and so do we. */
async function anHourLater(): Promise<void> {
  await emulation.wechatApi.clock.advance(61 * 60_000);
}

async function broadcast(requestId: string, more: object): Promise<{ readonly id: string }> {
  const { id = '' } = await dataOf(
    'mass-send',
    'submit',
    JSON.stringify({ requestId, audience: { openids: ['oXiaohong', 'oLiLei'] }, ...more }),
  );
  return { id };
}

/**
 * What has to be so before an example of the reference can be run, and the fields of its payload that
 * only WeChat or an earlier act can give. Every other command runs as it stands.
 */
const preparations: Readonly<
  Record<string, (payload: Readonly<Record<string, string>>) => Promise<object | undefined>>
> = {
  'menu addConditional': async () => void (await run('menu', 'create', '@examples/menu.json')),
  'menu changeConditional': () =>
    dataOf('menu', 'addConditional', '@examples/conditional-menu.json'),
  'menu getVersion': newestMenu,
  'menu restore': newestMenu,
  'menu deleteConditional': () =>
    dataOf('menu', 'addConditional', '@examples/conditional-menu.json'),
  'menu setAutoReplies': () => dataOf('menu', 'getAutoReplies'),
  'material uploadMedia': async () => cover,
  'material uploadImage': async () => cover,
  'material add': async () => cover,
  'material delete': async () =>
    dataOf('material', 'add', JSON.stringify({ type: 'image', ...cover })),
  'material getMedia': async () => ({ media_id: (await uploaded()).media_id }),
  'material getVoice': recorded,
  'material getDraft': draft,
  'material updateDraft': draft,
  'material deleteDraft': draft,
  'material showPicture': async () => dataOf('material', 'uploadImage', JSON.stringify(cover)),
  'material publish': draft,
  'material publishStatus': async () => ({ publish_id: (await published()).publish_id }),
  'material deletePublished': async () => ({ article_id: (await published()).article_id }),
  'material getPublished': async () => ({ article_id: (await published()).article_id }),
  // An earlier example has erased her, and an event of that second is too old.
  'followers noteConsent': async ({ openid = '' }) => {
    await anHourLater();
    const event = { openid, type: 'event', Event: 'subscribe', EventKey: '' } as const;
    return void (await emulation.push.send(event));
  },
  'mass-send prepareVideo': async () => {
    const answer = await emulation.wechatApi.fetch(
      'https://api.weixin.qq.com/emulator/media?type=video&fileName=a.mp4',
      { method: 'POST', body: new Uint8Array(mp4()) },
    );
    const { media_id: mediaId } = Object(await answer.json()) as { media_id: string };
    return { mediaId };
  },
  'mass-send cancel': async () => {
    await anHourLater();
    const at = new Date(emulation.wechatApi.clock.now() + 3 * 3_600_000).toISOString();
    return broadcast('for-tomorrow', {
      at,
      content: { msgtype: 'text', text: { content: '明天见' } },
    });
  },
  'proxy-client add': async ({ id = '' }) => {
    const clients = (await dataOf('proxy-client', 'list')) as unknown as readonly { id: string }[];
    return { id: `${id}${clients.some((each) => each.id === id) ? `-${clients.length}` : ''}` };
  },
  'mass-send delete': async () => {
    await anHourLater();
    const mpnews = await draft();
    const sent = await broadcast('articles', { content: { msgtype: 'mpnews', mpnews } });
    await run('mass-send', 'status', JSON.stringify(sent), '--watch');
    return sent;
  },
  'console admit': async () => ({ secret: newSecret() }),
  // The last one who manages must not lose that role.
  'console change': async () => {
    const other = { name: '小王', role: 'manage', secret: newSecret() };
    return void (await run('console', 'admit', JSON.stringify(other)));
  },
  'worker retry': deadJob,
  'worker drop': deadJob,
};

async function prepared({ args }: PageCommand): Promise<readonly string[]> {
  const words = unabridged(shellWords(args));
  const [func = '', action = '', payload, ...options] = words;
  const prepare = preparations[`${func} ${action}`];
  if (!prepare) return words;
  const asked = payload?.startsWith('{') ? (JSON.parse(payload) as Record<string, string>) : {};
  const given = await prepare(asked);
  if (!given || payload?.startsWith('@')) return words;
  const whole = Object.fromEntries(
    Object.entries({ ...asked, ...given }).filter(([name]) => name in asked || name === 'file'),
  );
  return [func, action, JSON.stringify(whole), ...options];
}

/** What needs a person with a browser; the console's own test in Chromium has it. */
const byPeople = /^console revoke /;

/** A guide is run as a whole, with its own account: guides/guides.e2e.test.ts. */
const isElsewherePage = /^CHANGELOG\.md$|\/guides\//;
const pages = readPages(root).filter(({ file }) => !isElsewherePage.test(file));
const seen = new Set<string>();
const invocations = pages.map((page) => ({
  file: page.file,
  // The Chinese pages say the same commands as the English ones.
  commands: shellCommandsOf(page).filter(({ script, args }) => {
    const isNew = script === 'invoke' && args !== '' && !seen.has(args);
    return isNew && seen.add(args);
  }),
}));

describe.each(invocations.filter(({ commands }) => commands.length > 0))('$file', (page) => {
  const isElsewhere = ({ args }: PageCommand) => /--stage /.test(args) || byPeople.test(args);

  test.each(page.commands.filter((command) => !isElsewhere(command)))('$args', async (command) => {
    const { exitCode, output } = await run(...(await prepared(command)));
    expect(exitCode === 0 ? '' : output).toBe('');
  });
});

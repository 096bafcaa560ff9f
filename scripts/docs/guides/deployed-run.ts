import { writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  cloudAccount,
  type DeployFixture,
  fixtureEnvId,
  openDeployFixture,
  type Ran,
  wechatAccount,
} from '../../testing/tools/deploy-fixture.ts';
import { commandIn, shellWords } from '../page-commands.ts';
import { Blanks, hasBlank } from './blanks.ts';
import type { Guide } from './guide.ts';

/** What a reader has at hand for the `…` in the files of a guide. */
const OWN: Readonly<Record<string, string>> = {
  WECHAT_APPID: wechatAccount.appid,
  WECHAT_APPSECRET: wechatAccount.secret,
  WECHAT_TOKEN: wechatAccount.token,
  WECHAT_ENCODING_AES_KEY: wechatAccount.encodingAesKey,
  CLOUDBASE_ENV_ID: fixtureEnvId,
  TENCENTCLOUD_SECRET_ID: cloudAccount.secretId,
  TENCENTCLOUD_SECRET_KEY: cloudAccount.secretKey,
};
/** The files of the stages are where these come from, not the shell. */
const notInTheShell = Object.fromEntries(Object.keys(OWN).map((name) => [name, undefined]));

/** Guides of deployed stages that somebody works through, before the emulated cloud. */
export interface DeployedRun {
  readonly fixture: DeployFixture;
  /** Writes files such as `.env.prod`, with what the setup of that stage prints. */
  write(files: Guide['files']): Promise<void>;
  /** A line of a page, or one like it. @throws Error with all that it has printed, if it fails. */
  take(guide: Guide, line: string): Promise<void>;
  /** What the account of a stage answers to a text. */
  answer(stage: string, text: string): Promise<unknown>;
  close(): Promise<void>;
}

export async function openDeployedRun(): Promise<DeployedRun> {
  const fixture = await openDeployFixture();
  const blanks = new Blanks();
  const addresses = new Map<string, string>();

  return {
    fixture,
    async write(files) {
      for (const [name, text] of files) {
        const known = { ...OWN, ...(await setUp(path.extname(name).slice(1))) };
        const filled = text.replace(/(\w+)=…/g, (_, variable: string) => {
          const value = known[variable];
          if (value === undefined) throw new Error(`A reader cannot know ${variable} of ${name}`);
          return `${variable}=${value}`;
        });
        writeFileSync(path.join(fixture.project, name), filled);
      }
    },
    async take({ page }, unfilled) {
      const line = blanks.fill(unfilled);
      const [command] = commandIn(page, line);
      if (!command || hasBlank(line)) throw new Error(`Nobody can run ${line}`);
      const { script } = command;
      const words = shellWords(command.args);
      const args = script === 'invoke' ? [...words, '--json'] : words;
      const ran = await fixture.npmRun(script, args, notInTheShell);
      if (ran.code !== 0) throw new Error(`${line}\n${ran.output}`);
      if (script === 'invoke') blanks.note(JSON.parse(ran.stdout));
      if (script === 'deploy')
        addresses.set(words[words.indexOf('--stage') + 1] ?? '', addressIn(ran));
      // The newest release runs; a reader goes back to the one before it.
      const [, before] = words.includes('list') ? releasesIn(ran) : [];
      if (before !== undefined) blanks.note({ t: before });
    },
    async answer(stage, Content) {
      const push = fixture.push(addresses.get(stage) ?? '');
      const { outcome } = await push.send({ type: 'text', openid: 'oReader', Content });
      return 'reply' in outcome ? outcome.reply : outcome;
    },
    close: () => fixture.close(),
  };

  async function setUp(stage: string): Promise<Readonly<Record<string, string>>> {
    const { stdout } = await fixture.npmRun('setup', ['--stage', stage]);
    const lines = stdout.matchAll(/^([A-Z_]+)=(\S+)$/gm);
    return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]));
  }
}

function addressIn({ stdout }: Ran): string {
  return /^callback: (https:\S+)$/m.exec(stdout)?.[1] ?? '';
}

function releasesIn({ stdout }: Ran): readonly string[] {
  return [...stdout.matchAll(/^(\d{8}-\d{6}-[0-9a-f]{8}) /gm)].map(([, id = '']) => id);
}

import path from 'node:path';
import { parseEnv } from 'node:util';
import { freePort } from '../../free-port.ts';
import { type Emulation, startEmulation } from '../../start/emulation.ts';
import { readOptions as readStartOptions } from '../../start/options.ts';
import { seed } from '../../start/seed.ts';
import { runInvocation } from '../invocation-run.ts';
import { commandIn, shellWords } from '../page-commands.ts';
import { Blanks, hasBlank } from './blanks.ts';
import { ChatRun } from './chat-run.ts';
import type { Guide, Step } from './guide.ts';
import { Shell } from './shell.ts';
import { openWorkspace } from './workspace.ts';

const root = path.resolve(import.meta.dirname, '../../..');
/** Where a page says that the functions are, and where it has an order system of its own. */
const PORTS = { functions: 8_800, own: 9_100 } as const;

/** A guide that somebody works through on this machine, step by step. */
export interface LocalRun {
  readonly emulation: Emulation;
  take(step: Step): Promise<void>;
  /** What the chat has shown so far. */
  answers(): readonly string[];
  close(): Promise<void>;
}

/** Writes the files of the guide, and starts what its `npm start` starts. */
export async function openLocalRun(guide: Guide): Promise<LocalRun> {
  const own = String(await freePort());
  const files = new Map(
    [...guide.files].map(([name, text]) => [name, text.replaceAll(String(PORTS.own), own)]),
  );
  const workspace = openWorkspace(files);
  const emulation = await startEmulation({
    root,
    account: workspace.account,
    port: 0,
    mode: 'safe',
    timers: 'hand',
    readTexts: () => parseEnv(files.get('.env.local') ?? '') as Record<string, string>,
  });
  // As after the first message of the day: no transcript depends on how long a cold start takes here.
  await emulation.scf.invoke('token-refresh', {});
  await emulation.push.verifyUrl();
  const shell = new Shell(workspace.folder);
  const chat = new ChatRun(emulation);
  const blanks = new Blanks();

  return {
    emulation,
    async take(step) {
      if (step.kind === 'chat') await chat.type(step.line, step.answers.length);
      else await command(blanks.fill(step.line));
    },
    answers: () => chat.answers(),
    async close() {
      await shell.close();
      await chat.close();
      await emulation.close();
      workspace.remove();
    },
  };

  async function command(line: string): Promise<void> {
    if (hasBlank(line)) throw new Error(`A reader cannot know what to fill in: ${line}`);
    const [ours] = commandIn(guide.page, line);
    if (ours === undefined) {
      const { port } = new URL(emulation.urls.callback);
      await shell.run(line.replaceAll(String(PORTS.functions), port));
    } else if (ours.script === 'start') {
      if (readStartOptions(shellWords(ours.args)).seed) await seed(emulation);
    } else if (ours.script === 'invoke') {
      await invocation(shellWords(ours.args));
    } else {
      throw new Error(`npm run ${ours.script} is run by no guide yet: see local-run.ts`);
    }
  }

  /** A table is for people; the whole outcome shows what a later command needs. */
  async function invocation(words: readonly string[]): Promise<void> {
    // The paths of a page begin at the checkout.
    const args = words.map((word) =>
      word.replace(/(?<=^|")@([^"]+)/, (whole, name: string) =>
        files.has(name) ? `@${path.join(workspace.folder, name)}` : whole,
      ),
    );
    const isWatched = args.includes('--watch');
    const { exitCode, output } = await runInvocation(
      emulation,
      isWatched ? args : [...args, '--json'],
    );
    if (exitCode !== 0) throw new Error(`${args.join(' ')}\n${output}`);
    if (!isWatched) blanks.note(JSON.parse(output));
  }
}

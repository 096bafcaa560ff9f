import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Context } from '../../shared/account/context.ts';
import { Router } from '../../shared/account/router.ts';
import { callbackApp } from '../../shared/app/callback.ts';
import { httpFunction } from '../../shared/scf/http.ts';
import { signedPush, textMessage } from '../testing/callback/signed-push.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { testEnv } from '../testing/test-account.ts';

const root = path.resolve(import.meta.dirname, '../..');
const pages = {
  en: { text: read('docs/architecture.md'), spine: '## The spine of a message' },
  zh: { text: read('docs/zh-CN/architecture.md'), spine: '## 一条消息的主干' },
} as const;
const spine = filesOf(sectionsOf(pages.en.text, /^## /m).get(pages.en.spine.slice(3)) ?? '');

describe('docs/architecture.md', () => {
  test('says the same in both languages, and only of files that exist', () => {
    const files = filesOf(pages.en.text);

    expect(filesOf(pages.zh.text)).toEqual(files);
    expect(files.length).toBeGreaterThan(70);
    expect(files.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });

  test('answers twenty-four questions by a file and a name that is in it', () => {
    const rows = [...pages.en.text.matchAll(/^\| .*\? \| \[`(.+)`\]\(.+\) \| `(\w+)` \|$/gm)];
    const wrong = rows.filter(
      ([, file = '', name = '']) => !new RegExp(`\\b${name}\\b`).test(read(file)),
    );

    expect(rows).toHaveLength(24);
    expect(wrong.map(([row]) => row)).toEqual([]);
  });

  test('has five journeys, each of files that the first of them needs', () => {
    const journeys = [...sectionsOf(pages.en.text, /^### /m)].map(([title, text]) => ({
      title,
      files: filesOf(text.split('\n## ')[0] ?? ''),
    }));

    expect(journeys).toHaveLength(5);
    for (const { title, files } of journeys) {
      const needed = neededBy(files[0] ?? '');
      expect([title, files.filter((file) => !needed.has(file))]).toEqual([title, []]);
    }
  });
});

describe('the spine of a message', () => {
  test('is at most ten files, none of them twice', () => {
    expect(spine.length).toBeGreaterThan(5);
    expect(spine.length).toBeLessThanOrEqual(10);
    expect(new Set(spine).size).toBe(spine.length);
  });

  test('is entered in this order, each file once', async () => {
    const stacks = await stacksOfMessage();
    const seen = new Set<string>();
    for (const stack of stacks) {
      // A file outside the spine that runs a closure of the spine, such as a time limit, is no step.
      const passed = onceInARow(stack.filter((file) => spine.includes(file)));
      expect(passed).toEqual(spine.filter((file) => passed.includes(file)));
      for (const file of passed) seen.add(file);
    }

    // The functions' own files do not run here, and what reads the push does not ask for the time.
    const unseen = ['functions/', 'signed-door.ts', 'message/message.ts'];
    const called = spine.filter((file) => !unseen.some((part) => file.includes(part)));
    expect(called).toHaveLength(6);
    expect([...seen].sort()).toEqual([...called].sort());
  });
});

/**
 * Has a message handled, and gives the files on the stack, from the entry down, of each moment at which
 * the product asks for the time, and of the handler.
 */
async function stacksOfMessage(): Promise<readonly (readonly string[])[]> {
  const stacks: (readonly string[])[] = [];
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 100;
  const record = () => {
    const files = [
      ...(new Error('here').stack ?? '').matchAll(/((?:shared|functions)\/[\w/-]+\.ts)/g),
    ]
      .map(([, file = '']) => file)
      .reverse();
    stacks.push(files);
  };
  try {
    const now = Date.UTC(2026, 0, 1);
    const clock = createFakeClock(now);
    const watched: typeof clock = Object.assign(Object.create(clock), {
      now() {
        record();
        return clock.now();
      },
    });
    const account = new Router().on('text', async (ctx: Context) => {
      record();
      ctx.reply('hello');
    });
    const main = httpFunction(
      callbackApp(account, {
        env: { ...testEnv, WECHAT_MODE: 'safe' },
        clock: watched,
        writeLine: () => undefined,
        random: () => 0.5,
      }),
    );
    const { query, body } = signedPush(textMessage('hi', now), { mode: 'safe', now });
    stacks.length = 0;
    const event = { httpMethod: 'POST', queryString: query, body, path: '/' };
    expect(await main(event, { request_id: 'req-1' })).toMatchObject({ statusCode: 200 });
    return stacks;
  } finally {
    Error.stackTraceLimit = limit;
  }
}

function onceInARow(files: readonly string[]): readonly string[] {
  return files.filter((file, index) => file !== files[index - 1]);
}

/** The parts of a page by their headings. */
function sectionsOf(text: string, heading: RegExp): ReadonlyMap<string, string> {
  const [, ...parts] = text.split(heading);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf('\n')), part]));
}

/** The files that a text links to, in its order. */
function filesOf(text: string): readonly string[] {
  return [...text.matchAll(/\[`((?:functions|shared|scripts)\/[\w./-]+)`\]/g)].map(
    ([, file = '']) => file,
  );
}

/** A file and all that it imports, in as many steps as it takes. */
function neededBy(first: string): ReadonlySet<string> {
  const aliases: Readonly<Record<string, string>> = {
    '#account': 'functions/callback/account.ts',
    '#database': 'shared/app/database/cloudbase.ts',
  };
  const needed = new Set<string>();
  const visit = (file: string): void => {
    if (needed.has(file)) return;
    needed.add(file);
    for (const [, source = ''] of read(file).matchAll(/(?:from|import\() ?'([^']+)'/g)) {
      const to = source.startsWith('.')
        ? path.posix.join(path.posix.dirname(file), source)
        : aliases[source];
      if (to?.endsWith('.ts')) visit(to);
    }
  };
  visit(first);
  return needed;
}

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

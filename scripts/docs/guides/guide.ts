import { withoutComment } from '../page-commands.ts';
import { fencesOf, type Page } from '../pages.ts';

/** A page about one task, as somebody works through it. */
export interface Guide {
  readonly page: Page;
  /** The name of the page, without its folder and ending. */
  readonly name: string;
  /** What a reader writes, by its path in the checkout. */
  readonly files: ReadonlyMap<string, string>;
  /** What a reader does, from the top of the page to its end. */
  readonly steps: readonly Step[];
}

/** A line for the shell, or one for the chat of `npm start` with what must appear there. */
export type Step =
  | { readonly kind: 'command'; readonly line: string }
  | { readonly kind: 'chat'; readonly line: string; readonly answers: readonly string[] };

/** The guides among the pages, in one language. */
export function guidesOf(pages: readonly Page[], folder = 'docs/guides/'): readonly Guide[] {
  return pages
    .filter(({ file }) => file.startsWith(folder))
    .map((page) => ({
      page,
      name: page.file.slice(folder.length, -'.md'.length),
      files: filesOf(page),
      steps: fencesOf(page).flatMap(({ language, code }) => {
        if (language === 'sh') return commandsIn(code);
        return language === 'chat' ? chatIn(code) : [];
      }),
    }));
}

function filesOf(page: Page): ReadonlyMap<string, string> {
  return new Map(fencesOf(page).flatMap(({ is, code }) => (is === undefined ? [] : [[is, code]])));
}

function commandsIn(code: string): readonly Step[] {
  return code
    .split('\n')
    .map(withoutComment)
    .filter((line) => line !== '')
    .map((line) => ({ kind: 'command', line }));
}

/** A line that begins with ◀, with the indented ones behind it, is what the chat shows. */
function chatIn(code: string): readonly Step[] {
  const steps: { kind: 'chat'; line: string; answers: string[] }[] = [];
  // An empty line belongs to what stands indented behind it.
  for (const line of code.trimEnd().split(/\n(?!\n)/)) {
    const isShown = /^(?:◀| {2})/.test(line);
    // What comes without being asked for follows an empty line.
    if (!isShown || steps.length === 0) {
      steps.push({ kind: 'chat', line: isShown ? '' : line, answers: [] });
    }
    const answers = steps.at(-1)?.answers;
    if (line.startsWith('◀')) answers?.push(line);
    else if (isShown) answers?.push(`${answers.pop() ?? ''}\n${line}`);
  }
  return steps;
}

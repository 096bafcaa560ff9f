import { fencesOf, type Page } from './pages.ts';

/** A command of this project that a page names. */
export interface PageCommand {
  readonly page: string;
  readonly script: string;
  readonly args: string;
}

/** The commands in the fenced blocks of a shell. */
export function shellCommandsOf(page: Page): readonly PageCommand[] {
  return fencesOf(page)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ code }) => code.split(/\n|&&/))
    .flatMap((line) => commandIn(page, line));
}

/** The commands in the prose of a page, and in its blocks. */
export function proseCommandsOf(page: Page): readonly PageCommand[] {
  return [...page.text.matchAll(/`([^`\n]+)`/g)].flatMap(([, code = '']) => commandIn(page, code));
}

/** The command of the project that a line of a page is; none if it is another one. */
export function commandIn({ file }: Page, line: string): readonly PageCommand[] {
  const found = /^\s*(?:[A-Z_]+=\S+ )*npm (?:run )?([\w:]+)(?: -- (.*))?$/.exec(
    withoutComment(line),
  );
  const [, script = '', args = ''] = found ?? [];
  const isNpmOwn = script === 'ci' || script === 'install' || script === '';
  return isNpmOwn ? [] : [{ page: file, script, args: args.trim() }];
}

/** A comment, or what a line prints, begins after two blanks. */
export function withoutComment(line: string): string {
  return line.replace(/\s+#.*$|\s{2,}\S.*$/, '').trimEnd();
}

/** The words that a shell makes of the arguments of these pages: single quotes, and no other ones. */
export function shellWords(args: string): readonly string[] {
  return [...args.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

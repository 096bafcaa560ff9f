import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { declare } from './declarations.ts';

/** Something that an author can import. */
export interface Exported {
  readonly name: string;
  /** The comment above it, in Markdown. */
  readonly about: string;
  readonly examples: readonly string[];
  /** As the compiler declares it, all overloads together. */
  readonly declaration: string;
}

/**
 * What a module exports from others, in its order.
 *
 * @param entry from the root of the project
 */
export function exportedFrom(entry: string): readonly Exported[] {
  const outDir = mkdtempSync(path.join(tmpdir(), 'fuwuhao-types-'));
  try {
    declare(outDir, [entry]);
    const file = path.join(outDir, entry.replace(/\.ts$/, '.d.ts'));
    const lists = readFileSync(file, 'utf8').matchAll(
      /^export (?:type )?\{([^}]+)\} from '(.+)';$/gm,
    );
    return [...lists].flatMap(([, names = '', from = '']) => {
      const module = path.resolve(path.dirname(file), from.replace(/\.ts$/, '.d.ts'));
      const statements = statementsIn(readFileSync(module, 'utf8'));
      return names
        .split(',')
        .map((name) => name.replace(/^\s*type\s/, '').trim())
        .filter(Boolean)
        .map((name) => exported(name, statements));
    });
  } finally {
    rmSync(outDir, { recursive: true });
  }
}

interface Statement {
  readonly name: string;
  readonly comment: string;
  readonly code: string;
}

/** The compiler writes each statement from the beginning of a line, and what is in it further right. */
const STATEMENT =
  /^(?:\/\*\*((?:[^*]|\*(?!\/))*)\*\/\n)?((?:export |declare |type |interface ).*\n(?:[^a-z/\n].*\n)*)/gm;
const NAME =
  /^(?:export )?(?:declare )?(?:const|function|class|abstract class|type|interface) (\w+)/;

function statementsIn(text: string): readonly Statement[] {
  return [...text.matchAll(STATEMENT)].flatMap(([, comment = '', code = '']) => {
    const name = NAME.exec(code)?.[1];
    return name === undefined ? [] : [{ name, comment, code }];
  });
}

function exported(name: string, statements: readonly Statement[]): Exported {
  const own = statements.filter((each) => each.name === name);
  const comment = own.find((each) => each.comment)?.comment ?? '';
  const [about = '', ...examples] = comment
    .replace(/^[ \t]*\*[ ]?/gm, '')
    .trim()
    .split(/^@example\s/m);
  const declaration = own.map(({ code }) => shortened(code)).join('\n');
  if (!declaration) throw new Error(`${name} has no declaration.`);
  return {
    name,
    about: inMarkdown(about),
    examples: examples.map((example) => example.trim()),
    declaration,
  };
}

/** The tags of a comment as sentences; a line of code for a link. */
function inMarkdown(comment: string): string {
  return comment
    .trim()
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .replace(/\n+@param (\w+) /g, '\n\n`$1`: ')
    .replace(
      /\n+@(throws|returns) /g,
      (_, tag: string) => `\n\n${tag === 'throws' ? 'Throws' : 'Gives'} `,
    )
    .replace(/^@(throws|returns) /, (_, tag: string) => (tag === 'throws' ? 'Throws ' : 'Gives '))
    .replace(/(?:^|\n+)@see /g, '\n\n')
    .replace(/(?<!\n)\n(?![\n-])/g, ' ')
    .trim();
}

function shortened(code: string): string {
  return (
    code
      .trimEnd()
      .replace(/^export (?:declare )?/, '')
      .replace(/^ +#private;\n/gm, '')
      .replace(/import\("[^"]+"\)\./g, '')
      .replace(/^(?: {4})+/gm, (indent) => ' '.repeat(indent.length / 2))
      // A schema tells all its parts, which its type `v.InferOutput<…>` says better.
      .replace(/^(const \w+: [\w.]+)<[\s\S]{400,}/, '$1<…>;')
  );
}

import { callableNames } from './operation-names.ts';
import { rowComments } from './row-comments.ts';

const WIDTH = 96;

/**
 * The type of `ctx.api`, written out: an editor shows no comment of the catalogue through a type that is
 * made from it.
 */
export function operationTypes(): string {
  const comments = rowComments();
  const areas = Object.entries(callableNames()).flatMap(([area, names]) => {
    if (names.length === 0) return [];
    const methods = names.flatMap((name) => {
      const { text = '', page = '' } = comments.get(`${area}.${name}`) ?? {};
      return [
        '    /**',
        ...wrapped(text).map((line) => `     * ${line}`),
        '     *',
        `     * @see ${page}`,
        '     */',
        `    readonly ${name}: Call<Catalogue['${area}']['${name}']>;`,
      ];
    });
    return [`  readonly ${area}: {`, ...methods, '  };'].join('\n');
  });
  return `import type { Catalogue } from '../catalogue/index.ts';
import type { Call } from './operation.ts';

/**
 * What \`ctx.api\` can call, with WeChat's page of each. \`npm run docs\` writes this file from the rows of
 * the catalogue and the comments above them.
 */
export interface Operations {
${areas.join('\n')}
}
`;
}

function wrapped(text: string): readonly string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

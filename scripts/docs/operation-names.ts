import { catalogue, type Endpoint } from '../../shared/wechat/catalogue/index.ts';

/** The names of what can be called, as a module that loads none of the rows. */
export function operationNames(): string {
  const areas = Object.entries<Readonly<Record<string, Endpoint>>>(catalogue).map(
    ([area, rows]) => {
      const names = Object.entries(rows)
        .filter(([, { retired, answer }]) => !retired && answer !== 'page')
        .map(([name]) => name);
      return [area, ...names].join(' ');
    },
  );
  return `/**
 * A line for each area: its name, and those of its operations. By them \`ctx.api\` is made without the rows
 * of the catalogue, which would cost each cold start two milliseconds. \`npm run docs\` writes this file.
 */
export const operationNames = \`
${areas.join('\n')}
\`;
`;
}

import { catalogue, type Endpoint } from '../../shared/wechat/catalogue/index.ts';

/** The names of what can be called, by area. */
export function callableNames(): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries<Readonly<Record<string, Endpoint>>>(catalogue).map(([area, rows]) => [
      area,
      Object.entries(rows)
        .filter(([, { retired, answer }]) => !retired && answer !== 'page')
        .map(([name]) => name),
    ]),
  );
}

/** These names as a module that loads none of the rows. */
export function operationNames(): string {
  const areas = Object.entries(callableNames()).map(([area, names]) => [area, ...names].join(' '));
  return `/**
 * A line for each area: its name, and those of its operations. By them \`ctx.api\` is made without the rows
 * of the catalogue, which would cost each cold start two milliseconds. \`npm run docs\` writes this file.
 */
export const operationNames = \`
${areas.join('\n')}
\`;
`;
}
